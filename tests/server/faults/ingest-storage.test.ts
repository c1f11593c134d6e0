/** The database is away: nobody hears 200, nobody waits for long, and what is delivered again is stored once. */
import fs from 'node:fs';

import { Client } from 'pg';

import { copyTemplate, type TestDatabase } from '../../helpers/database';
import { describeOn } from '../support/only-on';
import { createProxy, type Proxy } from '../support/proxy';
import { rowsOf, type Rows } from '../support/rows';
import { openSqlite, type SqliteFile } from '../support/sqlite';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

const postgres = process.env.DATABASE_CLIENT === 'postgres';

const BUFFER = 8;

let stage: Stage;
let rows: Rows;
let database: TestDatabase;
let proxy: Proxy | null = null;
let directUrl = '';

beforeAll(async () => {
  database = await copyTemplate();
  if (postgres) {
    const inner = database.connection.connection as { connectionString: string };
    directUrl = inner.connectionString;
    const url = new URL(directUrl);
    proxy = await createProxy(url.hostname, Number(url.port || 5432));
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    database = {
      ...database,
      connection: { ...database.connection, connection: { connectionString: url.href } },
    };
  }
  stage = await setStage({ database, config: { webhook: { bufferDeliveries: BUFFER } } });
  // Strapi reports each lost connection.
  stage.strapi.log.level = 'silent';
  rows = rowsOf(stage.strapi);
});
beforeEach(() => {
  // Knex writes a line for each of them, past every log level.
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterAll(async () => {
  await stage.stop();
  await proxy?.close();
  await database.drop();
});

interface Sent {
  wamid: string;
  payload: unknown;
}
const make = (count: number): Sent[] =>
  Array.from({ length: count }, () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana);
    return { wamid: message.id as string, payload: hook.from(stage.number, ana, message) };
  });
const timed = async (sent: Sent): Promise<{ status: number; ms: number; code: string | null }> => {
  const started = Date.now();
  const answer = await hook.post(stage, sent.payload);
  return {
    status: answer.status,
    ms: Date.now() - started,
    code: answer.status === 200 ? null : answer.json().error.details.code,
  };
};
const deliver = (list: Sent[]) => Promise.all(list.map(timed));
const redeliverUntilTaken = async (list: Sent[]): Promise<void> => {
  for (const sent of list) {
    const end = Date.now() + 10_000;
    while ((await timed(sent)).status !== 200) {
      if (Date.now() > end) throw new Error('still refused');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
const storedOnce = async (list: Sent[]): Promise<void> => {
  for (const { wamid } of list) {
    const found = await rows.all('messages', { wamid });
    expect(found).toHaveLength(1);
    const [conversation] = await rows.all('conversations', { id: found[0].conversation_id });
    expect(conversation.unread_count).toBe(1);
  }
};
/** Our own questions go through the same pool, which finds its dead connections by asking. */
const poolIsAlive = async (): Promise<void> => {
  const ask = (): Promise<unknown> => Promise.all(Array.from({ length: 12 }, () => rows.count('quarantine')));
  for (let left = 20; ; left -= 1) {
    try {
      return void (await ask());
    } catch (error) {
      if (left === 0) throw error;
    }
  }
};
/** The longest time for which this thread did nothing. */
const watchLoop = () => {
  let longest = 0;
  let last = Date.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, Date.now() - last);
    last = Date.now();
  }, 10);
  return () => {
    clearInterval(timer);
    return longest;
  };
};

describeOn('sqlite')('another process holds the SQLite lock', () => {
  const lock = (): SqliteFile => {
    const other = openSqlite((database.connection.connection as { filename: string }).filename);
    other.exec('BEGIN IMMEDIATE');
    return other;
  };
  const release = (other: SqliteFile): void => {
    other.exec('ROLLBACK');
    other.close();
  };

  it('503 within two seconds, the rest of Strapi goes on, and redelivery stores each once', async () => {
    const list = make(BUFFER - 2);
    const other = lock();
    const stopped = watchLoop();
    const answers = await deliver(list);
    const longest = stopped();
    release(other);
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual(
      list.map(() => '503 storage_unavailable'),
    );
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(2_000);
    expect(longest).toBeLessThan(700);
    for (const { wamid } of list) expect(await rows.message(wamid)).toBeUndefined();
    await redeliverUntilTaken(list);
    await storedOnce(list);
  });

  it('a short lock is waited for', async () => {
    const list = make(3);
    const other = lock();
    const answers = deliver(list);
    await new Promise((resolve) => setTimeout(resolve, 250));
    release(other);
    expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200]);
    await storedOnce(list);
  });

  it('a full buffer answers 503 at once', async () => {
    const other = lock();
    const waiting = deliver(make(1));
    await new Promise((resolve) => setTimeout(resolve, 60));
    const crowd = make(BUFFER * 3);
    const answers = await deliver(crowd);
    release(other);
    await waiting;
    expect(answers.every(({ status }) => status === 503)).toBe(true);
    const atOnce = answers.filter(({ ms }) => ms < 400);
    expect(atOnce.length).toBeGreaterThanOrEqual(BUFFER);
    await redeliverUntilTaken(crowd);
    await storedOnce(crowd);
  });

  it('a full disk: 503, the rest of Strapi goes on reading, and redelivery stores each once', async () => {
    const knex = stage.strapi.db.connection;
    const pragma = async (words: string): Promise<number> =>
      Number(Object.values(((await knex.raw(`PRAGMA ${words}`)) as Record<string, unknown>[])[0])[0]);
    const pages = await pragma('page_count');
    // What is free inside the file can still be written; a megabyte of text does not fit.
    await pragma(`max_page_count = ${pages}`);
    const list = make(3).map(({ wamid, payload }) => {
      const text = JSON.stringify(payload).replace('"Hello"', JSON.stringify('x'.repeat(60_000)));
      return { wamid, payload: JSON.parse(text) as unknown };
    });
    const many = Array.from({ length: 12 }, () => list).flat();
    const statuses = new Set(
      (await Promise.all(many.slice(0, BUFFER - 2).map(timed))).map(({ status }) => status),
    );
    expect([...statuses]).toEqual([503]);
    expect((await stage.http.get('/api/whatsapp/conversations').set(stage.token)).status).toBe(200);
    for (const { wamid } of list) expect(await rows.message(wamid)).toBeUndefined();
    await pragma('max_page_count = 1073741823');
    await redeliverUntilTaken(list);
    await storedOnce(list);
  });

  it('a file that was moved away is no place to store things', async () => {
    const { filename } = database.connection.connection as { filename: string };
    const list = make(4);
    fs.renameSync(filename, `${filename}.away`);
    const answers = await deliver(list);
    fs.renameSync(`${filename}.away`, filename);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    await redeliverUntilTaken(list);
    await storedOnce(list);
  });
});

describeOn('postgres')('PostgreSQL', () => {
  it('is stopped: 503 within two seconds; back again: redelivery stores each once', async () => {
    const list = make(BUFFER - 2);
    proxy?.cut();
    const first = await deliver(list);
    const second = await deliver(list);
    proxy?.mend();
    for (const { status, code, ms } of [...first, ...second]) {
      expect(`${status} ${code}`).toBe('503 storage_unavailable');
      expect(ms).toBeLessThan(2_000);
    }
    await redeliverUntilTaken(list);
    await storedOnce(list);
  });

  it('ends its connections under load: 200 or 503, every 200 is stored, redelivery adds what is missing', async () => {
    const killer = new Client({ connectionString: directUrl });
    await killer.connect();
    const sent: Sent[] = [];
    const acknowledged: Sent[] = [];
    const seen = new Set<number>();
    const end = Date.now() + 1_500;
    const worker = async (): Promise<void> => {
      while (Date.now() < end) {
        const [one] = make(1);
        sent.push(one);
        const { status } = await timed(one);
        seen.add(status);
        if (status === 200) acknowledged.push(one);
      }
    };
    const workers = Array.from({ length: 6 }, worker);
    while (Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      await killer.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    }
    await Promise.all(workers);
    await killer.end();
    await poolIsAlive();
    expect([...seen].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(10);
    await storedOnce(acknowledged);
    await redeliverUntilTaken(sent);
    await storedOnce(sent);
    expect(await rows.count('quarantine')).toBe(0);
  });

  it('holds a table: given back after five seconds, and a full buffer answers at once', async () => {
    const other = new Client({ connectionString: directUrl });
    await other.connect();
    await other.query('BEGIN');
    await other.query('LOCK TABLE whatsapp_messages IN ACCESS EXCLUSIVE MODE');
    const first = make(2);
    const waiting = deliver(first);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const crowd = make(BUFFER * 3);
    const answers = await deliver(crowd);
    expect(answers.every(({ status }) => status === 503)).toBe(true);
    expect(answers.filter(({ ms }) => ms < 2_000).length).toBeGreaterThanOrEqual(BUFFER);
    expect((await waiting).map(({ status }) => status)).toEqual([503, 503]);
    await other.query('ROLLBACK');
    await other.end();
    await redeliverUntilTaken([...first, ...crowd]);
    await storedOnce([...first, ...crowd]);
  });

  it('hears nothing any more: nobody waits for longer than five seconds', async () => {
    const list = make(4);
    proxy?.clog();
    const answers = await deliver(list);
    proxy?.mend();
    for (const { status, ms } of answers) {
      expect(status).toBe(503);
      expect(ms).toBeLessThan(6_000);
    }
    await redeliverUntilTaken(list);
    await storedOnce(list);
  });
});
