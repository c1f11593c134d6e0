import { fileTypeFromBuffer } from 'file-type';

/** What the first bytes of a file say it is; null for texts and what nobody knows. */
export const sniff = async (bytes: Buffer): Promise<string | null> =>
  (await fileTypeFromBuffer(bytes))?.mime ?? null;
