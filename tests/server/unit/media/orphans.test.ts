import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createOrphanSweep } from '../../../../server/src/media/orphans';
import { createFolderOwners } from '../../../../server/src/media/folder-owners';
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
    isOursAlone: async () => true,
    onShared: () => undefined,
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
    isOursAlone: async () => true,
    onShared: () => undefined,
    existing: async (organizationId, ids) => new Set(organizationId === 3 ? [] : ids),
  });
  await uploads.save(3, 1, Buffer.from('old upload'));
  await store.adopt(3, 1, uploads.path(3, 1));
  clock.at += HOUR;
  expect(await sweep()).toBe(0);
  expect(isThere(3, 1)).toBe(true);
});

it('of two databases that share a folder neither takes the other’s files for leftovers', async () => {
  const shared = mkdtempSync(path.join(os.tmpdir(), 'whatsapp-shared-'));
  try {
    const folder = createMediaStore(shared);
    const clock = { at: Date.now() };
    const told: string[] = [];
    const databaseOf = (name: string, ids: number[]) => {
      const owners = createFolderOwners(shared, async () => name);
      const sweep = createOrphanSweep({
        store: folder,
        now: () => clock.at,
        existing: async () => new Set(ids),
        isOursAlone: owners.isOursAlone,
        onShared: () => told.push(name),
      });
      return { owners, sweep };
    };
    const [live, copy] = [databaseOf('live', [1]), databaseOf('copy', [2])];
    await Promise.all([live.owners.signIn(), copy.owners.signIn()]);
    await live.owners.signIn();
    for (const id of [1, 2, 3]) await folder.save(1, id, Buffer.from('x'));
    clock.at += 2 * HOUR;
    expect([await live.sweep(), await copy.sweep()]).toEqual([0, 0]);
    expect(told).toEqual(['live', 'copy']);
    expect([1, 2, 3].map((id) => isThere(1, id, folder))).toEqual([true, true, true]);

    // The copy is gone for good and somebody takes its line out.
    writeFileSync(live.owners.register, 'live\n');
    clock.at += 25 * HOUR;
    expect(await live.sweep()).toBe(2);
    expect(isThere(1, 1, folder)).toBe(true);
  } finally {
    rmSync(shared, { recursive: true });
  }
});

it('a database that has not signed in removes nothing', async () => {
  const fresh = mkdtempSync(path.join(os.tmpdir(), 'whatsapp-fresh-'));
  try {
    expect(await createFolderOwners(fresh, async () => 'live').isOursAlone()).toBe(false);
  } finally {
    rmSync(fresh, { recursive: true });
  }
});
