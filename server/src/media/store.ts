import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';

/** Enough of a file to tell its type and, of a picture, its size: cameras put previews before the dimensions. */
const HEAD_BYTES = 256 * 1024;
/** Files on their way; what a killed process left here is removed later. */
const UNFINISHED = 'unfinished';

const BATCH = 500;
const isId = (name: string): boolean => /^\d+$/.test(name);

const namesIn = (directory: string): Promise<string[]> =>
  readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });

/** A file that is complete on the disk but not yet in its place. */
export interface ReceivedFile {
  size: number;
  sha256: Buffer;
  /** Its first bytes. */
  head: Buffer;
  /** Puts it where it is served from. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** Received files in a private folder: `<directory>/<organization>/<message id>`, no name or type from outside. */
export const createMediaStore = (directory: string) => {
  const fileOf = (organizationId: number, messageId: number): string =>
    path.join(directory, String(organizationId), String(messageId));
  const unfinished = path.join(directory, UNFINISHED);

  const store = {
    /** Writes a body as it comes, beside its place, so that a half file is never served. Leaves nothing when it fails. */
    async receive(
      organizationId: number,
      messageId: number,
      body: AsyncIterable<Buffer>,
    ): Promise<ReceivedFile> {
      const file = fileOf(organizationId, messageId);
      const part = path.join(unfinished, randomUUID());
      await mkdir(path.dirname(file), { recursive: true });
      await mkdir(unfinished, { recursive: true });
      const discard = (): Promise<void> => rm(part, { force: true });
      const hash = createHash('sha256');
      const head: Buffer[] = [];
      let size = 0;
      const handle = await open(part, 'w');
      try {
        for await (const chunk of body) {
          await handle.writeFile(chunk);
          hash.update(chunk);
          if (size < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - size));
          size += chunk.length;
        }
        // The row will say that it is there: a power cut must not make that untrue.
        await handle.sync();
        await handle.close();
      } catch (error) {
        await handle.close().catch(() => undefined);
        await discard();
        throw error;
      }
      return {
        size,
        sha256: hash.digest(),
        head: Buffer.concat(head),
        keep: () => rename(part, file),
        discard,
      };
    },
    /** Bytes that are in memory already. */
    async save(organizationId: number, messageId: number, bytes: Buffer): Promise<void> {
      const file = await store.receive(organizationId, messageId, Readable.from([bytes]));
      await file.keep();
    },
    path: fileOf,
    /** Another file's bytes under this id, without copying them where the disk can do that. Again changes nothing. */
    async adopt(organizationId: number, messageId: number, from: string): Promise<void> {
      const file = fileOf(organizationId, messageId);
      await mkdir(path.dirname(file), { recursive: true });
      await link(from, file).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return;
        if (error.code === 'ENOENT') throw error;
        await copyFile(from, `${file}.part`);
        await rename(`${file}.part`, file);
      });
    },
    /** Size in bytes; null when the file is not there. */
    async size(organizationId: number, messageId: number): Promise<number | null> {
      try {
        return (await stat(fileOf(organizationId, messageId))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    read: (organizationId: number, messageId: number, range?: { start: number; end: number }): ReadStream =>
      createReadStream(fileOf(organizationId, messageId), range),
    remove: (organizationId: number, messageId: number): Promise<void> =>
      rm(fileOf(organizationId, messageId), { force: true }),
    /** All files of an organization. */
    removeAll: (organizationId: number): Promise<void> =>
      rm(path.join(directory, String(organizationId)), { recursive: true, force: true }),
    /** Files that have been in their place since `before`, ms, by organization and a batch at a time. */
    async *filesBefore(before: number): AsyncGenerator<{ organizationId: number; messageIds: number[] }> {
      for (const organization of (await namesIn(directory)).filter(isId)) {
        const names = (await namesIn(path.join(directory, organization))).filter(isId);
        for (let start = 0; start < names.length; start += BATCH) {
          const messageIds: number[] = [];
          for (const name of names.slice(start, start + BATCH)) {
            // Of a linked file the time of its bytes is older than its place here.
            const found = await stat(path.join(directory, organization, name)).catch(() => null);
            if (found && found.ctimeMs < before) messageIds.push(Number(name));
          }
          if (messageIds.length > 0) yield { organizationId: Number(organization), messageIds };
        }
      }
    },
    /** Removes what downloads of processes that died left behind. */
    async dropUnfinished(before: number): Promise<void> {
      for (const name of await namesIn(unfinished)) {
        const part = path.join(unfinished, name);
        const found = await stat(part).catch(() => null);
        if (found && found.mtimeMs < before) await rm(part, { force: true });
      }
    },
  };
  return store;
};

export type MediaStore = ReturnType<typeof createMediaStore>;
