import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import { MEDIA_LIMITS, UPLOADED_MEDIA_ID_TTL_MS } from '../cloud-api/limits';
import { invalid, notFound, WhatsAppError } from '../errors';
import { idOf } from '../http/validate';
import type { ConnectedNumber } from '../integrations/registry';
import type { MediaStore } from '../media/store';
import { SafeFetchError, type FetchedFile } from '../net/safe-fetch';
import type { FileSlot, Files, StoredFileFacts, TakenFile } from '../outbound/contract';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import type { Scope } from '../storage/scope';
import type { Upload } from './contract';
import { createGate } from './one-at-a-time';
import { prepareFile, type PreparedFile, type RawFile } from './prepare';
import { createMetaFiles, createUploadRepository, type UploadRow } from './repository';
import { nameFor, type FileKind, unsupported } from './rules';
import { NO_VOICE_NOTE, OGG_OPUS } from './sound';
import { onDisk, type FileSource } from './source';

interface Deps {
  db: Database;
  /** Where uploads wait. */
  store: MediaStore;
  /** Where the files of messages live. */
  mediaStore: MediaStore;
  clientFor(number: ConnectedNumber): GraphClient;
  fetch(url: string): Promise<FetchedFile>;
  /** Lets the media job fetch what Meta already has. */
  fetchLater(organizationId: number, messageId: number): Promise<void>;
  linkTo(uploadId: string): string;
  now(): number;
}

/** An upload that nothing uses is kept this long. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const SWEEP_BATCH = 100;
/** Files are held in memory while they are looked at or sent: a few at a time, whatever their size. */
const AT_ONCE = 3;
/** Meta counts its thirty days; a day less leaves room for what waits in a queue. */
const REUSE_MS = UPLOADED_MEDIA_ID_TTL_MS - 24 * 60 * 60 * 1000;

/** The file of a message is not on this disk any more. */
export class FileMissing extends Error {
  constructor() {
    super('The file of this message is not there any more.');
    this.name = 'FileMissing';
  }
}

export const createUploads = (deps: Deps) => {
  const { db, store, mediaStore, clientFor, now } = deps;
  const repository = createUploadRepository(db);
  const metaFiles = createMetaFiles(db);
  const few = createGate(AT_ONCE);
  /** A slow server of somebody else's holds up no file of ours. */
  const fewRemote = createGate(AT_ONCE);

  const present = (row: UploadRow): Upload => ({
    uploadId: String(row.id),
    kind: row.kind,
    mimeType: row.mimeType,
    fileName: row.fileName,
    size: row.size,
    width: row.width,
    height: row.height,
    converted: row.converted,
    previewUrl: deps.linkTo(String(row.id)),
  });

  const save = async (scope: Scope, file: PreparedFile): Promise<UploadRow> => {
    const { bytes, ...facts } = file;
    const row = { ...facts, organizationId: scope.organizationId, size: bytes.length };
    const id = await repository.insert(row, now());
    try {
      await store.save(scope.organizationId, id, bytes);
    } catch (error) {
      await repository.remove(id);
      throw error;
    }
    return { ...row, id };
  };

  const add = (scope: Scope, source: FileSource, as: FileKind | null): Promise<UploadRow> =>
    (source.remote ? fewRemote : few)(async () => save(scope, await prepareFile(await source.read(), as)));

  const load = async (scope: Scope, id: number | null): Promise<UploadRow> => {
    const row = id === null ? null : await repository.findOne(scope, id);
    if (!row) throw notFound('Upload');
    return row;
  };

  const fetched = async (url: string, field: string): Promise<RawFile> => {
    try {
      const { bytes, contentType, url: final } = await deps.fetch(url);
      const fileName = decodeURIComponentSafe(new URL(final).pathname.split('/').pop() ?? '');
      return { bytes, declared: contentType || null, fileName: fileName || null };
    } catch (error) {
      if (!(error instanceof SafeFetchError)) throw error;
      if (error.problem === 'too_large')
        throw unsupported(error.message, { limitBytes: MEDIA_LIMITS.document.maxBytes });
      throw invalid([{ path: `${field}.url`, message: error.message }]);
    }
  };

  const taken = (row: UploadRow, fileName: string | null): TakenFile => ({
    uploadId: row.id,
    mediaId: null,
    kind: row.kind,
    mimeType: row.mimeType,
    fileName: fileName === null ? row.fileName : nameFor(row.kind, row.mimeType, fileName),
    size: row.size,
    sha256: row.sha256,
    width: row.width,
    height: row.height,
  });

  /** An upload in the form that this message wants: looked at anew when it was made for another one. */
  const inForm = async (scope: Scope, row: UploadRow, as: FileKind): Promise<UploadRow> => {
    if (row.kind === as) {
      await repository.touch(row.id, now());
      return row;
    }
    if (as === 'document') return { ...row, kind: 'document' };
    if (as === 'audio' && row.kind === 'voice') return { ...row, kind: 'audio' };
    const { mimeType: declared, fileName } = row;
    return add(scope, onDisk(store.path(row.organizationId, row.id), { declared, fileName }), as);
  };

  const ofMeta = async (
    number: ConnectedNumber,
    mediaId: string,
    as: FileKind,
    field: string,
  ): Promise<TakenFile> => {
    const info = await clientFor(number)
      .getMedia(mediaId, number.phoneNumberId)
      .catch((error: unknown) => {
        const failure = toGraphError(error, { sending: false });
        if (failure.category === 'rejected' && failure.meta)
          throw invalid([
            { path: `${field}.mediaId`, message: 'WhatsApp knows no such file on this number' },
          ]);
        const meta = failure.meta && { ...failure.meta };
        throw new WhatsAppError('provider_error', failure.message, { meta });
      });
    const limit = MEDIA_LIMITS[as === 'voice' ? 'audio' : as];
    const type = (info.mimeType ?? '').split(';')[0];
    const fits = limit.accepted === null || limit.accepted.some((each) => each.split(';')[0] === type);
    if (!fits || (info.size ?? 0) > limit.maxBytes)
      throw unsupported(`WhatsApp cannot send this file as ${as}.`, {
        limitBytes: limit.maxBytes,
        accepted: limit.accepted ?? [],
      });
    return {
      uploadId: null,
      mediaId,
      kind: as,
      mimeType: info.mimeType,
      fileName: null,
      size: info.size,
      sha256: null,
      width: null,
      height: null,
    };
  };

  const bytesOf = async (
    organizationId: number,
    messageId: number,
    upload: number | null,
  ): Promise<Buffer> => {
    if ((await mediaStore.size(organizationId, messageId)) === null && upload !== null)
      await mediaStore.adopt(organizationId, messageId, store.path(organizationId, upload)).catch(ifMissing);
    return readFile(mediaStore.path(organizationId, messageId)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new FileMissing();
      throw error;
    });
  };

  const take = async (
    scope: Scope,
    number: ConnectedNumber,
    { source, as, fileName, field }: Omit<FileSlot, 'at'>,
  ): Promise<TakenFile> => {
    if (source.mediaId !== undefined)
      return { ...(await ofMeta(number, source.mediaId, as, field)), fileName };
    const { url } = source;
    const row =
      url !== undefined
        ? await add(scope, { remote: true, read: () => fetched(url, field) }, as)
        : await inForm(scope, await load(scope, idOf(source.uploadId)), as);
    if (as === 'voice' && row.kind !== 'voice')
      throw unsupported(NO_VOICE_NOTE, { accepted: [OGG_OPUS, 'audio/webm'] });
    return taken(row, fileName);
  };

  /** The id that Meta gave for these bytes before, else that of a new upload. */
  const idOfBytes = async (
    number: ConnectedNumber,
    organizationId: number,
    media: StoredFileFacts,
    bytesFor: () => Promise<Buffer>,
  ): Promise<{ id: string; reused: boolean }> => {
    const { sha256, mimeType } = keyOf(media);
    const known = await metaFiles.find(number.id, sha256, mimeType, now() - REUSE_MS);
    if (known !== null) return { id: known, reused: true };
    const bytes = await bytesFor();
    const fileName = media.fileName ?? 'file';
    const id = await clientFor(number).uploadMedia(number.phoneNumberId, { bytes, mimeType, fileName });
    await metaFiles
      .remember({ organizationId, integrationId: number.id, sha256, mimeType }, id, now())
      .catch((error: unknown) => {
        // Somebody uploaded the same file in this moment; either id works.
        if (!isUniqueViolation(error)) throw error;
      });
    return { id, reused: false };
  };

  const files: Files = {
    take,
    async idNow(scope, number, slot) {
      const file = await take(scope, number, slot);
      const { mediaId, uploadId } = file;
      if (mediaId !== null) return mediaId;
      const path = store.path(scope.organizationId, Number(uploadId));
      try {
        const { id } = await few(() => idOfBytes(number, scope.organizationId, file, () => readFile(path)));
        return id;
      } catch (error) {
        const failure = toGraphError(error, { sending: false });
        throw new WhatsAppError('provider_error', failure.message, {
          meta: failure.meta && { ...failure.meta },
        });
      }
    },
    async keep(organizationId, messageId, uploadId) {
      await mediaStore.adopt(organizationId, messageId, store.path(organizationId, uploadId));
      await repository.touch(uploadId, now());
    },
    copy: (organizationId, from, to) =>
      mediaStore.adopt(organizationId, to, mediaStore.path(organizationId, from)).catch(ifMissing),
    fetchLater: deps.fetchLater,
    idAtMeta: (number, organizationId, messageId, media) =>
      few(async () => {
        if (media.id) return { id: media.id, reused: false };
        return idOfBytes(number, organizationId, media, () =>
          bytesOf(organizationId, messageId, media.upload ?? null),
        );
      }),
    async forget(integrationId, media) {
      const { sha256, mimeType } = keyOf(media);
      await metaFiles.forget(integrationId, sha256, mimeType);
    },
  };

  return {
    files,
    /** From the computer or the clipboard. `as` null: what the bytes are. */
    async create(scope: Scope, source: FileSource, as: FileKind | null): Promise<Upload> {
      return present(await add(scope, source, as));
    },
    /** What a signed link shows. */
    findSigned: repository.findSigned,
    read: (row: UploadRow) => createReadStream(store.path(row.organizationId, row.id)),
    store,
    /** Drops what nobody used for a month. */
    async sweep(): Promise<void> {
      for (const row of await repository.unusedSince(now() - KEEP_MS, SWEEP_BATCH)) {
        await rm(store.path(row.organizationId, row.id), { force: true });
        await repository.remove(row.id);
      }
      await metaFiles.dropOlder(now() - UPLOADED_MEDIA_ID_TTL_MS);
    },
  };
};

export type Uploads = ReturnType<typeof createUploads>;

const keyOf = ({ sha256, mimeType }: StoredFileFacts): { sha256: string; mimeType: string } => ({
  sha256: sha256 ?? '',
  mimeType: mimeType ?? 'application/octet-stream',
});

const ifMissing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error;
};

const decodeURIComponentSafe = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};
