import {
  MEDIA_LIMITS,
  STATIC_STICKER_MAX_BYTES,
  type SendableMediaKind,
} from '../../../../server/src/cloud-api/limits';
import type { Upload } from '../../../../server/src/uploads/contract';

export type FileProblem = 'empty' | 'heic' | 'tooLarge' | 'tooMany';

export interface FileFacts {
  name: string;
  /** MIME type as the browser names it; '' when it does not know. */
  type: string;
  /** Bytes. */
  size: number;
}

export type Checked =
  { kind: Upload['kind']; willConvert: boolean } | { problem: FileProblem; limitBytes: number };

/** Dropping more at once is more likely a slip than a wish. */
export const MOST_FILES = 10;
/** What the server makes a photo of; larger ones are not worth the way there. */
const LARGEST_PICTURE = 50 * 1024 * 1024;

const base = (type: string): string => type.split(';')[0]!.trim().toLowerCase();
const accepts = (kind: SendableMediaKind, type: string): boolean =>
  MEDIA_LIMITS[kind].accepted?.some((one) => base(one) === base(type)) ?? true;

/** Pictures that WhatsApp refuses and the server turns into a photo. */
const CONVERTIBLE = new Set(['image/webp', 'image/avif', 'image/tiff', 'image/gif']);

const picture = ({ type, size }: FileFacts): Checked | null => {
  const fits = accepts('image', type);
  if (!fits && !CONVERTIBLE.has(base(type))) return null;
  if (size > LARGEST_PICTURE) return { problem: 'tooLarge', limitBytes: LARGEST_PICTURE };
  return { kind: 'image', willConvert: !fits || size > MEDIA_LIMITS.image.maxBytes };
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
  const asPicture = picture(file);
  if (asPicture) return asPicture;
  for (const kind of ['video', 'audio'] as const) {
    if (accepts(kind, type) && file.size <= MEDIA_LIMITS[kind].maxBytes) return { kind, willConvert: false };
  }
  const limitBytes = MEDIA_LIMITS.document.maxBytes;
  return file.size > limitBytes
    ? { problem: 'tooLarge', limitBytes }
    : { kind: 'document', willConvert: false };
};

/** Whether a picture may go as a sticker as it is. */
export const fitsSticker = ({ type, size }: FileFacts): boolean =>
  accepts('sticker', type) && size <= STATIC_STICKER_MAX_BYTES;

/** Sounds and stickers go without words. */
export const takesCaption = (kind: Upload['kind']): boolean =>
  kind === 'image' || kind === 'video' || kind === 'document';
