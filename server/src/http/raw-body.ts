import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { WhatsAppError } from '../errors';

const WEBHOOK = /\/whatsapp\/webhook(\/[^/]+)?\/*$/i;

/**
 * Keeps Strapi's body parser away from the webhook's bytes, whatever the host configured: koa-body leaves a stream alone
 * that has no content type. Must run before all configured middlewares, so it is added in `register`.
 */
export const keepRawBody =
  (strapi: Core.Strapi) =>
  async (ctx: Context, next: Next): Promise<void> => {
    if (ctx.method === 'POST' && WEBHOOK.test(ctx.path)) {
      const prefix = strapi.config.get<string>('api.rest.prefix', '/api').toLowerCase();
      if (ctx.path.toLowerCase().startsWith(prefix)) delete ctx.req.headers['content-type'];
    }
    await next();
  };

const tooLarge = (limit: number): WhatsAppError =>
  new WhatsAppError('payload_too_large', `The body is larger than ${limit} bytes.`);

/** The request's bytes exactly as sent. Throws `payload_too_large` before buffering more than `limit`. */
export const readRawBody = async (ctx: Context, limit: number, timeoutMs: number): Promise<Buffer> => {
  if (Number(ctx.req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  // One byte a second must not hold a connection and its memory for minutes.
  const timer = setTimeout(() => ctx.req.destroy(), timeoutMs);
  try {
    for await (const chunk of ctx.req) {
      size += (chunk as Buffer).length;
      if (size > limit) throw tooLarge(limit);
      chunks.push(chunk as Buffer);
    }
  } finally {
    clearTimeout(timer);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
};

const DECODERS = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** The body behind a content encoding, never more than `limit` bytes; the bytes themselves when there is none. */
export const decodeBody = async (
  raw: Buffer,
  encoding: string | undefined,
  limit: number,
): Promise<Buffer> => {
  const decoder = DECODERS[(encoding ?? '').trim().toLowerCase() as keyof typeof DECODERS];
  if (!decoder) return raw;
  try {
    return await decoder(raw, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    return raw;
  }
};
