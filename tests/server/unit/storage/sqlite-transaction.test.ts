import type { Knex } from 'knex';
import { runTransaction, type Tx } from '../../../../server/src/storage/transaction';
import { openSqlite } from '../../support/sqlite';

const open = () => {
  const db = openSqlite(':memory:');
  db.exec('CREATE TABLE parked (n INTEGER UNIQUE, body TEXT); INSERT INTO parked (n) VALUES (1)');
  const client = {
    acquireConnection: () => Promise.resolve(db),
    releaseConnection: () => Promise.resolve(),
  };
  const knex = { client } as unknown as Knex;
  return {
    db,
    run: (work: (tx: Tx) => Promise<unknown>) =>
      runTransaction(knex, 'sqlite', { statements: 0, commits: 0 }, work),
    count: () => db.prepare('SELECT n FROM parked').all().length,
  };
};

describe('a transaction on SQLite', () => {
  it('keeps what all of it wrote', async () => {
    const { run, count } = open();
    await run(async (tx) => {
      tx.later(tx.run('INSERT INTO parked (n) VALUES (2)'));
      await tx.run('INSERT INTO parked (n) VALUES (3)');
    });
    expect(count()).toBe(3);
  });

  it('runs nothing behind a failure that nobody waited for', async () => {
    const { run, count } = open();
    const work = run(async (tx) => {
      tx.later(tx.run('INSERT INTO parked (n) VALUES (1)'));
      await tx.run('DELETE FROM parked');
    });
    await expect(work).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(count()).toBe(1);
  });

  it('keeps what is there when a full disk ended the transaction by itself', async () => {
    const { db, run, count } = open();
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    const work = run(async (tx) => {
      tx.later(tx.run('INSERT INTO parked (n, body) VALUES (2, ?)', ['x'.repeat(100_000)]));
      await tx.run('DELETE FROM parked');
    });
    await expect(work).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(count()).toBe(1);
    db.pragma('max_page_count = 10000');
    await run((tx) => tx.run('INSERT INTO parked (n) VALUES (2)'));
    expect(count()).toBe(2);
  });
});
