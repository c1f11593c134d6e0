/** kill -9 in the middle of the load: what was answered 200 is there, once, and telling everything again adds nothing. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { copyTemplate, type TestDatabase } from '../../helpers/database';
import { startServerChild } from '../../helpers/server-child';
import { bootStrapi } from '../../helpers/strapi';
import { seeded } from '../support/evidence';
import { rowsOf, type Row } from '../support/rows';
import { openSqlite } from '../support/sqlite';
import { setStage, until, type TestNumber } from '../support/stage';
import * as hook from '../support/webhooks';

const CONNECTIONS = 20;
const ROUNDS = 4;
/** No further round begins after this long. */
const ENOUGH_MS = 15_000;

interface Event {
  wamid: string;
  kind: 'message' | 'reaction';
  /** Of a reaction: its message. */
  target: string;
  payload: unknown;
  acknowledged: boolean;
}

let database: TestDatabase;
let number: TestNumber;
let folder: string;
beforeAll(async () => {
  database = await copyTemplate();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-kill-'));
  const stage = await setStage({ database });
  number = stage.number;
  await stage.stop();
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const people = Array.from({ length: 30 }, () => hook.newCustomer());

/** Every fifth event is a reaction to a message that was answered 200 before, each message gets at most one. */
const nextEvent = (history: Event[], free: Event[], random: () => number): Event => {
  const target = random() < 0.2 ? free.shift() : undefined;
  const person = people[Math.floor(random() * people.length)];
  const element = target ? hook.reactionTo(person, target.wamid, '👍') : hook.messageFrom(person);
  const event: Event = {
    wamid: element.id as string,
    kind: target ? 'reaction' : 'message',
    target: target?.wamid ?? '',
    payload: hook.from(number, person, element),
    acknowledged: false,
  };
  history.push(event);
  return event;
};

const post = async (url: string, event: Event): Promise<number> =>
  (await hook.post({ url, number } as never, event.payload)).status;

/** Twenty connections, each sends its next event after the answer, until the server is gone. */
const load = (url: string, history: Event[], free: Event[], random: () => number): Promise<unknown> => {
  let gone = false;
  const connection = async (): Promise<void> => {
    while (!gone) {
      const event = nextEvent(history, free, random);
      try {
        event.acknowledged = (await post(url, event)) === 200;
        if (event.acknowledged && event.kind === 'message') free.push(event);
      } catch {
        gone = true;
      }
    }
  };
  return Promise.all(Array.from({ length: CONNECTIONS }, connection));
};

it('keeps its word through kill -9 at random moments', async () => {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
  process.stdout.write(`kill -9: seed ${seed} (KILL_SEED repeats it)\n`);
  const random = seeded(seed);
  const history: Event[] = [];
  const free: Event[] = [];
  const perRound: number[] = [];
  const started = Date.now();
  const options = {
    media: { directory: path.join(folder, 'media') },
    simulator: { enabled: false, stateFile: path.join(folder, 'sim.json') },
  };
  fs.mkdirSync(path.join(folder, 'uploads'));
  for (let round = 0; round < ROUNDS && (round < 2 || Date.now() - started < ENOUGH_MS); round += 1) {
    const server = await startServerChild(database, { publicDir: folder, options });
    const before = history.filter(({ acknowledged }) => acknowledged).length;
    const running = load(server.url, history, free, random);
    const count = () => history.filter(({ acknowledged }) => acknowledged).length;
    await until(count, (now) => now > before, 30_000);
    await new Promise((resolve) => setTimeout(resolve, 50 + random() * 600));
    await server.kill();
    await running;
    perRound.push(history.filter(({ acknowledged }) => acknowledged).length - before);
  }
  // Otherwise nothing was proven.
  expect(perRound.length).toBeGreaterThanOrEqual(2);
  expect(perRound.reduce((a, b) => a + b)).toBeGreaterThan(50);
  expect(history.filter(({ acknowledged }) => !acknowledged).length).toBeGreaterThan(perRound.length);

  if (database.connection.client === 'sqlite') {
    const file = openSqlite((database.connection.connection as { filename: string }).filename);
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    file.close();
  }

  const booted = await bootStrapi({ database });
  try {
    const rows = rowsOf(booted.strapi);
    const check = async (expected: Event[]): Promise<void> => {
      const stored = new Map<string, Row>();
      for (const row of await rows.all('messages')) {
        expect(stored.has(String(row.wamid))).toBe(false);
        stored.set(String(row.wamid), row);
      }
      const lost = expected.filter(({ kind, wamid, target }) =>
        kind === 'message' ? !stored.has(wamid) : stored.get(target)?.contact_reaction !== '👍',
      );
      expect({ seed, lost: lost.map(({ wamid }) => wamid) }).toEqual({ seed, lost: [] });
      const conversations = await rows.all('conversations');
      expect(conversations).toHaveLength(
        new Set([...stored.values()].map((row) => row.conversation_id)).size,
      );
      for (const conversation of conversations) {
        const own = [...stored.values()].filter((row) => row.conversation_id === conversation.id);
        expect({ seed, unread: conversation.unread_count }).toEqual({ seed, unread: own.length });
        expect(own.some((row) => row.document_id === conversation.last_message_key)).toBe(true);
      }
    };
    await check(history.filter(({ acknowledged }) => acknowledged));

    const redeliver = async (): Promise<void> => {
      const left = [...history];
      const connection = async (): Promise<void> => {
        for (let event = left.shift(); event; event = left.shift())
          expect(await post(booted.url, event)).toBe(200);
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    };
    await redeliver();
    await check(history);
    const messages = history.filter(({ kind }) => kind === 'message').length;
    expect(await rows.count('messages')).toBe(messages);
    const before = await rows.totals();
    await redeliver();
    expect({ ...(await rows.totals()), delivery_log: 0, changes: 0 }).toEqual({
      ...before,
      delivery_log: 0,
      changes: 0,
    });
    await check(history);
  } finally {
    await booted.stop();
  }
}, 120_000);
