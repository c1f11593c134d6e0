import { randomFillSync } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 24;
const POOL = 4096;
const pool = Buffer.alloc(POOL);
let offset = POOL;

const nextByte = (): number => {
  if (offset >= POOL) {
    randomFillSync(pool);
    offset = 0;
  }
  return pool[offset++];
};

/**
 * A Strapi document id: 24 lower-case letters and digits, the first a letter (the form of its cuid2). Raw inserts must
 * bring their own; cuid2 itself hashes for each id, which the webhook path cannot afford.
 */
export const documentId = (): string => {
  let id = ALPHABET[nextByte() % 26];
  while (id.length < LENGTH) {
    const byte = nextByte();
    if (byte < 252) id += ALPHABET[byte % 36];
  }
  return id;
};

/** A long unguessable token (URL-safe): verify tokens, webhook keys, send keys. */
export const randomToken = (length = 32): string => {
  let token = '';
  while (token.length < length) {
    const byte = nextByte();
    if (byte < 252) token += ALPHABET[byte % 36];
  }
  return token;
};
