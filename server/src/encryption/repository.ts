import { TABLES } from '../constants';
import type { Database } from '../storage/database';

/** Every column that holds something sealed, all tenants together: a key belongs to the site, not to an organization. */
const SEALED = [
  {
    table: TABLES.integrations,
    columns: ['access_token_sealed', 'app_secret_sealed', 'verify_token_sealed'],
  },
] as const;

export interface SealedRow {
  table: string;
  id: number;
  documentId: string;
  values: { column: string; sealed: string }[];
}

const BATCH = 500;

export const createSealedRows = (db: Database) => ({
  /** All rows with something sealed, a batch at a time. */
  async *all(): AsyncGenerator<SealedRow> {
    for (const { table, columns } of SEALED) {
      for (let after = 0; ;) {
        const rows = (await db
          .table(table)
          .select('id', 'document_id', ...columns)
          .where('id', '>', after)
          .orderBy('id')
          .limit(BATCH)) as Record<string, unknown>[];
        for (const row of rows) {
          const values = columns.flatMap((column) =>
            row[column] ? [{ column, sealed: String(row[column]) }] : [],
          );
          if (values.length > 0)
            yield { table, id: Number(row.id), documentId: String(row.document_id), values };
        }
        if (rows.length < BATCH) break;
        after = Number(rows[rows.length - 1].id);
      }
    }
  },
  /** Only what is still as it was read: a token that was typed in meanwhile wins. */
  async replace(row: SealedRow, column: string, sealed: string, before: string): Promise<void> {
    await db
      .table(row.table)
      .where({ id: row.id, [column]: before })
      .update({ [column]: sealed });
  },
});
