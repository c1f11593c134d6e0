import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createOrphanSweep } from '../../../../server/src/media/orphans';
import { createMediaStore } from '../../../../server/src/media/store';

const HOUR = 60 * 60 * 1000;
const directory = mkdtempSync(path.join(os.tmpdir(), 'whatsapp-orphans-'));
afterAll(() => rmSync(directory, { recursive: true }));

const store = createMediaStore(directory);
const uploads = createMediaStore(path.join(directory, 'uploads'));
const isThere = (organizationId: number, id: number, of = store): boolean =>
  existsSync(of.path(organizationId, id));

it('files without a message go once they have lain for an hour, all others stay', async () => {
  const clock = { at: Date.now() };
  const alive = new Map([
    [1, new Set([10])],
    [2, new Set<number>()],
  ]);
  const sweep = createOrphanSweep({
    store,
    now: () => clock.at,
    existing: async (organizationId, ids) =>
      new Set(ids.filter((id) => alive.get(organizationId)?.has(id) ?? false)),
  });
  const bytes = Buffer.from('x');
  for (const [organizationId, id] of [
    [1, 10],
    [1, 11],
    [2, 10],
  ])
    await store.save(organizationId, id, bytes);
  await uploads.save(1, 10, bytes);

  // Just started: nothing is looked at yet.
  expect(await sweep()).toBe(0);
  clock.at += 2 * HOUR;
  expect(await sweep()).toBe(2);
  expect([isThere(1, 10), isThere(1, 11), isThere(2, 10)]).toEqual([true, false, false]);
  // What waits to be sent has a folder and a sweep of its own.
  expect(isThere(1, 10, uploads)).toBe(true);

  // Once a day, however often it is asked for.
  await store.save(1, 12, bytes);
  clock.at += 2 * HOUR;
  expect(await sweep()).toBe(0);
  clock.at += 24 * HOUR;
  expect(await sweep()).toBe(1);
});

it('a file that was put in its place a moment ago waits for its row, whatever the age of its bytes', async () => {
  const clock = { at: Date.now() - 10_000 };
  const sweep = createOrphanSweep({
    store,
    now: () => clock.at,
    existing: async (organizationId, ids) => new Set(organizationId === 3 ? [] : ids),
  });
  await uploads.save(3, 1, Buffer.from('old upload'));
  await store.adopt(3, 1, uploads.path(3, 1));
  clock.at += HOUR;
  expect(await sweep()).toBe(0);
  expect(isThere(3, 1)).toBe(true);
});
