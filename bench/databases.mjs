import fs from 'node:fs';
import path from 'node:path';

import Sqlite from 'better-sqlite3';
import pg from 'pg';

/**
 * `connection` is Strapi's, `read(sql)` answers rows on a connection of its own. Databases are copied from a migrated
 * template, since a first boot takes seconds.
 */
const sqliteDatabase = (filename) => ({
  connection: { client: 'sqlite', connection: { filename }, useNullAsDefault: true },
  async read(sql) {
    const db = new Sqlite(filename, { timeout: 10_000 });
    try {
      return db.prepare(sql).all();
    } finally {
      db.close();
    }
  },
  /** Nothing torn by a kill. */
  async isWhole() {
    return (await this.read('PRAGMA integrity_check'))[0].integrity_check === 'ok';
  },
  async drop() {
    for (const suffix of ['', '-journal', '-wal', '-shm']) fs.rmSync(filename + suffix, { force: true });
  },
});

/** `journal`: `delete`, as Strapi ships, or `wal`. */
export const sqliteEngine = (folder, journal) => ({
  name: journal === 'wal' ? 'SQLite WAL, FULL' : 'SQLite as Strapi ships',
  kind: 'sqlite',
  id: journal === 'wal' ? 'wal' : 'sqlite',
  create: async (name) => sqliteDatabase(path.join(folder, `${journal}-${name}.db`)),
  async copy(template, name) {
    const filename = path.join(folder, `${journal}-${name}.db`);
    fs.copyFileSync(template.connection.connection.filename, filename);
    const db = new Sqlite(filename);
    db.pragma(`journal_mode = ${journal}`);
    db.close();
    return sqliteDatabase(filename);
  },
});

const postgresDatabase = (cluster, name) => ({
  connection: { client: 'postgres', connection: { connectionString: cluster.urlOf(name) } },
  async read(sql) {
    const client = new pg.Client({ connectionString: cluster.urlOf(name) });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  },
  isWhole: async () => true,
  drop: () => cluster.run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
});

export const postgresEngine = (cluster) => ({
  name: 'PostgreSQL',
  kind: 'postgres',
  id: 'postgres',
  async create(name) {
    await cluster.run(`CREATE DATABASE ${name}`);
    return postgresDatabase(cluster, name);
  },
  async copy(template, name) {
    const source = new URL(template.connection.connection.connectionString).pathname.slice(1);
    await cluster.run(`CREATE DATABASE ${name} TEMPLATE ${source}`);
    return postgresDatabase(cluster, name);
  },
  pid: cluster.pid,
});

/**
 * What has to hold whenever nothing is in flight: one row per wamid, each counted once as unread, each in a conversation
 * of a contact, one conversation per contact.
 */
export async function auditOurs(database) {
  const number = async (sql) => Number(Object.values((await database.read(sql))[0])[0] ?? 0);
  const inbound = `FROM whatsapp_messages m WHERE m.direction = 'inbound'`;
  const rows = await number(`SELECT count(*) ${inbound}`);
  const distinct = await number(`SELECT count(DISTINCT wamid) ${inbound}`);
  const unread = await number('SELECT sum(unread_count) FROM whatsapp_conversations');
  const linked = await number(
    `SELECT count(*) FROM whatsapp_messages m JOIN whatsapp_conversations v ON v.id = m.conversation_id ` +
      `JOIN whatsapp_contacts c ON c.id = v.contact_id WHERE m.direction = 'inbound'`,
  );
  const contacts = await number('SELECT count(*) FROM whatsapp_contacts');
  const conversations = await number('SELECT count(*) FROM whatsapp_conversations');
  const quarantined = await number('SELECT count(*) FROM whatsapp_quarantine');
  const consistent =
    rows === distinct &&
    rows === unread &&
    rows === linked &&
    contacts === conversations &&
    quarantined === 0;
  return { rows, distinct, unread, linked, contacts, conversations, quarantined, consistent };
}
