import sharp, { type Metadata, type Sharp } from 'sharp';
import { MEDIA_LIMITS, STATIC_STICKER_MAX_BYTES } from '../cloud-api/limits';
import { unsupported } from './rules';

export interface Picture {
  bytes: Buffer;
  mimeType: string;
  width: number;
  height: number;
  converted: string | null;
}

/** A picture of a few kilobytes can unfold to gigabytes. */
const MAX_PIXELS = 100_000_000;
/** Longer sides are of no use on a phone. */
const MAX_SIDE = 4096;
const QUALITIES = [88, 80, 70, 60];
const SIDES = [MAX_SIDE, 2560, 1600];

const open = (bytes: Buffer): Sharp => sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });

const read = async (bytes: Buffer): Promise<Metadata> => {
  try {
    return await open(bytes).metadata();
  } catch {
    throw unsupported('This picture cannot be read; it may be damaged or too large.');
  }
};

/** Why a picture cannot go as it is, in words; null when it can. Meta: JPEG or PNG, 8 bit, RGB or RGBA, 5 MB. */
export const whyConvert = (meta: Metadata, size: number): string | null => {
  if (meta.format !== 'jpeg' && meta.format !== 'png')
    return `Converted from ${String(meta.format).toUpperCase()}, which WhatsApp does not show as a picture.`;
  if (size > (MEDIA_LIMITS.image.maxBytes ?? 0))
    return 'Made smaller: WhatsApp takes pictures of at most 5 MB.';
  if (meta.space === 'cmyk') return 'Converted from print colours, which phones do not show.';
  if (meta.depth !== undefined && meta.depth !== 'uchar') return 'Converted to 8 bits per colour.';
  if ((meta.orientation ?? 1) > 1) return 'Turned upright.';
  // Where it was taken is nobody's business but the photographer's.
  if (meta.exif) return 'Camera data (place, device) removed.';
  return null;
};

const asJpeg = async (bytes: Buffer, converted: string): Promise<Picture> => {
  for (const side of SIDES) {
    const base = open(bytes)
      .rotate()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb');
    for (const quality of QUALITIES) {
      const { data, info } = await base
        .clone()
        .jpeg({ quality, mozjpeg: false })
        .toBuffer({ resolveWithObject: true });
      if (data.length <= MEDIA_LIMITS.image.maxBytes)
        return { bytes: data, mimeType: 'image/jpeg', width: info.width, height: info.height, converted };
    }
  }
  throw unsupported('This picture cannot be made small enough for WhatsApp.', {
    limitBytes: MEDIA_LIMITS.image.maxBytes,
  });
};

/** A picture as WhatsApp takes it: unchanged where possible, else a JPEG within the limits. */
export const toPicture = async (bytes: Buffer): Promise<Picture> => {
  const meta = await read(bytes);
  const reason = whyConvert(meta, bytes.length);
  try {
    if (reason !== null) return await asJpeg(bytes, reason);
    // A header alone says little: broken pixels would be refused long after the send.
    await open(bytes).stats();
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') throw error;
    throw unsupported('This picture cannot be read; it may be damaged or too large.');
  }
  return {
    bytes,
    mimeType: `image/${String(meta.format)}`,
    width: meta.width,
    height: meta.height,
    converted: null,
  };
};

const STICKER_SIDE = 512;

/** A sticker: WebP, 512 × 512, at most 100 KB (500 KB when it moves). */
export const toSticker = async (bytes: Buffer): Promise<Picture> => {
  const meta = await read(bytes);
  const side = { width: STICKER_SIDE, height: STICKER_SIDE };
  const moves = (meta.pages ?? 1) > 1;
  const fits =
    meta.format === 'webp' &&
    meta.width === STICKER_SIDE &&
    (meta.pageHeight ?? meta.height) === STICKER_SIDE;
  const limit = moves ? MEDIA_LIMITS.sticker.maxBytes : STATIC_STICKER_MAX_BYTES;
  if (fits && bytes.length <= limit) return { bytes, mimeType: 'image/webp', ...side, converted: null };
  if (moves)
    throw unsupported('A moving sticker has to be a WebP of 512 × 512 pixels with at most 500 KB.', {
      limitBytes: limit,
    });
  for (const quality of [90, 75, 60, 40]) {
    const data = await open(bytes)
      .rotate()
      .resize({ ...side, fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .webp({ quality })
      .toBuffer();
    if (data.length <= limit)
      return {
        bytes: data,
        mimeType: 'image/webp',
        ...side,
        converted: 'Made a sticker of 512 × 512 pixels.',
      };
  }
  throw unsupported('This picture cannot be made small enough for a sticker.', { limitBytes: limit });
};
