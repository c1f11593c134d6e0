import type { Stage } from './stage';

type Connection = Stage['strapi']['db']['connection'];

/** Names of our tables that have the column `organization_id`, as the database itself tells. */
export const tenantTables = async (db: Connection): Promise<string[]> => {
  const client = String(db.client.config.client);
  const known = client.includes('sqlite')
    ? await db.select('name').from('sqlite_master').where({ type: 'table' })
    : await db
        .select({ name: 'table_name' })
        .from('information_schema.tables')
        .whereRaw(client.includes('mysql') ? 'table_schema = database()' : 'table_schema = current_schema()');
  const ours = known
    .map(({ name }: { name: string }) => name)
    .filter((name: string) => name.startsWith('whatsapp_'))
    .sort();
  const found: string[] = [];
  for (const name of ours) {
    if ('organization_id' in (await db(name).columnInfo())) found.push(name);
  }
  return found;
};

interface Column {
  type: string;
  nullable: boolean;
  defaultValue: unknown;
}

/** Any value that the column takes. */
const anyValue = ({ type }: Column, n: number): unknown => {
  if (/int|numeric|decimal|float|double|real/i.test(type)) return n;
  if (/bool/i.test(type)) return false;
  if (/json/i.test(type)) return '{}';
  if (/blob|bytea|binary/i.test(type)) return Buffer.from([1]);
  return /date|time/i.test(type) ? new Date(0) : `x${n}`;
};

/**
 * Puts a row of an organization into a table, whatever its columns.
 * @returns false where it cannot stand without a row of another table, with which it then goes
 */
export const fillAnyRow = async (
  db: Connection,
  table: string,
  organizationId: number,
  n: number,
): Promise<boolean> => {
  const columns = Object.entries((await db(table).columnInfo()) as unknown as Record<string, Column>);
  const row = Object.fromEntries(
    columns
      .filter(([name, { nullable }]) => name !== 'id' && !nullable)
      .map(([name, column]) => [name, anyValue(column, n)]),
  );
  try {
    await db(table).insert({ ...row, organization_id: organizationId });
    return true;
  } catch (error) {
    if (/foreign key/i.test(String(error))) return false;
    throw error;
  }
};
