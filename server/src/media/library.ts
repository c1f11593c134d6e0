import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Database } from '../storage/database';
import { createMediaRepository } from './repository';
import type { MediaStore } from './store';
import { baseType, isInline } from './trust';

interface UploadService {
  upload(input: {
    data: { fileInfo: { name: string; caption?: string } };
    files: { filepath: string; originalFilename: string; mimetype: string; size: number };
  }): Promise<{ id: number | string }[]>;
}

interface Deps {
  db: Database;
  store: MediaStore;
  uploads(): UploadService;
  now(): number;
  notify(): void;
  onError(error: unknown): void;
}

/** What a browser shows from the site's own address without running anything; documents are downloaded by whoever opens them. */
const COPIED =
  /^application\/(pdf|zip|msword|vnd\.(openxmlformats-officedocument|ms-|oasis\.opendocument).*)$|^text\/plain$/;

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/gif': '.gif',
  'audio/ogg': '.ogg',
  'audio/mpeg': '.mp3',
  'audio/mp4': '.m4a',
  'audio/aac': '.aac',
  'audio/amr': '.amr',
  'video/mp4': '.mp4',
  'video/3gpp': '.3gp',
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'text/plain': '.txt',
};

/**
 * Endings that may stay. Strapi keeps a name's ending and serves the file by it, from the admin's own origin: a "text" that
 * is called `offer.html` would be a page there, and its script would act for whoever opens it.
 */
const HARMLESS =
  /\.(jpe?g|png|webp|gif|ogg|oga|opus|mp3|m4a|aac|amr|wav|webm|mp4|3gp|pdf|zip|txt|csv|docx?|xlsx?|pptx?|od[tsp])$/i;

/** A name that every provider takes: the sender chose it, so path parts, control and reserved characters go. */
export const libraryName = (fileName: string | null, messageId: number, mimeType: string): string => {
  const bare = path.posix
    .basename((fileName ?? '').replace(/\\/g, '/'))
    // eslint-disable-next-line no-control-regex -- they are what has to go
    .replace(/[<>:"/\\|?*\u0000-\u001f\u007f]/g, '')
    .replace(/^\.+/, '')
    .slice(-120)
    .trim();
  if (HARMLESS.test(bare)) return bare;
  return `${bare === '' ? `whatsapp-${messageId}` : bare}${EXTENSIONS[baseType(mimeType)] ?? '.bin'}`;
};

export const mayBeCopied = (mimeType: string | null): boolean =>
  isInline(mimeType) || COPIED.test(baseType(mimeType));

/** Copies received files to Strapi's Media Library, for numbers that ask for it. */
export const createLibraryCopies = ({ db, store, uploads, now, notify, onError }: Deps) => {
  const repository = createMediaRepository(db, now);

  /** Answers true when it is worth trying again: the library's provider may be away. */
  return async (messageId: number, { lastTry }: { lastTry: boolean }): Promise<boolean> => {
    const row = await repository.load(messageId);
    if (!row || row.media.state !== 'stored' || row.media.libraryId || row.revoked) return false;
    const { mimeType, fileName } = row.media;
    const size = await store.size(row.organizationId, messageId);
    if (size === null || !mimeType || !mayBeCopied(mimeType)) return false;
    const name = libraryName(fileName ?? null, messageId, mimeType);
    try {
      const [copy] = await uploads().upload({
        data: { fileInfo: { name } },
        files: {
          filepath: store.path(row.organizationId, messageId),
          originalFilename: name,
          mimetype: baseType(mimeType),
          size,
        },
      });
      await repository.write(row, { libraryId: Number(copy.id) });
      notify();
      return false;
    } catch (error) {
      onError(error);
      return !lastTry;
    }
  };
};

/** Strapi's own upload service. */
export const uploadsOf = (strapi: Core.Strapi): UploadService =>
  strapi.plugin('upload').service('upload') as unknown as UploadService;
