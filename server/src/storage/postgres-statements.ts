import { createHash } from 'node:crypto';

/**
 * PostgreSQL parses and plans a named statement once per connection, and our set-based statements take longer to plan
 * than to run for a handful of rows.
 */
export interface PostgresStatement {
  name?: string;
  text: string;
}

interface Known {
  text: string;
  uses: number;
  name?: string;
}

/** The webhook path has about a dozen statements; each one named costs memory in every connection of the server. */
const MAX_NAMED = 60;
/** A text that holds a list of its own length seldom comes again. */
const WORTH_A_NAME = 3;
/** BEGIN, COMMIT and above all ROLLBACK have nothing to plan, and must work when names are lost. */
const isPlanned = (sql: string): boolean => sql.includes('?');

const known = new Map<string, Known>();
let named = 0;
let mayName = true;

/** `?` placeholders as `$1`, `$2`, …; our statements hold no other question mark (no jsonb `?` operators). */
const toNumbered = (sql: string): string => {
  let index = 0;
  return sql.replace(/\?/g, () => `$${(index += 1)}`);
};

/** By its text: a connection that another copy of this module has used knows the statement by the same name. */
const nameOf = (text: string): string =>
  `whatsapp_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;

/** What the driver is to be asked for a statement of ours. */
export const postgresStatement = (sql: string): PostgresStatement => {
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, (statement = { text: toNumbered(sql), uses: 0 }));
  statement.uses += 1;
  if (statement.uses === WORTH_A_NAME && named < MAX_NAMED && isPlanned(sql)) {
    named += 1;
    statement.name = nameOf(statement.text);
  }
  return mayName && statement.name !== undefined
    ? { name: statement.name, text: statement.text }
    : { text: statement.text };
};

/** `invalid_sql_statement_name`, `duplicate_prepared_statement`. */
const LOST_NAME = new Set(['26000', '42P05']);

/**
 * True for the error of a pooler that gives each transaction another server connection without carrying named
 * statements over (PgBouncer before 1.21, or without `max_prepared_statements`). No statement is named from then on: the
 * transaction can be run again.
 */
export const gaveUpNames = (error: unknown): boolean => {
  if (!LOST_NAME.has(String((error as { code?: unknown } | null)?.code ?? ''))) return false;
  mayName = false;
  return true;
};
