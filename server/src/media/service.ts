import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import { GraphError } from '../cloud-api/graph-error';
import { notFound, WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { Attempt } from '../jobs/queue';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { verdictOn } from './failure';
import { lookAt } from './look';
import { createOrphanSweep } from './orphans';
import { createMediaRepository, type MediaColumn, type MediaRow } from './repository';
import type { StoredFile } from './serve';
import type { FolderOwners } from './folder-owners';
import type { MediaStore, ReceivedFile } from './store';
import { matchesDigest } from './trust';

interface Deps {
  db: Database;
  store: MediaStore;
  registry: Registry;
  clientFor(number: ConnectedNumber): GraphClient;
  maxBytes: number;
  owners: Pick<FolderOwners, 'isOursAlone' | 'register'>;
  now(): number;
  notify(): void;
  /** Starts looking for due jobs. */
  wake(): void;
  log(warning: string): void;
}

/** Other bytes than announced may be a broken transfer; after this many tries they are what Meta has. */
const TRIES_FOR_THE_DIGEST = 3;

const isGone = (error: unknown): boolean => error instanceof GraphError && error.httpStatus === 404;

export const createMedia = (deps: Deps) => {
  const { db, store, registry, clientFor, maxBytes, now, notify } = deps;
  const repository = createMediaRepository(db, now);
  /** Two downloads of one file would only get in each other's way. */
  const underWay = new Set<number>();

  const settle = async (row: MediaRow, media: MediaColumn): Promise<void> => {
    await repository.write(row, media);
    notify();
  };

  /** An address lives for five minutes: one that is gone already is asked for once more. */
  const receive = async (
    row: MediaRow,
    number: ConnectedNumber,
  ): Promise<{ file: ReceivedFile; mimeType: string | null; sha256: string | null }> => {
    const client = clientFor(number);
    for (let round = 1; ; round += 1) {
      const info = await client.getMedia(String(row.media.id), number.phoneNumberId);
      try {
        const file = await client.downloadMedia(info.url, { maxBytes }, (body) =>
          store.receive(row.organizationId, row.messageId, body),
        );
        const { mimeType, sha256 } = row.media;
        return { file, mimeType: mimeType ?? info.mimeType, sha256: sha256 ?? info.sha256 };
      } catch (error) {
        if (round > 1 || !isGone(error)) throw error;
      }
    }
  };

  const download = async (row: MediaRow, number: ConnectedNumber, { attempts }: Attempt): Promise<void> => {
    const { file, mimeType, sha256 } = await receive(row, number);
    const verified = matchesDigest(file.sha256, sha256);
    if (!verified && attempts < TRIES_FOR_THE_DIGEST) {
      await file.discard();
      throw new GraphError('retryable', 'The file is not the one that was announced.');
    }
    if (!verified) deps.log(`The file of message ${row.messageId} has another digest than announced`);
    const look = await lookAt(file.head, mimeType);
    await file.keep();
    const media: MediaColumn = { state: 'stored', size: file.size, ...look, verified };
    const written = await repository.write(row, media, number.copyMediaToLibrary ? ['media.copy'] : []);
    // Erased while it was on its way: nobody would ever remove the file.
    if (!written) await store.remove(row.organizationId, row.messageId);
    notify();
    if (number.copyMediaToLibrary) deps.wake();
  };

  const attempt = async (messageId: number, tried: Attempt): Promise<boolean> => {
    const row = await repository.load(messageId);
    if (!row || row.media.state !== 'pending') return false;
    const number = await registry.byId(row.integrationId);
    if (!number) {
      await settle(row, { state: 'failed' });
      return false;
    }
    try {
      await download(row, number, tried);
      return false;
    } catch (error) {
      const failure = toGraphError(error, { sending: false });
      const verdict = verdictOn(failure, {
        receivedAt: row.receivedAt,
        now: now(),
        lastTry: tried.lastTry,
      });
      if (verdict === 'again') return true;
      await settle(row, { state: verdict });
      return false;
    }
  };

  return {
    dropOrphans: createOrphanSweep({
      store,
      now,
      existing: repository.existing,
      isOursAlone: deps.owners.isOursAlone,
      onShared: () =>
        deps.log(
          `Received files of several databases lie in one folder, so leftovers stay. See ${deps.owners.register}: ` +
            'delete the line of a database that is gone, or give each its own media.directory.',
        ),
    }),
    /** Fetches the bytes of a received file. Answers true when it is worth trying again. */
    async fetch(messageId: number, tried: Attempt): Promise<boolean> {
      if (underWay.has(messageId)) return !tried.lastTry;
      underWay.add(messageId);
      try {
        return await attempt(messageId, tried);
      } finally {
        underWay.delete(messageId);
      }
    },
    /** Fetching it has ended the process time and again: somebody may try once more by hand. */
    async giveUp(messageId: number): Promise<void> {
      const row = await repository.load(messageId);
      if (row?.media.state === 'pending') await settle(row, { state: 'failed' });
    },
    /** Downloads again what failed, expired or waits for its next try. Throws `not_found` or `media_not_retryable`. */
    async retry(scope: Scope, messageId: number | null): Promise<void> {
      const row = messageId === null ? null : await repository.load(messageId, scope.organizationId);
      if (!row || row.revoked) throw notFound('File');
      if (row.media.state === 'stored' || !row.media.id) {
        throw new WhatsAppError('media_not_retryable', 'This file is here already.');
      }
      await repository.write(row, { state: 'pending' }, ['media.fetch']);
      notify();
      deps.wake();
    },
    /** What the media route serves; null when there is no such file. */
    async file(messageId: number): Promise<StoredFile | null> {
      const row = await repository.load(messageId);
      if (!row || row.media.state !== 'stored' || row.revoked) return null;
      return {
        organizationId: row.organizationId,
        messageId: row.messageId,
        mimeType: row.media.mimeType ?? null,
        fileName: row.media.fileName ?? null,
      };
    },
  };
};

export type Media = ReturnType<typeof createMedia>;
