import type { Upload } from '../../../../server/src/uploads/contract';
import { newUuid } from '../../design/ids';
import { readJson, writeJson } from '../../store/local';
import { createStore } from '../../store/store';
import { checkFile, MOST_FILES, type Checked, type FileFacts, type FileProblem } from './check';
import {
  beginFromLibrary,
  beginUpload,
  forgetUpload,
  isUploading,
  knowUpload,
  retryUpload,
  uploadStore,
} from './uploads';

/** A file in front of the composer. Its upload goes by the same key; so does the message that it becomes. */
export interface TrayItem {
  key: string;
  name: string;
  size: number;
  mimeType: string;
  kind: Upload['kind'];
  caption: string;
  /** Shown before and without the server: a blob of this page, or the server's signed address. */
  previewUrl: string | null;
  width: number | null;
  height: number | null;
}

/** A file that was not taken, and why. */
export interface Refused {
  name: string;
  problem: FileProblem | 'dropped';
  limitBytes: number;
}

/** Files before they are sent, per conversation, of the signed-in user only. */
export const trayStore = createStore<Record<string, TrayItem[]>>({});
export const refusedStore = createStore<Record<string, Refused[]>>({});

let storageKey: string | null = null;

type Kept = Record<string, (TrayItem & { upload: Upload | null })[]>;

const save = () => {
  if (!storageKey) return;
  const uploads = uploadStore.get();
  const kept: Kept = {};
  for (const [conversationId, items] of Object.entries(trayStore.get())) {
    kept[conversationId] = items.map((item) => ({ ...item, upload: uploads[item.key]?.upload ?? null }));
  }
  writeJson(storageKey, Object.keys(kept).length > 0 ? kept : null);
};

const change = (conversationId: string, next: (items: TrayItem[]) => TrayItem[]) => {
  trayStore.set((all) => {
    const { [conversationId]: items = [], ...rest } = all;
    const changed = next(items);
    return changed.length > 0 ? { ...rest, [conversationId]: changed } : rest;
  });
  save();
};

const refuse = (conversationId: string, refused: Refused[]) =>
  refusedStore.set((all) => ({ ...all, [conversationId]: refused }));

export const dismissRefused = (conversationId: string): void =>
  refusedStore.set(({ [conversationId]: _gone, ...rest }) => rest);

const previewOf = (file: Blob): string | null =>
  /^(image|video|audio)\//.test(file.type) ? URL.createObjectURL(file) : null;

interface NewFile {
  conversationId: string;
  integrationId: string;
}

type Taken = Extract<Checked, { kind: Upload['kind'] }>;

const uploading = (file: File, { kind, as }: Taken, integrationId: string): TrayItem => {
  const key = newUuid();
  beginUpload(key, { file, integrationId, as });
  return {
    key,
    name: file.name,
    size: file.size,
    mimeType: file.type,
    kind,
    caption: '',
    previewUrl: previewOf(file),
    width: null,
    height: null,
  };
};

const fromLibrary = (file: LibraryFile, { kind, as }: Taken, integrationId: string): TrayItem => {
  const key = newUuid();
  beginFromLibrary(key, { fileId: file.id, integrationId, ...(as ? { kind: as } : {}) });
  return {
    key,
    name: file.name,
    size: file.size,
    mimeType: file.type,
    kind,
    caption: '',
    previewUrl: file.previewUrl,
    width: null,
    height: null,
  };
};

/** Where a file does not stand in a tray, only some kinds fit: the header of a template takes one kind. */
type Wanted = 'image' | 'video' | 'document';

const fitting = (
  file: FileFacts,
  wanted: Wanted,
): Taken | { problem: FileProblem | 'kind'; limitBytes: number } => {
  if (wanted === 'document') {
    const checked = checkFile({ ...file, type: 'application/octet-stream' });
    return 'problem' in checked ? checked : { kind: 'document', as: 'document' };
  }
  const checked = checkFile(file);
  return 'problem' in checked || checked.kind === wanted ? checked : { problem: 'kind', limitBytes: 0 };
};

export type Loose = TrayItem | { problem: FileProblem | 'kind'; limitBytes: number };

/** Uploads one file that stands in no tray. Whoever asks forgets it again (`forgetUpload`). */
export const uploadLoose = (source: File | LibraryFile, wanted: Wanted, integrationId: string): Loose => {
  const fit = fitting(source, wanted);
  if ('problem' in fit) return fit;
  return source instanceof File
    ? uploading(source, fit, integrationId)
    : fromLibrary(source, fit, integrationId);
};

/** Takes files in, uploads them at once, and says which were not taken. */
export const addFiles = ({ conversationId, integrationId }: NewFile, files: readonly File[]): void => {
  const refused: Refused[] = [];
  const room = MOST_FILES - (trayStore.get()[conversationId]?.length ?? 0);
  const taken: TrayItem[] = [];
  for (const file of files) {
    const checked = checkFile(file);
    const { name } = file;
    if ('problem' in checked) refused.push({ name, ...checked });
    else if (taken.length >= room) refused.push({ name, problem: 'tooMany', limitBytes: 0 });
    else taken.push(uploading(file, checked, integrationId));
  }
  change(conversationId, (items) => [...items, ...taken]);
  refuse(conversationId, refused);
};

/** A recording goes the way of the files, without standing in the tray: it is sent as it is. */
export const addRecording = ({ integrationId }: NewFile, blob: Blob): TrayItem => {
  const key = newUuid();
  const ending = /ogg/.test(blob.type) ? 'ogg' : /mp4/.test(blob.type) ? 'm4a' : 'webm';
  const file = new File([blob], `voice.${ending}`, { type: blob.type });
  beginUpload(key, { file, integrationId, as: 'voice' });
  return {
    key,
    name: file.name,
    size: file.size,
    mimeType: file.type,
    kind: 'voice',
    caption: '',
    previewUrl: previewOf(file),
    width: null,
    height: null,
  };
};

export interface LibraryFile extends FileFacts {
  id: string;
  previewUrl: string | null;
}

/** Files of Strapi's Media Library: the server fetches them from there by itself. */
export const addFromLibrary = ({ conversationId, integrationId }: NewFile, files: LibraryFile[]): void => {
  const taken = files.map((file): TrayItem => {
    const checked = checkFile(file);
    // The server looks at the bytes and decides: what the library says of a file may be old.
    const kind = 'problem' in checked ? 'document' : checked.kind;
    return fromLibrary(file, { kind, as: null }, integrationId);
  });
  change(conversationId, (items) => [...items, ...taken]);
};

export const setCaption = (conversationId: string, key: string, caption: string): void =>
  change(conversationId, (items) => items.map((item) => (item.key === key ? { ...item, caption } : item)));

/** Sends as a plain file what WhatsApp does not take as a picture, film or sound. */
export const sendAsDocument = (conversationId: string, key: string): void => {
  change(conversationId, (items) =>
    items.map((item) => (item.key === key ? { ...item, kind: 'document' as const } : item)),
  );
  retryUpload(key, true);
};

/** Moves a file one place on (`1`) or back (`-1`). */
export const moveItem = (conversationId: string, key: string, by: 1 | -1): void =>
  change(conversationId, (items) => {
    const from = items.findIndex((item) => item.key === key);
    const to = from + by;
    if (from < 0 || to < 0 || to >= items.length) return items;
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    return next;
  });

/** Takes a file out again and stops its upload. */
export const removeItem = (conversationId: string, key: string): void => {
  const item = trayStore.get()[conversationId]?.find((one) => one.key === key);
  if (item?.previewUrl?.startsWith('blob:')) URL.revokeObjectURL(item.previewUrl);
  forgetUpload(key);
  change(conversationId, (items) => items.filter((one) => one.key !== key));
};

/** Hands the files over to be sent; their uploads go on under the same keys. */
export const takeTray = (conversationId: string): TrayItem[] => {
  const items = trayStore.get()[conversationId] ?? [];
  change(conversationId, () => []);
  dismissRefused(conversationId);
  return items;
};

const restore = (kept: Kept) => {
  const trays: Record<string, TrayItem[]> = {};
  for (const [conversationId, items] of Object.entries(kept)) {
    const lost = items.filter(({ upload }) => upload === null);
    const left = items.filter(({ upload }) => upload !== null);
    left.forEach(({ key, upload }) => knowUpload(key, upload!));
    if (left.length > 0) {
      trays[conversationId] = left.map(({ upload, ...item }) => ({
        ...item,
        previewUrl: upload!.previewUrl,
      }));
    }
    // A page cannot keep hold of a file: what was not uploaded has to be chosen anew, and is told.
    if (lost.length > 0) {
      refuse(
        conversationId,
        lost.map(({ name }) => ({ name, problem: 'dropped', limitBytes: 0 })),
      );
    }
  }
  trayStore.set(trays);
};

let stopWatching: (() => void) | null = null;

/** A closed page cannot go on uploading; everything else survives it. */
const warnBeforeLeaving = (event: BeforeUnloadEvent) => {
  if (isUploading()) event.preventDefault();
};

export const startTray = (userId: string): void => {
  storageKey = `whatsapp:tray:${userId}`;
  restore(readJson<Kept>(storageKey) ?? {});
  stopWatching = uploadStore.subscribe(save);
  window.addEventListener('beforeunload', warnBeforeLeaving);
};

export const stopTray = (): void => {
  stopWatching?.();
  window.removeEventListener('beforeunload', warnBeforeLeaving);
  stopWatching = null;
  storageKey = null;
  trayStore.set({});
  refusedStore.set({});
};
