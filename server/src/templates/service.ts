import { notFound, WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { ListTemplateAccounts, Template, TemplateDetails, TemplatePreview } from './contract';
import { createAccountRows } from './accounts';
import { createBeside, detailsOf } from './details';
import type { ListedTemplate } from './listing';
import { presentTemplate } from './present';
import { renderTemplate } from './render';
import { createTemplateRepository, listedOf, type TemplateFilter, type TemplateRow } from './repository';
import { fromFlat, isLongForm, problemsOf, type TemplateValues } from './values';

interface Deps {
  db: Database;
  registry: Registry;
  now(): number;
  review: ListTemplateAccounts['meta']['review'];
}

export interface TemplateList<T = Template> {
  data: T[];
  meta: { nextCursor: string | null };
}

const valuesOf = (template: ListedTemplate, parameters: Record<string, unknown>): TemplateValues =>
  isLongForm(parameters) ? parameters : fromFlat(template, parameters);

export const createTemplates = ({ db, registry, now, review }: Deps) => {
  const within = (scope: Scope) => createTemplateRepository(db, scope);

  const numbersOf = async (scope: Scope): Promise<ConnectedNumber[]> =>
    (await registry.all()).filter(({ organizationId }) => organizationId === scope.organizationId);

  const present = (
    row: Record<string, unknown>,
    numbers: ConnectedNumber[],
    asked?: ConnectedNumber,
  ): Template => {
    const account = String(row.business_account_id);
    const sender = asked ?? numbers.find(({ businessAccountId }) => businessAccountId === account);
    return presentTemplate(row, sender?.id ?? null);
  };

  const beside = createBeside(db, now);
  const accounts = createAccountRows(db);

  const page = async (
    scope: Scope,
    filter: Omit<TemplateFilter, 'businessAccountId'> & { integrationId?: number },
    { limit, after }: { limit: number; after: number },
  ) => {
    const numbers = await numbersOf(scope);
    const { integrationId, ...rest } = filter;
    const asked = integrationId === undefined ? undefined : numbers.find(({ id }) => id === integrationId);
    if (integrationId !== undefined && !asked) return { rows: [], nextCursor: null, numbers, asked };
    const rows = await within(scope).list(
      { ...rest, businessAccountId: asked?.businessAccountId },
      limit + 1,
      after,
    );
    const shown = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? String(shown[shown.length - 1].id) : null;
    return { rows: shown, nextCursor, numbers, asked };
  };

  const load = async (scope: Scope, id: number | null): Promise<TemplateRow> => {
    const row = id === null ? null : await within(scope).findOne(id);
    if (!row) throw notFound('Template');
    return row;
  };

  return {
    load,
    async list(
      scope: Scope,
      ...wanted: [filter: Parameters<typeof page>[1], page: Parameters<typeof page>[2]]
    ) {
      const { rows, nextCursor, numbers, asked } = await page(scope, ...wanted);
      const list: TemplateList = {
        data: rows.map((row) => present(row, numbers, asked)),
        meta: { nextCursor },
      };
      return list;
    },
    /** The same with what the panel shows beside. */
    async listDetails(
      scope: Scope,
      ...wanted: [filter: Parameters<typeof page>[1], page: Parameters<typeof page>[2]]
    ) {
      const { rows, nextCursor, numbers, asked } = await page(scope, ...wanted);
      const of = await beside(scope, rows);
      const list: TemplateList<TemplateDetails> = {
        data: rows.map((row) => detailsOf(present(row, numbers, asked), row, of(row), now())),
        meta: { nextCursor },
      };
      return list;
    },
    async findOne(scope: Scope, id: number | null): Promise<Template> {
      return present(await load(scope, id), await numbersOf(scope));
    },
    async details(scope: Scope, id: number | null): Promise<TemplateDetails> {
      const row = await load(scope, id);
      const of = await beside(scope, [row]);
      return detailsOf(present(row, await numbersOf(scope)), row, of(row), now());
    },
    async accounts(scope: Scope): Promise<ListTemplateAccounts> {
      return { data: await accounts.list(scope, await numbersOf(scope)), meta: { review } };
    },
    /** What a person would see. Values that Meta would refuse are refused here too, each by name. */
    async preview(
      scope: Scope,
      id: number | null,
      parameters: Record<string, unknown>,
    ): Promise<TemplatePreview> {
      const template = listedOf(await load(scope, id));
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
