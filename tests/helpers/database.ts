/**
 * A database per test file, copied from one template that globalSetup migrated: 0.1 to 0.3 s instead of 1 to 3 s.
 * SQLite by default; DATABASE_CLIENT=postgres with DATABASE_URL or DATABASE_HOST, _PORT, _USERNAME, _PASSWORD.
 * DATABASE_CLIENT=mysql with DATABASE_URL: no templates there, every file migrates its own.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

export interface TestDatabase {
  /** What Strapi gets as `database.connection`. */
  connection: Record<string, unknown>;
  drop(): Promise<void>;
}

const PREFIX = 'whatsapp_test_';

const isPostgres = (): boolean => process.env.DATABASE_CLIENT === 'postgres';
const isMysql = (): boolean => process.env.DATABASE_CLIENT === 'mysql';

const serverUrl = (): URL => {
  const { DATABASE_URL, DATABASE_HOST, DATABASE_PORT, DATABASE_USERNAME, DATABASE_PASSWORD } = process.env;
  const url = new URL(DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres');
  if (DATABASE_HOST) url.hostname = DATABASE_HOST;
  if (DATABASE_PORT) url.port = DATABASE_PORT;
  if (DATABASE_USERNAME) url.username = DATABASE_USERNAME;
  if (DATABASE_PASSWORD) url.password = DATABASE_PASSWORD;
  return url;
};

/** Runs statements on the server's own maintenance database: CREATE and DROP DATABASE cannot run inside the target. */
const onServer = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: serverUrl().href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const postgresDatabase = (name: string): TestDatabase => {
  const url = serverUrl();
  url.pathname = `/${name}`;
  return {
    connection: { client: 'postgres', connection: { connectionString: url.href } },
    drop: () =>
      onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
};

const onMysql = async (sql: string): Promise<void> => {
  const connection = await createConnection(process.env.DATABASE_URL ?? 'mysql://root@127.0.0.1:3306');
  await connection.query(sql);
  await connection.end();
};

const mysqlDatabase = async (name: string): Promise<TestDatabase> => {
  await onMysql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const { hostname, port, username, password } = new URL(
    process.env.DATABASE_URL ?? 'mysql://root@127.0.0.1',
  );
  const connection = { host: hostname, port: Number(port || 3306), user: username, password, database: name };
  return {
    connection: { client: 'mysql', connection },
    drop: () => onMysql(`DROP DATABASE IF EXISTS ${name}`),
  };
};

const sqliteDatabase = (filename: string): TestDatabase => ({
  connection: { client: 'sqlite', connection: { filename }, useNullAsDefault: true },
  async drop() {
    for (const suffix of ['', '-journal', '-wal', '-shm']) fs.rmSync(filename + suffix, { force: true });
  },
});

const freshName = (): string => `${PREFIX}${process.pid}_${randomBytes(4).toString('hex')}`;

/** An empty database. */
export const createDatabase = async (): Promise<TestDatabase> => {
  const name = freshName();
  if (isMysql()) return mysqlDatabase(name);
  if (!isPostgres()) return sqliteDatabase(path.join(os.tmpdir(), `${name}.db`));
  await onServer((client) => client.query(`CREATE DATABASE ${name}`));
  return postgresDatabase(name);
};

/** Another worker's copy keeps the template busy for a moment (`object_in_use`). */
const IN_USE = '55006';
const ATTEMPTS = 50;

const copyOnServer = (name: string, template: string): Promise<void> =>
  onServer(async (client) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== IN_USE || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  });

/** A database that already has every table: a copy of the template, or an empty one when there is no template. */
export const copyTemplate = async (): Promise<TestDatabase> => {
  const template = process.env.TEST_TEMPLATE;
  if (!template || isMysql()) return createDatabase();
  const name = freshName();
  if (isPostgres()) {
    await copyOnServer(name, template);
    return postgresDatabase(name);
  }
  const filename = path.join(os.tmpdir(), `${name}.db`);
  fs.copyFileSync(template, filename);
  return sqliteDatabase(filename);
};

/** What `TEST_TEMPLATE` is to hold for a database made by `createDatabase`. */
export const templateName = ({ connection }: TestDatabase): string => {
  const inner = connection.connection as { filename?: string; database?: string; connectionString?: string };
  return inner.filename ?? inner.database ?? new URL(inner.connectionString as string).pathname.slice(1);
};
