import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import type { NumberInfo } from '../cloud-api/graph-answers';
import type { Database } from '../storage/database';
import { nextReading, readingOf } from './health-rule';
import { createHealthRows } from './health-repository';
import { providerError } from './provider-error';
import type { ConnectedNumber, Registry } from './registry';
import { noteConnection } from './repository';

interface Deps {
  db: Database;
  registry: Registry;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
  /** Between two readings of a number, ms. */
  everyMs: number;
  notify(): void;
  onError(error: unknown): void;
}

/** At once and per turn: the calls count against Meta's hourly limit of the account. */
const TOGETHER = 4;
const PER_TURN = 50;

export const createHealth = (deps: Deps) => {
  const { db, registry, now, everyMs } = deps;
  const rows = createHealthRows(db);
  let turn: Promise<void> | null = null;

  const changed = (): void => {
    registry.invalidate();
    deps.notify();
  };

  /** Stores what Meta told of a number; a token that brought an answer is a working one. */
  const store = async (number: ConnectedNumber, info: NumberInfo): Promise<void> => {
    const at = now();
    if (await rows.store(number.id, readingOf(info), at, nextReading(number.id, at, everyMs))) changed();
  };

  const noteDeadToken = async (number: ConnectedNumber, message: string): Promise<void> => {
    // A late answer to the old token says nothing about a new one.
    if ((await registry.byId(number.id))?.accessToken !== number.accessToken) return;
    if (await noteConnection(db, number.id, 'error', message, now())) changed();
  };

  const read = async (number: ConnectedNumber): Promise<void> => {
    try {
      await store(number, await deps.clientFor(number).getPhoneNumber(number.phoneNumberId));
    } catch (error) {
      const failure = toGraphError(error, { sending: false });
      // Silence says nothing about the number: the next reading is due at its time.
      if (failure.category === 'credential') await noteDeadToken(number, failure.message);
      throw failure;
    }
  };

  const readDue = async (): Promise<void> => {
    const due = await rows.due(now(), PER_TURN);
    for (let start = 0; start < due.length; start += TOGETHER) {
      await Promise.all(
        due.slice(start, start + TOGETHER).map(async ({ id, dueAt }) => {
          // Whoever moves the time on reads it; other processes find it done.
          if (!(await rows.claim(id, dueAt, nextReading(id, now(), everyMs)))) return;
          const number = await registry.byId(id);
          if (number?.accessToken) await read(number).catch(() => undefined);
        }),
      );
    }
  };

  return {
    store,
    noteDeadToken,
    /** Reads a number now. Throws `provider_error` when Meta does not tell. */
    async readNow(number: ConnectedNumber): Promise<void> {
      await read(number).catch((error: unknown) => {
        throw providerError(toGraphError(error, { sending: false }));
      });
    },
    /** Reads what is due; a second call while one is under way joins it. */
    tick(): Promise<void> {
      turn ??= readDue()
        .catch(deps.onError)
        .finally(() => {
          turn = null;
        });
      return turn;
    },
  };
};

export type Health = ReturnType<typeof createHealth>;
