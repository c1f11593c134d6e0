import type { MediaOf } from '../preview/preview-media';
import type { FieldValues } from './fields';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Files for the preview as they stand in the fields, before anything is uploaded. */
export const mediaOfFields =
  (fields: FieldValues): MediaOf =>
  (card) => {
    const place = card === null ? 'header:' : `cards[${card}].header:`;
    const found = Object.entries(fields).find(
      ([key, { file, given }]) => key.startsWith(place) && (file || given),
    )?.[1];
    if (!found) return null;
    const { file, given } = found;
    return file
      ? { url: file.previewUrl, mimeType: file.mimeType, fileName: file.name }
      : { url: text(given?.previewUrl) ?? text(given?.url), fileName: text(given?.fileName) };
  };
