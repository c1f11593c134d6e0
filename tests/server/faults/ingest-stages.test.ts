/** kill -9 at chosen moments of a delivery: while it waits in the buffer, in the middle of its commit, after its 200. */
import { Client } from 'pg';

import { createStrapiProcess, type StrapiProcess } from '../support/child';
import { describeOn } from '../support/only-on';
import { openSqlite } from '../support/sqlite';
import { until, type TestNumber } from '../support/stage';
import * as hook from '../support/webhooks';

let app: StrapiProcess;
let number: TestNumber;

beforeAll(async () => {
  app = await createStrapiProcess({});
  await app.start();
  const credentials = { accessToken: 'EAAstagestest12345', appSecret: 'stages-test-secret-1' };
  const input = {
    ...credentials,
    name: 'Shop',
    phoneNumber: '+14155550102',
    phoneNumberId: '700700702',
    businessAccountId: '800800802',
  };
  const response = await fetch(`${app.url}/api/whatsapp/integrations`, {
    method: 'POST',
    headers: { ...app.token, 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  });
  const { data } = (await response.json()) as { data: { id: string; webhookUrl: string } };
  number = { ...input, id: data.id, webhookUrl: data.webhookUrl };
}, 60_000);
afterAll(() => app?.dispose());

interface Sent {
  wamid: string;
  payload: unknown;
}
const make = (count: number): Sent[] =>
  Array.from({ length: count }, () => {
    const person = hook.newCustomer();
    const message = hook.messageFrom(person);
    return { wamid: String(message.id), payload: hook.from(number, person, message) };
  });

/** Status of the answer; null when the process died before it gave one. */
const post = async ({ payload }: Sent): Promise<number | null> => {
  try {
    return (await hook.post({ url: app.url, number }, payload)).status;
  } catch {
    return null;
  }
};
const rowsOf = (list: Sent[]): Promise<{ wamid: string }[]> =>
  app.database('whatsapp_messages').whereIn(
    'wamid',
    list.map(({ wamid }) => wamid),
  );

/** After the restart Meta delivers everything again, twice: each is there once. */
const redeliver = async (list: Sent[]): Promise<void> => {
  await app.start();
  for (const round of [1, 2]) {
    const answers = await Promise.all(list.map(post));
    expect([round, new Set(answers)]).toEqual([round, new Set([200])]);
  }
  const stored = await rowsOf(list);
  expect(stored.map(({ wamid }) => wamid).sort()).toEqual(list.map(({ wamid }) => wamid).sort());
  const unread = (await app.database('whatsapp_conversations').sum({ n: 'unread_count' }))[0].n;
  const all = (await app.database('whatsapp_messages').count({ n: '*' }))[0].n;
  expect(Number(unread)).toBe(Number(all));
};

it('right after the 200: everything that was answered is there', async () => {
  const list = make(12);
  expect(new Set(await Promise.all(list.map(post)))).toEqual(new Set([200]));
  await app.kill('SIGKILL');
  expect(await rowsOf(list)).toHaveLength(list.length);
  await redeliver(list);
}, 60_000);

describeOn('sqlite')('on SQLite', () => {
  it('in the buffer, behind a lock: nobody had heard 200, nothing is half there', async () => {
    const { filename } = app.database.client.config.connection as { filename: string };
    const other = openSqlite(filename);
    other.exec('BEGIN IMMEDIATE');
    const list = make(8);
    const answers = Promise.all(list.map(post));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await app.kill('SIGKILL');
    other.exec('ROLLBACK');
    other.close();
    expect((await answers).filter((status) => status === 200)).toEqual([]);
    expect(await rowsOf(list)).toEqual([]);
    await redeliver(list);
  }, 60_000);
});

describeOn('postgres')('on PostgreSQL', () => {
  const connect = async (): Promise<Client> => {
    const { connectionString } = app.database.client.config.connection as { connectionString: string };
    const client = new Client({ connectionString });
    await client.connect();
    return client;
  };

  it('in the middle of the commit: the transaction is undone as a whole', async () => {
    const other = await connect();
    await other.query('BEGIN');
    // The last table of a drain: everything before it is written by then.
    await other.query('LOCK TABLE whatsapp_delivery_log IN ACCESS EXCLUSIVE MODE');
    const list = make(8);
    const answers = Promise.all(list.map(post));
    await until(
      async () =>
        Number(
          (
            await other.query(
              "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
            )
          ).rows[0].n,
        ),
      (waiting) => waiting > 0,
    );
    await app.kill('SIGKILL');
    await other.query('ROLLBACK');
    await other.end();
    expect((await answers).filter((status) => status === 200)).toEqual([]);
    // The server notices that the client is gone when it next looks.
    await until(
      async () => (await rowsOf(list)).length,
      (count) => count === 0 || count === list.length,
    );
    await redeliver(list);
  }, 60_000);
});
