import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { ListTemplateAlerts, TemplateAlert } from './contract';
import type { AccountKey } from './accounts';
import type { TemplateNews } from './webhook-rule';

const SHOWN = 100;
/** Columns of 255 characters. */
const WORD = 255;

type Row = Record<string, unknown>;

const present = (row: Row, upTo: number): TemplateAlert => ({
  id: String(row.id),
  templateId: row.template_id === null || row.template_id === undefined ? null : String(row.template_id),
  name: String(row.name ?? ''),
  language: String(row.language ?? ''),
  kind: row.kind as TemplateAlert['kind'],
  facts: (typeof row.facts === 'string' ? JSON.parse(row.facts) : row.facts) as TemplateAlert['facts'],
  at: new Date(Number(row.at)).toISOString(),
  read: Number(row.id) <= upTo || (row.seen_id !== null && row.seen_id !== undefined),
});

/** Written with what they tell of; told again by Meta they are no news. */
export const addAlerts = (
  db: Database,
  tx: Tx,
  account: AccountKey,
  news: TemplateNews[],
): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.templateAlerts,
    shape: {
      organization_id: 'int',
      business_account_id: 'text',
      meta_id: 'text',
      name: 'text',
      language: 'text',
      kind: 'text',
      facts: 'json',
      at: 'int',
    },
    rows: news.flatMap(({ alert, metaId, name, language, at }) =>
      alert === null
        ? []
        : [
            [
              account.organizationId,
              account.businessAccountId,
              (metaId ?? `${name}:${language}`).slice(0, WORD),
              name,
              language.slice(0, WORD),
              alert.kind,
              JSON.stringify(alert.facts),
              at,
            ],
          ],
    ),
    conflict: 'ignore',
  });

export const createTemplateAlerts = (db: Database) => {
  const table = db.name(TABLES.templateAlerts);
  const marks = db.name(TABLES.templateAlertMarks);
  const seen = db.name(TABLES.templateAlertsSeen);
  const putAway = `LEFT JOIN ${seen} s ON s.alert_id = a.id AND s.user_id = ?`;

  const markOf = async ({ organizationId }: Scope, userId: number): Promise<number> => {
    const [row] = await db.all(`SELECT up_to_id FROM ${marks} WHERE organization_id = ? AND user_id = ?`, [
      organizationId,
      userId,
    ]);
    return Number(row?.up_to_id ?? 0);
  };

  return {
    async list(scope: Scope, userId: number): Promise<ListTemplateAlerts> {
      const { organizationId } = scope;
      const upTo = await markOf(scope, userId);
      const rows = await db.all(
        `SELECT a.*, t.id AS template_id, s.id AS seen_id FROM ${table} a ${putAway} LEFT JOIN ${db.name(TABLES.templates)} t ` +
          `ON t.organization_id = a.organization_id AND t.business_account_id = a.business_account_id AND t.meta_id = a.meta_id ` +
          `WHERE a.organization_id = ? ORDER BY a.id DESC LIMIT ${SHOWN}`,
        [userId, organizationId],
      );
      const [unread] = await db.all(
        `SELECT count(*) AS n FROM ${table} a ${putAway} WHERE a.organization_id = ? AND a.id > ? AND s.id IS NULL`,
        [userId, organizationId, upTo],
      );
      return { data: rows.map((row) => present(row, upTo)), meta: { unread: Number(unread.n) } };
    },
    /** These alone; those that are not there, or not the tenant's, are left out. */
    async readThese({ organizationId }: Scope, userId: number, ids: number[]): Promise<void> {
      await db.transaction(async (tx) => {
        const own = await tx.all(
          `SELECT id FROM ${table} WHERE organization_id = ? AND id IN (${ids.map(() => '?').join(', ')})`,
          [organizationId, ...ids],
        );
        if (own.length === 0) return;
        await insertRows(db, tx, {
          table: TABLES.templateAlertsSeen,
          shape: { alert_id: 'int', user_id: 'int' },
          rows: own.map(({ id }) => [Number(id), userId]),
          conflict: 'ignore',
        });
      });
    },
    /** A mark only moves forward, and never past what there is. */
    async read(scope: Scope, userId: number, upToId: number): Promise<void> {
      const { organizationId } = scope;
      await db.transaction(async (tx) => {
        const [newest] = await tx.all(
          `SELECT max(id) AS id FROM ${table} WHERE organization_id = ? AND id <= ?`,
          [organizationId, upToId],
        );
        const upTo = Number(newest?.id ?? 0);
        if (upTo === 0) return;
        await insertRows(db, tx, {
          table: TABLES.templateAlertMarks,
          shape: { organization_id: 'int', user_id: 'int', up_to_id: 'int' },
          rows: [[organizationId, userId, 0]],
          conflict: 'ignore',
        });
        await tx.run(
          `UPDATE ${marks} SET up_to_id = ? WHERE organization_id = ? AND user_id = ? AND up_to_id < ?`,
          [upTo, organizationId, userId, upTo],
        );
      });
    },
  };
};
