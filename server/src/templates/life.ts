import type { Audit } from '../audit/service';
import { toGraphError } from '../cloud-api/errors';
import { GraphError } from '../cloud-api/graph-error';
import { TABLES } from '../constants';
import { notFound, WhatsAppError } from '../errors';
import { providerError } from '../integrations/provider-error';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { TemplateUsage } from './contract';
import { createBeside } from './details';
import type { KnownTemplate, TemplateLedger } from './ledger';
import { readListed } from './listing';
import { createTemplateRepository } from './repository';
import type { SpeakerOf } from './speaker';
import { templatesChanged } from './sync';

interface Deps {
  db: Database;
  audit: Audit;
  ledger: TemplateLedger;
  speakerOf: SpeakerOf;
  now(): number;
  notify(): void;
  onStatus(account: Scope, name: string, language: string): Promise<void>;
}

/** Meta's subcode for a template that is not there. */
const NOT_THERE = 2593002;

const isGone = (error: unknown): boolean =>
  error instanceof GraphError && (error.meta?.subcode === NOT_THERE || error.meta?.subcode === 33);

/** What is done with a template that Meta has. */
export const createTemplateLife = (deps: Deps) => {
  const { db, audit, ledger, speakerOf, now } = deps;
  const beside = createBeside(db, now);

  const find = async (scope: Scope, id: number | null): Promise<KnownTemplate> => {
    const template = id === null ? null : await ledger.find(scope, id);
    if (!template) throw notFound('Template');
    return template;
  };

  const count = async (sql: string, params: (string | number)[]): Promise<number> =>
    Number((await db.all(sql, params))[0]?.n ?? 0);

  /** Messages that are still to go: queued ones, and those that wait for their time. */
  const waiting = async (
    { organizationId }: Scope,
    businessAccountId: string,
    { name, language }: { name: string; language: string },
  ) => {
    const of = (table: 'outbox' | 'scheduled'): Promise<number> =>
      count(
        `SELECT count(*) AS n FROM ${db.name(TABLES[table])} w JOIN ${db.name(TABLES.templateSends)} s ON s.message_id = w.message_id ` +
          `WHERE w.organization_id = ? AND s.name = ? AND s.language = ? ` +
          `AND s.integration_id IN (SELECT i.id FROM ${db.name(TABLES.integrations)} i WHERE i.business_account_id = ?)`,
        [organizationId, name, language, businessAccountId],
      );
    return (await of('outbox')) + (await of('scheduled'));
  };

  const eventOf = (
    { organizationId }: Scope,
    action: 'template.delete' | 'template.unpause',
    { id, listed }: KnownTemplate,
    after: object,
  ) => ({ organizationId, action, target: { type: 'template', id, label: listed.name }, after });

  return {
    /** Asked before it is deleted. */
    async usage(scope: Scope, id: number | null): Promise<TemplateUsage> {
      const { id: templateId, businessAccountId, listed } = await find(scope, id);
      const row = await createTemplateRepository(db, scope).findOne(templateId);
      const { sent30Days, lastSentAt } = row
        ? (await beside(scope, [row]))(row)
        : { sent30Days: 0, lastSentAt: null };
      const family = [scope.organizationId, businessAccountId, listed.name];
      const drafts = await db.all(
        `SELECT id, language FROM ${db.name(TABLES.templateDrafts)} WHERE organization_id = ? AND business_account_id = ? AND name = ? AND state <> 'submitted' ORDER BY id`,
        family,
      );
      const settings = await db.all(
        `SELECT bindings FROM ${db.name(TABLES.templateSettings)} WHERE organization_id = ? AND business_account_id = ? AND name = ?`,
        family,
      );
      return {
        scheduled: await waiting(scope, businessAccountId, listed),
        sent30Days,
        lastSentAt: lastSentAt === null ? null : new Date(lastSentAt).toISOString(),
        drafts: drafts.map((draft) => ({ id: String(draft.id), language: String(draft.language ?? '') })),
        favourites: await count(
          `SELECT count(*) AS n FROM ${db.name(TABLES.templateMarks)} WHERE organization_id = ? AND business_account_id = ? AND name = ? AND favourite_at IS NOT NULL`,
          family,
        ),
        hasBindings: settings.some(({ bindings }) => !['', '[]', 'null'].includes(String(bindings ?? ''))),
      };
    },
    /** At Meta first; what Meta does not have any more is gone here too. */
    async remove(scope: Scope, id: number | null, allLanguages: boolean): Promise<void> {
      const template = await find(scope, id);
      const { businessAccountId, listed, removed, status } = template;
      if (removed) return;
      if (status === 'DISABLED')
        throw new WhatsAppError('template_not_deletable', 'WhatsApp lets no disabled template be deleted.', {
          status,
        });
      const { client } = await speakerOf(scope, businessAccountId);
      try {
        await client.deleteTemplate(businessAccountId, listed.name, allLanguages ? undefined : listed.metaId);
      } catch (error) {
        if (!isGone(error)) throw providerError(toGraphError(error, { sending: false }));
      }
      const gone = allLanguages
        ? await ledger.family(scope, businessAccountId, listed.name)
        : [{ id: template.id, language: listed.language }];
      await db.transaction(async (tx) => {
        await ledger.markRemoved(
          tx,
          scope,
          gone.map(({ id: each }) => each),
        );
        await audit.record(
          tx,
          eventOf(scope, 'template.delete', template, { language: allLanguages ? 'all' : listed.language }),
        );
        await appendChanges(db, tx, [templatesChanged(scope)], now());
      });
      deps.notify();
      for (const { language } of gone) await deps.onStatus(scope, listed.name, language);
    },
    /** Ends a pause; Meta takes it for those that pacing caused. */
    async unpause(scope: Scope, id: number | null): Promise<void> {
      const template = await find(scope, id);
      const { businessAccountId, listed, status } = template;
      if (status === 'APPROVED') return;
      if (status !== 'PAUSED')
        throw new WhatsAppError('template_not_editable', 'This template is not paused.', { status });
      const { client } = await speakerOf(scope, businessAccountId);
      try {
        await client.unpauseTemplate(listed.metaId);
      } catch (error) {
        throw providerError(toGraphError(error, { sending: false }));
      }
      // Taken: Meta tells the status itself, or a webhook will.
      const told = await client.getTemplate(listed.metaId).then(readListed, () => null);
      await db.transaction(async (tx) => {
        await ledger.noteStatus(tx, scope, template.id, told?.status ?? 'APPROVED');
        await audit.record(tx, eventOf(scope, 'template.unpause', template, { language: listed.language }));
        await appendChanges(db, tx, [templatesChanged(scope)], now());
      });
      deps.notify();
      await deps.onStatus(scope, listed.name, listed.language);
    },
  };
};

export type TemplateLife = ReturnType<typeof createTemplateLife>;
