import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Addresses for `<img>` and friends, which cannot send the bearer header: signed, same origin, valid for one to two
 * hours. All links made within one hour are equal, so that the browser's cache serves a thread that is opened again.
 */
export const createMediaLinks = (
  appSecret: string,
  basePath: string,
  now: () => number,
  /** A link for one purpose opens nothing of another. */
  purpose = 'media links',
) => {
  const key = Buffer.from(hkdfSync('sha256', appSecret, 'whatsapp', purpose, 32));

  const sign = (messageId: string, expires: number): string =>
    createHmac('sha256', key).update(`${messageId}:${expires}`).digest('base64url');

  return {
    to(messageId: string): string {
      const expires = (Math.floor(now() / HOUR_MS) + 2) * HOUR_MS;
      return `${basePath}/${messageId}?expires=${expires}&signature=${sign(messageId, expires)}`;
    },
    isValid(messageId: string, query: Record<string, unknown>): boolean {
      const expires = Number(query.expires);
      if (!Number.isSafeInteger(expires) || expires < now() || typeof query.signature !== 'string')
        return false;
      const expected = Buffer.from(sign(messageId, expires));
      const given = Buffer.from(query.signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
};

export type MediaLinks = ReturnType<typeof createMediaLinks>;
