import { MEDIA_LIMITS, type SendableMediaKind } from '../../../../server/src/cloud-api/limits';
import type { Upload } from '../../../../server/src/uploads/contract';

export type FileProblem = 'empty' | 'heic' | 'tooLarge' | 'tooMany';

export interface FileFacts {
  name: string;
  /** MIME type as the browser names it; '' when it does not know. */
  type: string;
  /** Bytes. */
  size: number;
}

/** `as`: what the server is told to take it for; null = it decides by the bytes. */
export type Checked =
  { kind: Upload['kind']; as: 'document' | null } | { problem: FileProblem; limitBytes: number };

/** Dropping more at once is more likely a slip than a wish. */
export const MOST_FILES = 10;
/** What the server makes a photo of; larger ones are not worth the way there. */
const LARGEST_PICTURE = 50 * 1024 * 1024;

const base = (type: string): string => type.split(';')[0]!.trim().toLowerCase();
const accepts = (kind: SendableMediaKind, type: string): boolean =>
  MEDIA_LIMITS[kind].accepted?.some((one) => base(one) === base(type)) ?? true;

/** Pictures that WhatsApp refuses and the server turns into a photo. */
const CONVERTIBLE = new Set(['image/webp', 'image/avif', 'image/tiff', 'image/gif']);

const DOCUMENT = { kind: 'document', as: 'document' } as const;

const asPicture = ({ type, size }: FileFacts): Checked => {
  if (!accepts('image', type) && !CONVERTIBLE.has(base(type))) return DOCUMENT;
  if (size > LARGEST_PICTURE) return { problem: 'tooLarge', limitBytes: LARGEST_PICTURE };
  return { kind: 'image', as: null };
};

/** Sounds have many spellings of their types, so only their size is judged here. */
const asFilmOrSound = (kind: 'video' | 'audio', { type, size }: FileFacts): Checked => {
  const odd = kind === 'video' && !accepts(kind, type);
  return odd || size > MEDIA_LIMITS[kind].maxBytes ? DOCUMENT : { kind, as: null };
};

const byFamily = (file: FileFacts): Checked => {
  const family = base(file.type).split('/')[0];
  if (family === 'image') return asPicture(file);
  if (family === 'video' || family === 'audio') return asFilmOrSound(family, file);
  return { kind: 'document', as: null };
};

/**
 * What a file would be sent as, before a byte of it is uploaded; the server looks at the bytes and has the last word.
 * A film or sound that is too large or of an odd kind goes as a document, which takes up to 100 MB of anything.
 */
export const checkFile = (file: FileFacts): Checked => {
  const type = base(file.type);
  if (file.size === 0) return { problem: 'empty', limitBytes: 0 };
  if (type === 'image/heic' || type === 'image/heif' || /\.hei[cf]$/i.test(file.name)) {
    return { problem: 'heic', limitBytes: 0 };
  }
  const checked = byFamily(file);
  const limitBytes = MEDIA_LIMITS.document.maxBytes;
  if ('kind' in checked && checked.kind === 'document' && file.size > limitBytes) {
    return { problem: 'tooLarge', limitBytes };
  }
  return checked;
};

/** Sounds and stickers go without words. */
export const takesCaption = (kind: Upload['kind']): boolean =>
  kind === 'image' || kind === 'video' || kind === 'document';
