import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { WhatsAppError } from '../errors';

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

  return (request: IncomingMessage, limits: ReadLimits): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      // One byte a second must not hold a connection and its memory for minutes.
      const timer = setTimeout(() => request.destroy(), limits.timeoutMs);
      const stop = (): void => {
        clearTimeout(timer);
        underWay -= size;
        request.off('data', take).off('end', done).off('close', cut).off('error', cut);
      };
      const refuse = (error: WhatsAppError): void => {
        stop();
        // Paused, not destroyed: its socket still has to carry the answer.
        request.pause();
        request.on('error', () => undefined);
        reject(error);
      };
      const take = (chunk: Buffer): void => {
        size += chunk.length;
        underWay += chunk.length;
        chunks.push(chunk);
        if (size > limits.bytes) refuse(tooLarge(limits.bytes));
        else if (underWay > limits.together && underWay > size) {
          refuse(new WhatsAppError('storage_unavailable', 'Too much is being received; deliver it again.'));
        }
      };
      const done = (): void => {
        stop();
        resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size));
      };
      const cut = (): void =>
        refuse(new WhatsAppError('validation_failed', 'The body ended before it was complete.'));
      request.on('data', take).on('end', done).on('close', cut).on('error', cut);
      // One that went away before anybody listened says so no more.
      if (request.destroyed) cut();
    });
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
