import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addThread } from './threads';
import type { SimulatedTemplate } from './types';
import type { CustomerRecord, MediaRecord, PendingDelivery, Thread, World } from './world';

const VERSION = 1;
const WRITE_DELAY_MS = 300;

/** No tokens and no secrets: numbers are handed in anew by whoever starts the simulator. */
interface Snapshot {
  version: typeof VERSION;
  customers: CustomerRecord[];
  threads: Thread[];
  media: Omit<MediaRecord, 'bytes'>[];
  numbers: {
    phoneNumberId: string;
    override: string | null;
    profile: Record<string, unknown>;
    blocked: string[];
  }[];
  accounts: {
    wabaId: string;
    override: string | null;
    subscribedApps: string[];
    templates: SimulatedTemplate[];
  }[];
  pending: (Omit<PendingDelivery, 'bytes'> & { bytes: string })[];
}

export interface StateFile {
  /** What an earlier run left for this number or account; consumed by `addNumber`. */
  rememberedNumber(phoneNumberId: string): Snapshot['numbers'][number] | undefined;
  rememberedAccount(wabaId: string): Snapshot['accounts'][number] | undefined;
  /** Writes at once what is waiting to be written. */
  flush(): void;
}

const NOTHING: StateFile = {
  rememberedNumber: () => undefined,
  rememberedAccount: () => undefined,
  flush: () => undefined,
};

const read = (file: string): Snapshot | null => {
  if (!existsSync(file)) return null;
  let parsed: Snapshot;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  } catch (cause) {
    throw new Error(`The simulator's state file ${file} cannot be read. Delete it to start afresh.`, {
      cause,
    });
  }
  if (parsed.version !== VERSION)
    throw new Error(`${file} is of another version of the simulator. Delete it to start afresh.`);
  return parsed;
};

const mediaFile = (file: string, id: string): string => join(`${file}.media`, id);

const restore = (world: World, file: string, snapshot: Snapshot): void => {
  // Files of earlier releases lack what came later.
  snapshot.customers.forEach((customer) =>
    world.customers.set(customer.id, { ...customer, portfolioId: customer.portfolioId ?? '' }),
  );
  snapshot.threads.forEach((thread) =>
    addThread(world, {
      ...thread,
      enteredByAdAt: thread.enteredByAdAt ?? null,
      messages: thread.messages.map((message) => ({
        ...message,
        edited: message.edited ?? false,
        revoked: message.revoked ?? false,
      })),
    }),
  );
  for (const media of snapshot.media) {
    const path = mediaFile(file, media.id);
    if (existsSync(path)) world.media.set(media.id, { ...media, bytes: readFileSync(path) });
  }
  snapshot.pending.forEach((pending) =>
    world.pending.set(pending.id, { ...pending, bytes: Buffer.from(pending.bytes, 'base64') }),
  );
};

const take = (world: World, earlier: Snapshot | null): Snapshot => ({
  version: VERSION,
  customers: [...world.customers.values()],
  threads: [...world.threads.values()],
  media: [...world.media.values()].map(({ bytes: _bytes, ...media }) => media),
  numbers: [
    ...(earlier?.numbers ?? []).filter((number) => !world.numbers.has(number.phoneNumberId)),
    ...[...world.numbers.values()].map(({ phoneNumberId, override, profile, blocked }) => ({
      phoneNumberId,
      override,
      profile,
      blocked,
    })),
  ],
  accounts: [
    ...(earlier?.accounts ?? []).filter((account) => !world.accounts.has(account.wabaId)),
    ...[...world.accounts.values()].map(({ wabaId, override, subscribedApps, templates }) => ({
      wabaId,
      override,
      subscribedApps: [...subscribedApps],
      templates,
    })),
  ],
  pending: [...world.pending.values()].map((pending) => ({
    ...pending,
    bytes: pending.bytes.toString('base64'),
  })),
});

/** Rename is atomic within a directory: a reader sees the old file or the new one, never half of one. */
const writeAtomically = (path: string, content: string | Buffer): void => {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, path);
};

const writeMedia = (world: World, file: string): void => {
  const folder = `${file}.media`;
  mkdirSync(folder, { recursive: true });
  const present = new Set(readdirSync(folder));
  for (const [id, media] of world.media) if (!present.has(id)) writeAtomically(join(folder, id), media.bytes);
  for (const name of present) if (!world.media.has(name)) rmSync(join(folder, name), { force: true });
};

/**
 * Keeps the world in a file. Restores at once; afterwards each change is written after a short while.
 * @throws when the file exists but cannot be read
 */
export const createStateFile = (world: World): StateFile => {
  const file = world.settings.stateFile;
  if (file === null) return NOTHING;
  const earlier = read(file);
  if (earlier) restore(world, file, earlier);
  mkdirSync(dirname(file), { recursive: true });

  let timer: NodeJS.Timeout | null = null;
  let written = '';
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    writeMedia(world, file);
    const content = JSON.stringify(take(world, earlier));
    const digest = createHash('sha1').update(content).digest('hex');
    if (digest !== written) writeAtomically(file, content);
    written = digest;
  };
  const flushLater = (): void => {
    try {
      flush();
    } catch (error) {
      world.settings.onError(error as Error);
    }
  };
  // Real time on purpose: a stopped test clock must not keep the disk behind.
  world.onChange(() => {
    timer ??= setTimeout(flushLater, WRITE_DELAY_MS).unref();
  });

  return {
    rememberedNumber: (id) => earlier?.numbers.find((number) => number.phoneNumberId === id),
    rememberedAccount: (id) => earlier?.accounts.find((account) => account.wabaId === id),
    flush,
  };
};
