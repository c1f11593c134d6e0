import { rm } from 'node:fs/promises';
import type { Context } from 'koa';
import { invalid } from '../errors';
import { onDisk, type FileSource } from './source';

interface ReceivedFile {
  filepath: string;
  originalFilename: string | null;
  mimetype: string | null;
  size: number;
}

/**
 * The one file of a form, in the field `file`, as Strapi's body parser has put it aside; deleted whatever happens. `first` is
 * asked before the form is looked at: what it is for may not be there.
 */
export const withReceived = async <T>(
  ctx: Context,
  work: (file: FileSource) => Promise<T>,
  first?: () => Promise<unknown>,
): Promise<T> => {
  const { files } = ctx.request as unknown as {
    files?: Record<string, ReceivedFile | ReceivedFile[] | undefined>;
  };
  const all = Object.values(files ?? {}).flatMap((each) => each ?? []);
  try {
    await first?.();
    const given = [files?.file ?? []].flat();
    if (given.length !== 1 || all.length !== 1)
      throw invalid([{ path: 'file', message: 'Send exactly one file, in the field "file"' }]);
    const [{ filepath, originalFilename, mimetype }] = given;
    return await work(onDisk(filepath, { declared: mimetype, fileName: originalFilename }));
  } finally {
    await Promise.all(all.map(({ filepath }) => rm(filepath, { force: true })));
  }
};
