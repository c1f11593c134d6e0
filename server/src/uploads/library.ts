import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { notFound } from '../errors';
import type { FetchedFile } from '../net/safe-fetch';
import { onDisk, type FileSource } from './source';

const FILE = 'plugin::upload.file';
const READ = 'plugin::upload.read';

interface LibraryFile {
  id: number;
  name?: string | null;
  url?: string | null;
  mime?: string | null;
  provider?: string | null;
}

interface Abilities {
  createPermissionsManager(options: { ability: unknown; action: string; model: string }): {
    isAllowed: boolean;
    ability: { can(action: string, subject: unknown): boolean };
    toSubject(entity: unknown): unknown;
  };
}

/** A file of Strapi's Media Library, as far as this admin may see it there. */
export const createLibrary = (strapi: Core.Strapi, fetch: (url: string) => Promise<FetchedFile>) => {
  const maySee = (ctx: Context, file: LibraryFile): boolean => {
    const permissions = strapi.service('admin::permission') as unknown as Abilities;
    const manager = permissions.createPermissionsManager({
      ability: (ctx.state as { userAbility?: unknown }).userAbility,
      action: READ,
      model: FILE,
    });
    return manager.isAllowed && manager.ability.can(READ, manager.toSubject(file));
  };

  const sourceOf = (file: LibraryFile): FileSource => {
    const url = file.url ?? '';
    const facts = { declared: file.mime ?? null, fileName: file.name ?? null };
    if (!url.startsWith('/'))
      return { remote: true, read: async () => ({ ...facts, bytes: (await fetch(url)).bytes }) };
    const publicDir = strapi.dirs.static.public;
    const target = path.join(publicDir, decodeURIComponent(url.split('?')[0]));
    // The address is the library's own, but it is a row that others may have written.
    if (!target.startsWith(`${path.resolve(publicDir)}${path.sep}`)) throw notFound('File');
    const local = onDisk(target, facts);
    return {
      remote: false,
      read: () =>
        local.read().catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') throw notFound('File');
          throw error;
        }),
    };
  };

  const findFile = async (id: number | null): Promise<LibraryFile | null> =>
    id === null ? null : ((await strapi.db.query(FILE).findOne({ where: { id } })) as LibraryFile | null);

  return {
    /** A file that stands in an entry which somebody was allowed to read: as in the content manager, that is enough. */
    async findOfEntry(id: number): Promise<FileSource> {
      const file = await findFile(id);
      if (!file) throw notFound('File');
      return sourceOf(file);
    },
    async find(ctx: Context, id: number | null): Promise<FileSource> {
      const file = await findFile(id);
      if (!file || !maySee(ctx, file)) throw notFound('File');
      return sourceOf(file);
    },
  };
};

export type Library = ReturnType<typeof createLibrary>;
