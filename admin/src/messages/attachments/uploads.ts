import type { CreateUpload, Upload } from '../../../../server/src/uploads/contract';
import { api, ApiError } from '../../api/client';
import { postForm } from '../../api/upload';
import { createStore } from '../../store/store';

export interface UploadState {
  state: 'uploading' | 'ready' | 'failed';
  /** 0–1 of the bytes; stays below 1 while the server looks at them. */
  progress: number;
  upload: Upload | null;
  error: ApiError | null;
}

interface Running {
  /** Begins again; as a plain file when asked so. */
  start(asDocument?: boolean): Promise<Upload>;
  done: Promise<Upload>;
  abort: AbortController;
}

/** Uploads of this page by their key. */
export const uploadStore = createStore<Record<string, UploadState>>({});

const running = new Map<string, Running>();

const patch = (key: string, state: UploadState) => uploadStore.set((all) => ({ ...all, [key]: state }));

const BEGUN: UploadState = { state: 'uploading', progress: 0, upload: null, error: null };

const asError = (cause: unknown): ApiError =>
  cause instanceof ApiError ? cause : new ApiError(String(cause), null, 'network');

type Send = (signal: AbortSignal, asDocument: boolean) => Promise<CreateUpload.Response>;

const run = (key: string, send: Send): Promise<Upload> => {
  const abort = new AbortController();
  const start = async (asDocument = false) => {
    patch(key, BEGUN);
    try {
      const { data } = await send(abort.signal, asDocument);
      patch(key, { state: 'ready', progress: 1, upload: data, error: null });
      return data;
    } catch (cause) {
      if (running.has(key)) patch(key, { ...BEGUN, state: 'failed', error: asError(cause) });
      throw cause;
    }
  };
  const entry: Running = { start, abort, done: Promise.resolve({} as Upload) };
  running.set(key, entry);
  entry.done = start();
  entry.done.catch(() => {
    // Shown at the file by its state; whoever waits for the upload gets the rejection as well.
  });
  return entry.done;
};

interface FileUpload {
  file: File;
  integrationId: string;
  /** What it is to be sent as; null: what the server finds it to be. */
  as: 'voice' | 'document' | null;
}

export const beginUpload = (key: string, { file, integrationId, as }: FileUpload): void => {
  void run(key, (signal, asDocument) => {
    const kind = asDocument ? 'document' : as;
    const form = new FormData();
    // Fields first: the server may read the form as a stream.
    form.append('integrationId', integrationId);
    if (kind === 'voice') form.append('voice', 'true');
    else if (kind) form.append('kind', kind);
    form.append('file', file, file.name);
    const onProgress = (share: number) =>
      uploadStore.set((all) =>
        all[key]?.state === 'uploading'
          ? { ...all, [key]: { ...all[key], progress: Math.min(share, 0.99) } }
          : all,
      );
    return postForm<CreateUpload.Response>('/uploads', form, onProgress, signal);
  });
};

export const beginFromLibrary = (key: string, body: CreateUpload.FromLibrary): void => {
  void run(key, (_signal, asDocument) =>
    api.post<CreateUpload.Response>('/uploads/from-library', {
      ...body,
      ...(asDocument ? { kind: 'document' } : {}),
    } satisfies CreateUpload.FromLibrary),
  );
};

/** Takes in an upload of an earlier visit. */
export const knowUpload = (key: string, upload: Upload): void =>
  patch(key, { state: 'ready', progress: 1, upload, error: null });

/** Tries a failed upload once more; as a plain file when WhatsApp refuses it as what it is. */
export const retryUpload = (key: string, asDocument = false): void => {
  const entry = running.get(key);
  if (!entry || uploadStore.get()[key]?.state !== 'failed') return;
  entry.done = entry.start(asDocument);
  entry.done.catch(() => {
    // As above: the state of the file says it.
  });
};

/** The finished upload; waits while it runs, and begins it again when it had failed. */
export const uploadOf = (key: string): Promise<Upload> => {
  const known = uploadStore.get()[key];
  if (known?.upload) return Promise.resolve(known.upload);
  const entry = running.get(key);
  if (!entry) return Promise.reject(new ApiError('The file is no longer here', 410, 'upload_lost'));
  if (known?.state === 'failed') retryUpload(key);
  return entry.done;
};

/** Stops and forgets an upload. */
export const forgetUpload = (key: string): void => {
  const entry = running.get(key);
  running.delete(key);
  entry?.abort.abort();
  uploadStore.set(({ [key]: _gone, ...rest }) => rest);
};

export const isUploading = (): boolean =>
  Object.values(uploadStore.get()).some(({ state }) => state === 'uploading');

export const clearUploads = (): void => {
  [...running.keys()].forEach(forgetUpload);
  uploadStore.set({});
};
