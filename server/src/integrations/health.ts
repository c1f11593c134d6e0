import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import type { NumberInfo } from '../cloud-api/graph-answers';
import { GraphError } from '../cloud-api/graph-error';
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

  const ask = async (number: ConnectedNumber): Promise<NumberInfo> => {
    try {
      return await deps.clientFor(number).getPhoneNumber(number.phoneNumberId);
    } catch (error) {
      throw toGraphError(error, { sending: false });
    }
  };

  const read = async (number: ConnectedNumber): Promise<void> => {
    const info = await ask(number).catch(async (failure: GraphError) => {
      // Silence says nothing about the number: the next reading is due at its time.
      if (failure.category === 'credential') await noteDeadToken(number, failure.message);
      throw failure;
    });
    await store(number, info);
  };

  const readQuietly = (number: ConnectedNumber): Promise<void> =>
    read(number).catch((error: unknown) => {
      // A refused token is on the number already, where people look; anything else is for whoever reads the log.
      if (!(error instanceof GraphError && error.category === 'credential')) deps.onError(error);
    });

  const readDue = async (): Promise<void> => {
    const due = await rows.due(now(), PER_TURN);
    for (let start = 0; start < due.length; start += TOGETHER) {
      await Promise.all(
        due.slice(start, start + TOGETHER).map(async ({ id, dueAt }) => {
          // Whoever moves the time on reads it; other processes find it done.
          if (!(await rows.claim(id, dueAt, nextReading(id, now(), everyMs)))) return;
          const number = await registry.byId(id);
          if (number?.accessToken) await readQuietly(number);
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
        throw error instanceof GraphError ? providerError(error) : error;
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
