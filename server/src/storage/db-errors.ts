/** What a raw driver error means for the one who made the statement. */
export type DbErrorKind = 'unavailable' | 'retry' | 'unique' | 'other';

const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return '';
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  return typeof code === 'string' ? code : String(errno ?? '');
};

const UNAVAILABLE = new RegExp(
  [
    'SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|NOMEM|INTERRUPT|PROTOCOL)',
    'ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN',
    // PostgreSQL: connection, resources, operator (cancelled, shut down, starting), read-only after a failover, I/O.
    '08|53|57014|57P|25006|58',
    'PROTOCOL_|ER_CON_COUNT|ER_TOO_MANY_USER|ER_SERVER_SHUTDOWN|ER_LOCK_WAIT|ER_QUERY_(INTERRUPTED|TIMEOUT)',
    'ER_OPTION_PREVENTS|ER_DISK_FULL|ER_RECORD_FILE_FULL',
  ]
    .map((part) => `^(?:${part})`)
    .join('|'),
);
/** What drivers and the pool say without a code ("aborted": the pool is being closed). */
const AWAY =
  /KnexTimeoutError|Unable to acquire a connection|Connection terminated|connection is closed|not queryable|not open|^Error aborted$/i;
const RETRY = /^(40001|40P01|55P03|ER_LOCK_DEADLOCK|SQLITE_BUSY_SNAPSHOT)/;
const UNIQUE = /^(SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)|23505|ER_DUP_ENTRY)/;

/**
 * `unavailable`: the database is away or full, nobody's data is to blame. `retry`: a lost race (deadlock, serialization).
 * `unique`: a unique key said no. `other`: the statement or its data.
 */
export const classifyDbError = (error: unknown): DbErrorKind => {
  const code = codeOf(error);
  if (RETRY.test(code)) return 'retry';
  if (UNIQUE.test(code)) return 'unique';
  if (UNAVAILABLE.test(code)) return 'unavailable';
  const { name, message } = (error ?? {}) as { name?: unknown; message?: unknown };
  return AWAY.test(`${String(name)} ${String(message)}`) ? 'unavailable' : 'other';
};

/** True when a unique index refused the row (the raw driver's error, as Strapi lets it through). */
export const isUniqueViolation = (error: unknown): boolean => classifyDbError(error) === 'unique';

/**
 * The error without the values of its statement, for logs: knex writes them into the message, and they may be phone
 * numbers or what somebody wrote. Other errors come back as they are.
 */
export const withoutBindings = (error: unknown): unknown => {
  if (!(error instanceof Error) || codeOf(error) === '') return error;
  const at = error.message.lastIndexOf(' - ');
  if (at < 0) return error;
  const { sqlMessage } = error as { sqlMessage?: unknown };
  const said = typeof sqlMessage === 'string' ? sqlMessage : error.message.slice(at + 3);
  const safe = new Error(`${codeOf(error)}: ${said}`);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  safe.stack = [`${error.name} ${safe.message}`, ...frames].join('\n');
  return safe;
};
