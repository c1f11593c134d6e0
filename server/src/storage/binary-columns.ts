import { TABLES } from '../constants';
import type { Database } from './database';

/**
 * Columns whose values differ in case only and still are different things: Meta's ids are case-sensitive, MySQL's
 * default collations are not, so that its unique keys would take two messages or two people for one.
 */
const CASE_SENSITIVE: [table: string, columns: string[]][] = [
  [TABLES.messages, ['wamid', 'reply_to_wamid', 'client_key', 'send_key']],
  [TABLES.aliases, ['value']],
  [TABLES.contacts, ['user_id', 'parent_user_id', 'group_id']],
  [TABLES.parkedStatuses, ['wamid']],
  [TABLES.integrations, ['webhook_key']],
];

interface Column {
  name: string;
  collation: string | null;
  type: string;
  nullable: boolean;
}

const columnsOf = async (db: Database, table: string): Promise<Column[]> => {
  const rows = await db.all(
    `SELECT COLUMN_NAME AS name, COLLATION_NAME AS collation, COLUMN_TYPE AS type, IS_NULLABLE AS nullable ` +
      `FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?`,
    [table],
  );
  return rows.map((row) => ({
    name: String(row.name),
    collation: row.collation === null ? null : String(row.collation),
    type: String(row.type),
    nullable: row.nullable === 'YES',
  }));
};

/**
 * MySQL and MariaDB only; Strapi's schema has no word for a collation and leaves it alone once it is set. Changes what
 * is not binary yet, so that an ordinary start changes nothing.
 */
export const useBinaryColumns = async (db: Database): Promise<void> => {
  if (db.dialect !== 'mysql') return;
  for (const [table, names] of CASE_SENSITIVE) {
    const due = (await columnsOf(db, table)).filter(
      ({ name, collation }) => names.includes(name) && collation !== null && !collation.endsWith('_bin'),
    );
    if (due.length === 0) continue;
    const changes = due.map(
      ({ name, type, nullable }) =>
        `MODIFY \`${name}\` ${type} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ${nullable ? 'NULL' : 'NOT NULL'}`,
    );
    await db.knex.raw(`ALTER TABLE \`${table}\` ${changes.join(', ')}`);
  }
};
