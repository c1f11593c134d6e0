import { createHmac } from 'node:crypto';

/**
 * JSON as Meta writes it: non-ASCII as lower-case `\uXXXX` per UTF-16 unit and slashes as `\/`. A receiver that hashes
 * its own re-stringified copy instead of the bytes fails on it, exactly as it would in production.
 */
export const toMetaBytes = (payload: unknown): Buffer =>
  Buffer.from(
    JSON.stringify(payload)
      .replace(/\//g, '\\/')
      .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    'latin1',
  );

/** Value of `X-Hub-Signature-256` for these bytes. */
export const signBody = (appSecret: string, bytes: Buffer | string): string =>
  `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;
