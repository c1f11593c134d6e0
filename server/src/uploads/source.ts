import { readFile, stat } from 'node:fs/promises';
import { MEDIA_LIMITS } from '../cloud-api/limits';
import type { RawFile } from './prepare';
import { tooLarge } from './rules';

/** A file that is not in memory yet: it is read when its turn has come. */
export interface FileSource {
  /** Comes over the network, from a server that may be slow. */
  remote: boolean;
  /** @throws `media_not_supported` for a file that is larger than anything WhatsApp takes */
  read(): Promise<RawFile>;
}

/** Larger files cannot be sent, as whatever. */
export const LARGEST_BYTES = MEDIA_LIMITS.document.maxBytes;

/** A file on this disk; how large it is, is asked before any of it is read. */
export const onDisk = (path: string, facts: Omit<RawFile, 'bytes'>): FileSource => ({
  remote: false,
  async read() {
    const { size } = await stat(path);
    if (size > LARGEST_BYTES) throw tooLarge('file', size, LARGEST_BYTES);
    return { ...facts, bytes: await readFile(path) };
  },
});
