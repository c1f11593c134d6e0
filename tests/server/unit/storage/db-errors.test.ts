import {
  classifyDbError,
  isUniqueViolation,
  withoutBindings,
} from '../../../../server/src/storage/db-errors';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('what a database error means', () => {
  it.each([
    ...[
      'SQLITE_BUSY',
      'SQLITE_LOCKED_SHAREDCACHE',
      'SQLITE_FULL',
      'SQLITE_IOERR_WRITE',
      'SQLITE_READONLY_DBMOVED',
      'SQLITE_CANTOPEN',
    ],
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
    ...['08006', '53300', '57P01', '57P03', '57014', '25006', '58030'],
    ...[
      'PROTOCOL_CONNECTION_LOST',
      'ER_CON_COUNT_ERROR',
      'ER_SERVER_SHUTDOWN',
      'ER_LOCK_WAIT_TIMEOUT',
      'ER_DISK_FULL',
    ],
  ])('%s: the database is away', (code) => expect(classifyDbError(coded(code))).toBe('unavailable'));

  it.each([
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'Unable to acquire a connection',
    'The database connection is not open',
    'aborted',
  ])('"%s": the database is away', (message) =>
    expect(classifyDbError(new Error(message))).toBe('unavailable'),
  );

  it.each(['40001', '40P01', '55P03', 'ER_LOCK_DEADLOCK', 'SQLITE_BUSY_SNAPSHOT'])('%s: try again', (code) =>
    expect(classifyDbError(coded(code))).toBe('retry'),
  );

  it.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505', 'ER_DUP_ENTRY'])(
    '%s: a unique key said no',
    (code) => {
      expect(classifyDbError(coded(code))).toBe('unique');
      expect(isUniqueViolation(coded(code))).toBe(true);
    },
  );

  it.each([
    coded('SQLITE_CONSTRAINT_TRIGGER'),
    coded('SQLITE_CONSTRAINT_NOTNULL'),
    coded('22P05', 'unsupported Unicode escape sequence'),
    coded('25P02', 'current transaction is aborted, commands ignored until end of transaction block'),
    coded('P0001', 'poison'),
    new TypeError('x is not a function'),
    null,
    'text',
    {},
  ])('%s: the statement or its data', (error) => expect(classifyDbError(error)).toBe('other'));
});

describe('withoutBindings', () => {
  const knexError = (message: string, more: object) => Object.assign(new Error(message), more);

  it.each([
    [
      'SQLite',
      "insert into t values ('+34600555101') - SQLITE_CONSTRAINT: NOT NULL",
      { code: 'SQLITE_CONSTRAINT' },
    ],
    ['PostgreSQL', "select '+34600555101' - syntax error at or near x", { code: '42601', severity: 'ERROR' }],
    [
      'MySQL',
      "select '+34600555101' - You have an error",
      { code: 'ER_PARSE', sqlMessage: 'You have an error' },
    ],
  ])('keeps code, words and frames of a %s error and drops the values', (_name, message, more) => {
    const safe = withoutBindings(knexError(message, more)) as Error;
    expect(`${safe.message}${safe.stack}`).not.toContain('34600555101');
    expect(safe.message).toContain(more.code);
    expect(safe.stack).toMatch(/\n\s+at /);
  });

  it('leaves every other error as it is', () => {
    const plain = new Error('a - b');
    const system = Object.assign(new Error('no such file'), { code: 'ENOENT' });
    expect([withoutBindings(plain), withoutBindings(system), withoutBindings('text')]).toEqual([
      plain,
      system,
      'text',
    ]);
  });
});
