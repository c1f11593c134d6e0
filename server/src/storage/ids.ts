import { randomFillSync } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 24;
/** Two characters at a time: half the steps. The first two of an id begin with a letter. */
const PAIRS = [...ALPHABET].flatMap((first) => [...ALPHABET].map((second) => first + second));
const FIRST = PAIRS.filter((pair) => /^[a-z]/.test(pair));
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

const pick = (list: string[]): string => {
  // Above this, some of them would come more often than others.
  const fair = 65_536 - (65_536 % list.length);
  for (;;) {
    const number = nextByte() * 256 + nextByte();
    if (number < fair) return list[number % list.length];
  }
};

/**
 * A Strapi document id: 24 lower-case letters and digits, the first a letter (the form of its cuid2). Raw inserts must
 * bring their own; cuid2 itself hashes for each id, which the webhook path cannot afford.
 */
export const documentId = (): string => {
  let id = pick(FIRST);
  for (let pair = 0; pair < (LENGTH - 2) / 2; pair += 1) id += pick(PAIRS);
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
