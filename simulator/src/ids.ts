/** Ids of Meta's shapes from one seeded stream of numbers, so that a seed repeats a run. */
export interface Ids {
  wamid(): string;
  /** BSUID: country, dot, letters and digits. */
  userId(country: string): string;
  /** 16 digits that fit into 2^53, as Meta writes template ids as numbers too. */
  digits(): string;
  fbtrace(): string;
  /** Letters and digits. */
  token(length: number): string;
  /** 0 ≤ x < 1 */
  random(): number;
}

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** mulberry32: tiny, well spread and repeatable; nothing here needs secrecy. */
const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const createIds = (seed: number): Ids => {
  const random = createRandom(seed);
  const pick = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

  return {
    random,
    wamid: () => {
      const hidden = `\u001c\u0018\u000b1555${pick('0123456789', 7)}\u0015\u0002\u0000\u0012\u0018\u0014${pick(ALNUM, 20)}\u0000`;
      return `wamid.${Buffer.from(hidden).toString('base64')}`;
    },
    userId: (country) => `${country}.${pick(ALNUM, 20)}`,
    digits: () => pick('12345678', 1) + pick('0123456789', 15),
    fbtrace: () => `A${pick(`${ALNUM}-_`, 22)}`,
    token: (length) => pick(ALNUM, length),
  };
};
