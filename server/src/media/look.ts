import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import { isInline, baseType, trustedType } from './trust';

export interface Look {
  mimeType: string;
  /** Pixels of an image whose header can be read: the thread reserves its place with them. */
  width: number | null;
  height: number | null;
}

const pixelsOf = (head: Buffer): Pick<Look, 'width' | 'height'> => {
  try {
    const { width, height, orientation } = imageSize(head);
    // EXIF orientations 5 to 8 lie on their side.
    return (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    // Of a kind that it does not know, or cut: shown in the fallback size.
    return { width: null, height: null };
  }
};

/** What a file is, by its first bytes. */
export const lookAt = async (head: Buffer, declared: string | null): Promise<Look> => {
  // A broken file must not look like a broken connection: what cannot be told is unknown.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const mimeType = trustedType(declared, found?.mime ?? null);
  const isPicture = isInline(mimeType) && baseType(mimeType).startsWith('image/');
  return { mimeType, ...(isPicture ? pixelsOf(head) : { width: null, height: null }) };
};
