import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

export interface Key {
  /** Fingerprint, 8 hex digits: tells keys apart and nothing about them. */
  id: string;
  bytes: Buffer;
}

/** Newest first: it seals, all of them open. */
export type KeyRing = readonly Key[];

const FORM = 'w1';
/** Form of Strapi's own encryption service, in which numbers were sealed before there was a key ring. */
const STRAPI_FORM = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
};

/** Any text makes a key, in the way of Strapi's own service, so that one text opens what either has sealed. */
const keyOf = (text: string): Key => {
  const bytes = sha256(text);
  return { id: sha256('whatsapp key id', bytes).toString('hex').slice(0, 8), bytes };
};

/** Blank texts are no keys; a repeated one counts once. */
export const makeKeyRing = (texts: readonly (string | null | undefined)[]): KeyRing => {
  const keys = texts.flatMap((text) => (text?.trim() ? [keyOf(text.trim())] : []));
  return keys.filter((key, index) => keys.findIndex(({ id }) => id === key.id) === index);
};

/**
 * Seals under the newest key. `owner` names the row and column: what was sealed for one place opens in no other, so that
 * nobody who can write to the database moves a token to a number of his own. null without a key.
 */
export const sealWith = (ring: KeyRing, owner: string, plain: string): string | null => {
  const [key] = ring;
  if (!key) return null;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  cipher.setAAD(Buffer.from(owner, 'utf8'));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [FORM, key.id, nonce.toString('base64url'), sealed.toString('base64url')].join(':');
};

const decrypt = (
  key: Key,
  nonce: Buffer,
  sealed: Buffer,
  tag: Buffer,
  owner: string | null,
): string | null => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
    if (owner !== null) decipher.setAAD(Buffer.from(owner, 'utf8'));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  } catch {
    // Another key, another place, or tampered with: all of them mean that there is nothing to read here.
    return null;
  }
};

const openOurs = (ring: KeyRing, owner: string, [, keyId, nonce, rest]: string[]): string | null => {
  const key = ring.find(({ id }) => id === keyId);
  const bytes = Buffer.from(rest ?? '', 'base64url');
  if (!key || bytes.length < TAG_BYTES) return null;
  const split = bytes.length - TAG_BYTES;
  const iv = Buffer.from(nonce, 'base64url');
  return decrypt(key, iv, bytes.subarray(0, split), bytes.subarray(split), owner);
};

const openStrapis = (ring: KeyRing, [, nonce, sealed, tag]: string[]): string | null => {
  const [iv, bytes, authTag] = [nonce, sealed, tag].map((hex) => Buffer.from(hex ?? '', 'hex'));
  for (const key of ring) {
    const plain = decrypt(key, iv, bytes, authTag, null);
    if (plain !== null) return plain;
  }
  return null;
};

/** What was sealed for this owner under any key of the ring; null when none fits. Values of Strapi's service open too. */
export const openWith = (ring: KeyRing, owner: string, sealed: string): string | null => {
  const parts = sealed.split(':');
  if (parts[0] === FORM && parts.length === 4) return openOurs(ring, owner, parts);
  return parts[0] === STRAPI_FORM && parts.length === 4 ? openStrapis(ring, parts) : null;
};

/** Whether it should be sealed again: under an older key, or in Strapi's form. */
export const isOld = (ring: KeyRing, sealed: string): boolean => {
  const [form, keyId] = sealed.split(':');
  return form !== FORM || keyId !== ring[0]?.id;
};
