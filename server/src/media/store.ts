import { createReadStream, type ReadStream } from 'node:fs';
import { copyFile, link, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Received files in a private folder: `<directory>/<organization>/<message id>`, no name or type from outside. */
export const createMediaStore = (directory: string) => {
  const fileOf = (organizationId: number, messageId: number): string =>
    path.join(directory, String(organizationId), String(messageId));

  return {
    /** Written aside and renamed, so that a half file is never served. */
    async save(organizationId: number, messageId: number, bytes: Buffer): Promise<void> {
      const file = fileOf(organizationId, messageId);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(`${file}.part`, bytes);
      await rename(`${file}.part`, file);
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
  };
};

export type MediaStore = ReturnType<typeof createMediaStore>;
