import type { IncomingMessage } from 'node:http';
import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { PLUGIN_ID } from '../constants';
import { tooLarge } from './rules';
import { LARGEST_BYTES } from './source';

/** What a form adds around its file: boundaries, names, other fields. */
const FORM_BYTES = 64 * 1024;

/**
 * Counts a body while the parser reads it. The counter joins together with the parser's own listener: one that came earlier
 * would set the stream flowing before the parser is there.
 */
const countWhileRead = (request: IncomingMessage, limit: number): { exceeded(): boolean } => {
  let size = 0;
  const count = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= limit) return;
    request.off('data', count);
    // The parser lets go of its half-written file on an error of its request. By these two words Strapi knows a file that
    // is too large, and logs no failure.
    request.emit('error', new Error('maxFileSize exceeded'));
  };
  const join = (event: string | symbol): void => {
    if (event !== 'data') return;
    request.off('newListener', join);
    request.on('data', count);
  };
  request.on('newListener', join);
  return { exceeded: () => size > limit };
};

const refuse = (ctx: Context, size: number): void => {
  const error = tooLarge('file', size, LARGEST_BYTES);
  ctx.status = error.status;
  ctx.body = error.toBody();
  // What is still on its way is not wanted.
  ctx.set('Connection', 'close');
};

/**
 * Turns an upload away that is larger than anything WhatsApp takes: by the length it announces, before Strapi's body parser
 * writes it to the disk, or, where it announces none, as soon as it has come so far.
 */
export const refuseLargeUploads = (strapi: Core.Strapi) => {
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api').replace(/\/+$/, '');
  const paths = new Set([`/${PLUGIN_ID}/uploads`, `${prefix}/${PLUGIN_ID}/uploads`]);
  return async (ctx: Context, next: Next): Promise<void> => {
    const isUpload = ctx.method === 'POST' && paths.has(ctx.path.replace(/\/+$/, ''));
    if (!isUpload) return next();
    const limit = LARGEST_BYTES + FORM_BYTES;
    const announced = Number(ctx.get('content-length'));
    if (announced > limit) return refuse(ctx, announced);
    const { exceeded } = countWhileRead(ctx.req, limit);
    try {
      await next();
    } catch (error) {
      if (!exceeded()) throw error;
    }
    if (exceeded()) refuse(ctx, limit);
  };
};
