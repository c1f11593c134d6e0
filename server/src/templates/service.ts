import { GraphError } from '../cloud-api/graph-error';
import type { GraphClient } from '../cloud-api/client';
import { notFound, WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { SyncResult, Template, TemplatePreview } from './contract';
import { readListed, type ListedTemplate } from './listing';
import { presentTemplate } from './present';
import { renderTemplate } from './render';
import { createTemplateRepository, listedOf, type TemplateFilter } from './repository';
import { planSync } from './sync-plan';
import { fromFlat, problemsOf, type TemplateValues } from './values';

interface Deps {
  db: Database;
  registry: Registry;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
}

export interface TemplateList {
  data: Template[];
  meta: { nextCursor: string | null };
}

/** What went wrong with an account, for people: Meta's own sentence when it gave one, never more than that. */
const sentenceOf = (error: unknown): string => {
  if (error instanceof GraphError) return error.meta?.title ?? error.message;
  return error instanceof WhatsAppError ? error.message : 'The listing failed.';
};

/** Values in the long form (header, body, buttons …) or flat, as the seed documents write them. */
const LONG_FORM = new Set(['header', 'body', 'buttons', 'cards', 'limitedTimeOffer']);
export const valuesOf = (template: ListedTemplate, parameters: Record<string, unknown>): TemplateValues => {
  const keys = Object.keys(parameters);
  return keys.every((key) => LONG_FORM.has(key)) ? parameters : fromFlat(template, parameters);
};

export const createTemplates = ({ db, registry, clientFor, now }: Deps) => {
  const within = (scope: Scope) => createTemplateRepository(db, scope);

  const numbersOf = async (scope: Scope): Promise<ConnectedNumber[]> =>
    (await registry.all()).filter(({ organizationId }) => organizationId === scope.organizationId);

  const numberOf = async (scope: Scope, integrationId: number): Promise<ConnectedNumber> => {
    const number = (await numbersOf(scope)).find(({ id }) => id === integrationId);
    if (!number) throw notFound('Integration');
    return number;
  };

  const present = (
    row: Record<string, unknown>,
    numbers: ConnectedNumber[],
    asked?: ConnectedNumber,
  ): Template => {
    const account = String(row.business_account_id);
    const sender = asked ?? numbers.find(({ businessAccountId }) => businessAccountId === account);
    return presentTemplate(row, sender?.id ?? null);
  };

  const listAll = async (number: ConnectedNumber): Promise<{ listed: ListedTemplate[]; error: unknown }> => {
    const listed: ListedTemplate[] = [];
    try {
      for await (const page of clientFor(number).listTemplates(number.businessAccountId)) {
        for (const item of page) {
          const template = readListed(item);
          if (template) listed.push(template);
        }
      }
      return { listed, error: null };
    } catch (error) {
      return { listed, error };
    }
  };

  const syncAccount = async (scope: Scope, number: ConnectedNumber, result: SyncResult): Promise<void> => {
    const { listed, error } = await listAll(number);
    if (error !== null) result.failed.push({ integrationId: String(number.id), error: sentenceOf(error) });
    const repository = within(scope);
    const account = number.businessAccountId;
    const plan = planSync(await repository.stored(account), listed, error === null);
    const at = now();
    await db.transaction(async (tx) => {
      await repository.insert(tx, account, plan.created, at);
      for (const { id, template } of plan.updated) await repository.update(tx, id, template, at);
      await repository.markRemoved(tx, plan.removed, at);
      if (error === null) await repository.markSynced(tx, account, at);
    });
    result.created += plan.created.length;
    result.updated += plan.updated.length;
    result.removed += plan.removed.length;
    result.unchanged += plan.unchanged;
  };

  return {
    async list(
      scope: Scope,
      filter: Omit<TemplateFilter, 'businessAccountId'> & { integrationId?: number },
      page: { limit: number; after: number },
    ): Promise<TemplateList> {
      const numbers = await numbersOf(scope);
      const { integrationId, ...rest } = filter;
      const asked = integrationId === undefined ? undefined : numbers.find(({ id }) => id === integrationId);
      if (integrationId !== undefined && !asked) return { data: [], meta: { nextCursor: null } };
      const rows = await within(scope).list(
        { ...rest, businessAccountId: asked?.businessAccountId },
        page.limit + 1,
        page.after,
      );
      const shown = rows.slice(0, page.limit);
      return {
        data: shown.map((row) => present(row, numbers, asked)),
        meta: { nextCursor: rows.length > page.limit ? String(shown[shown.length - 1].id) : null },
      };
    },
    async findOne(scope: Scope, id: number | null): Promise<Template> {
      const row = id === null ? null : await within(scope).findOne(id);
      if (!row) throw notFound('Template');
      return present(row, await numbersOf(scope));
    },
    /** Reads every account of the tenant from Meta (or one number's). An account that fails does not stop the others. */
    async sync(scope: Scope, integrationId: number | null): Promise<SyncResult> {
      const result: SyncResult = { created: 0, updated: 0, removed: 0, unchanged: 0, failed: [] };
      const numbers =
        integrationId === null ? await numbersOf(scope) : [await numberOf(scope, integrationId)];
      const accounts = new Map<string, ConnectedNumber>();
      for (const number of numbers) {
        const known = accounts.get(number.businessAccountId);
        // One whose token works is asked before one that is known not to.
        if (!known || (known.problem !== null && number.problem === null))
          accounts.set(number.businessAccountId, number);
      }
      for (const number of accounts.values()) await syncAccount(scope, number, result);
      return result;
    },
    /** What a person would see. Values that Meta would refuse are refused here too, each by name. */
    async preview(
      scope: Scope,
      id: number | null,
      parameters: Record<string, unknown>,
    ): Promise<TemplatePreview> {
      const row = id === null ? null : await within(scope).findOne(id);
      if (!row) throw notFound('Template');
      const template = listedOf(row);
      const values = valuesOf(template, parameters);
      const problems = problemsOf(template, values);
      if (problems.length > 0) {
        throw new WhatsAppError(
          'template_parameters_invalid',
          `These values do not fit the template: ${problems.map(({ component, name }) => `${component} ${name}`).join(', ')}.`,
          { parameters: problems },
        );
      }
      return renderTemplate(template, values);
    },
  };
};

export type Templates = ReturnType<typeof createTemplates>;
