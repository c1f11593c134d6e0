import type { TakenFile } from './contract';

/** The `media` column of a message of ours. */
export const mediaColumn = (file: TakenFile): Record<string, unknown> => ({
  id: file.mediaId ?? '',
  upload: file.uploadId,
  sha256: file.sha256,
  mimeType: file.mimeType,
  fileName: file.fileName,
  size: file.size,
  width: file.width,
  height: file.height,
  url: null,
  // Bytes that only Meta has are fetched, so that the thread can show them.
  state: file.uploadId === null ? 'pending' : 'stored',
});
