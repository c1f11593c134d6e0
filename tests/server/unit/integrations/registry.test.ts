import { createRegistry } from '../../../../server/src/integrations/registry';
import { createSecrets } from '../../../../server/src/encryption/secrets';
import { createEnvironment } from '../../../../server/src/integrations/environment';
import type { Database } from '../../../../server/src/storage/database';

/** Loads end when the test says so. */
const setUp = () => {
  const loads: { resolve(names: string[]): void; reject(error: Error): void }[] = [];
  const db = {
    table: () => ({
      whereNotNull: () =>
        new Promise((resolve, reject) => {
          loads.push({
            resolve: (names) => resolve(names.map((name, index) => ({ id: index + 1, name }))),
            reject,
          });
        }),
    }),
  } as unknown as Database;
  let at = 1_000_000;
  const registry = createRegistry(db, createSecrets([]), createEnvironment([]), () => at);
  return { registry, loads, pass: (ms: number) => (at += ms) };
};
const namesOf = async (numbers: ReturnType<ReturnType<typeof createRegistry>['all']>): Promise<string[]> =>
  (await numbers).map(({ name }) => name);

it('loads once for all who ask at the same time, and not again while fresh', async () => {
  const { registry, loads, pass } = setUp();
  const asked = [registry.all(), registry.all()];
  loads[0].resolve(['a']);
  expect(await Promise.all(asked.map(namesOf))).toEqual([['a'], ['a']]);
  expect(Array.isArray(registry.all())).toBe(true);
  pass(5_000);
  const again = registry.all();
  expect(Array.isArray(again)).toBe(false);
  expect(loads).toHaveLength(2);
  // A load that is left hanging fails in the middle of whichever file runs by then.
  loads[1].resolve(['b']);
  expect(await namesOf(again)).toEqual(['b']);
});

it('a load that began before a write is not what comes after it', async () => {
  const { registry, loads } = setUp();
  const early = registry.all();
  registry.invalidate();
  const late = registry.all();
  expect(loads).toHaveLength(2);
  loads[1].resolve(['new']);
  expect(await namesOf(late)).toEqual(['new']);
  loads[0].resolve(['old']);
  await early;
  expect(await namesOf(registry.all())).toEqual(['new']);
  expect(loads).toHaveLength(2);
});

it('nor does it end the newer one that is under way', async () => {
  const { registry, loads } = setUp();
  const early = registry.all();
  registry.invalidate();
  const late = registry.all();
  loads[0].resolve(['old']);
  await early;
  const later = registry.all();
  expect(loads).toHaveLength(2);
  loads[1].resolve(['new']);
  expect(await Promise.all([late, later].map(namesOf))).toEqual([['new'], ['new']]);
});

it('asks again after a load that failed', async () => {
  const { registry, loads } = setUp();
  const asked = registry.all();
  loads[0].reject(new Error('away'));
  await expect(asked).rejects.toThrow('away');
  const again = registry.all();
  loads[1].resolve(['a']);
  expect(await namesOf(again)).toEqual(['a']);
});
