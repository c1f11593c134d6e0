import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Template, TemplateDetails } from './contract';
import { EDIT_PERIOD_MS, editingOf } from './editing';
import { factsOf, type TemplateRow } from './repository';

/** What stands beside a template in other tables. */
export interface Beside {
  lastSentAt: number | null;
  sent30Days: number;
  draftId: number | null;
  edits: number[];
}

const NOTHING: Beside = { lastSentAt: null, sent30Days: 0, draftId: null, edits: [] };

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const moment = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
const places = (list: readonly unknown[]): string => list.map(() => '?').join(', ');

/** Looks up what the panel shows beside templates: a few statements for a whole page, each over an index. */
export const createBeside = (db: Database, now: () => number) => {
  const sends = db.name(TABLES.templateSends);

  const sentOf = async (rows: TemplateRow[]): Promise<Record<string, unknown>[]> => {
    const table = db.name(TABLES.templates);
    const numbers = db.name(TABLES.integrations);
    const same =
      `FROM ${sends} s WHERE s.organization_id = t.organization_id AND s.name = t.name AND s.language = t.language ` +
      `AND s.integration_id IN (SELECT i.id FROM ${numbers} i WHERE i.business_account_id = t.business_account_id) AND s.at <= ?`;
    return db.all(
      `SELECT t.id, (SELECT max(s.at) ${same}) AS last_at, (SELECT count(*) ${same} AND s.at > ?) AS sent ` +
        `FROM ${table} t WHERE t.id IN (${places(rows)})`,
      [now(), now(), now() - EDIT_PERIOD_MS, ...rows.map(({ id }) => Number(id))],
    );
  };

  return async (scope: Scope, rows: TemplateRow[]): Promise<(row: TemplateRow) => Beside> => {
    if (rows.length === 0) return () => NOTHING;
    const { organizationId } = scope;
    const [sent, drafts, edits] = await Promise.all([
      sentOf(rows),
      db.all(
        `SELECT id, template_id FROM ${db.name(TABLES.templateDrafts)} WHERE organization_id = ? AND purpose = 'edit' AND state <> 'submitted' AND template_id IN (${places(rows)})`,
        [organizationId, ...rows.map(({ id }) => Number(id))],
      ),
      db.all(
        `SELECT meta_id, at FROM ${db.name(TABLES.templateEdits)} WHERE organization_id = ? AND meta_id IN (${places(rows)}) AND at > ?`,
        [organizationId, ...rows.map(({ meta_id }) => String(meta_id)), now() - EDIT_PERIOD_MS],
      ),
    ]);
    return (row) => {
      const id = Number(row.id);
      const count = sent.find((each) => Number(each.id) === id);
      const draft = drafts.find((each) => Number(each.template_id) === id);
      return {
        lastSentAt: moment(count?.last_at),
        sent30Days: Number(count?.sent ?? 0),
        draftId: draft ? Number(draft.id) : null,
        edits: edits
          .filter((each) => String(each.meta_id) === String(row.meta_id))
          .map((each) => Number(each.at)),
      };
    };
  };
};

export const detailsOf = (
  template: Template,
  row: TemplateRow,
  beside: Beside,
  now: number,
): TemplateDetails => {
  const facts = factsOf(row);
  return {
    ...template,
    rejectionAdvice: facts.rejectionAdvice,
    requestedCategory: row.requested_category ? String(row.requested_category) : null,
    nextCategory:
      facts.nextCategory === null ? null : { category: facts.nextCategory, at: iso(facts.nextCategoryAt) },
    previousCategory: facts.previousCategory,
    pausedUntil: iso(facts.pausedUntil),
    ttlSeconds: moment(row.ttl_seconds),
    lastSentAt: iso(beside.lastSentAt),
    sent30Days: beside.sent30Days,
    draftId: beside.draftId === null ? null : String(beside.draftId),
    editing: editingOf(template.status, beside.edits, now),
  };
};
