/** An SQLite file opened beside Strapi, as another process would. */
export interface SqliteFile {
  exec(sql: string): void;
  prepare(sql: string): { all(): unknown[] };
  pragma(source: string, options?: { simple: boolean }): unknown;
  close(): void;
}

const Driver = jest.requireActual<new (filename: string) => SqliteFile>('better-sqlite3');

export const openSqlite = (filename: string): SqliteFile => new Driver(filename);
