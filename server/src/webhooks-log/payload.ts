import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Smaller ones are not worth a trip to the thread pool: most deliveries hold one event in about a kilobyte. */
const DEFLATE_ABOVE = 16 * 1024;
/** What a sealed text may unfold to; the webhook itself takes no more. */
const MAX_BYTES = 256 * 1024 * 1024;
const IV = 12;
const TAG = 16;

/** Keeps the exact bytes of a call so that only this installation can read them. */
export interface PayloadBox {
  /** null when there is no key; a promise for large bodies, which are packed first. */
  seal(bytes: Buffer): string | null | Promise<string>;
  /** null when it was sealed under a key that is no longer known, or was tampered with. */
  open(sealed: string): Promise<Buffer | null>;
}

/**
 * AES-256-GCM under a key of its own, derived from the site's encryption keys (newest first). Strapi's cipher writes
 * hexadecimal and derives its key anew each time, which the webhook path cannot afford.
 */
export const createPayloadBox = (keys: () => readonly string[]): PayloadBox => {
  const derived = new Map<string, Buffer>();
  const keyOf = (secret: string): Buffer => {
    let key = derived.get(secret);
    if (!key)
      derived.set(
        secret,
        (key = Buffer.from(hkdfSync('sha256', secret, 'whatsapp', 'webhook payloads', 32))),
      );
    return key;
  };

  const encrypt = (secret: string, mark: 'p' | 'z', bytes: Buffer): string => {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv);
    const body = Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    return `${mark}.${body.toString('base64')}`;
  };

  const decrypt = (secret: string, body: Buffer): Buffer | null => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), body.subarray(0, IV));
      decipher.setAuthTag(body.subarray(-TAG));
      return Buffer.concat([decipher.update(body.subarray(IV, -TAG)), decipher.final()]);
    } catch {
      // Of another key; the next one may fit.
      return null;
    }
  };

  return {
    seal(bytes) {
      const [secret] = keys();
      if (secret === undefined) return null;
      if (bytes.length <= DEFLATE_ABOVE) return encrypt(secret, 'p', bytes);
      return deflate(bytes, { level: 1 }).then((packed) => encrypt(secret, 'z', packed));
    },
    async open(sealed) {
      const mark = sealed.slice(0, 2);
      const body = Buffer.from(sealed.slice(2), 'base64');
      if ((mark !== 'p.' && mark !== 'z.') || body.length < IV + TAG) return null;
      for (const secret of keys()) {
        const bytes = decrypt(secret, body);
        if (bytes) return mark === 'z.' ? inflate(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
      }
      return null;
    },
  };
};
