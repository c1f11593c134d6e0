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

export interface ReadLimits {
  /** Bytes of one body. */
  bytes: number;
  /** Bytes of all bodies that are being read at the same time; a single one may be larger. */
  together: number;
  /** Time to hand over a body, ms. */
  timeoutMs: number;
}

/** Throws `payload_too_large` when the sender itself says so. */
export const assertDeclaredSize = (ctx: Context, limit: number): void => {
  if (Number(ctx.req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
};

/**
 * Reads bodies exactly as sent. Before it buffers more than a limit it throws `payload_too_large` or
 * `storage_unavailable`; a body that ends early is `validation_failed`.
 */
export const createBodyReader = () => {
  let underWay = 0;

  return async (ctx: Context, limits: ReadLimits): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    let size = 0;
    // One byte a second must not hold a connection and its memory for minutes.
    const timer = setTimeout(() => ctx.req.destroy(), limits.timeoutMs);
    try {
      // Leaving the loop early must not destroy the stream: its socket still has to carry the answer.
      for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
        const { length } = chunk as Buffer;
        size += length;
        underWay += length;
        if (size > limits.bytes) throw tooLarge(limits.bytes);
        if (underWay > limits.together && underWay > size) {
          throw new WhatsAppError('storage_unavailable', 'Too much is being received; deliver it again.');
        }
        chunks.push(chunk as Buffer);
      }
    } catch (error) {
      if (error instanceof WhatsAppError) throw error;
      throw new WhatsAppError('validation_failed', 'The body ended before it was complete.');
    } finally {
      clearTimeout(timer);
      underWay -= size;
    }
    return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size);
  };
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
