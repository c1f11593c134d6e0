import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { PLUGIN_ID } from '../constants';
import { tooLarge } from './rules';
import { LARGEST_BYTES } from './source';

/** What a form adds around its file: boundaries, names, other fields. */
const FORM_BYTES = 64 * 1024;

/**
 * Turns an upload away by the length it announces, before Strapi's body parser writes it to the disk. One that announces
 * none is cut by the parser's own limit and measured before it is read.
 */
export const refuseLargeUploads = (strapi: Core.Strapi) => {
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api').replace(/\/+$/, '');
  const paths = new Set([`/${PLUGIN_ID}/uploads`, `${prefix}/${PLUGIN_ID}/uploads`]);
  return async (ctx: Context, next: Next): Promise<void> => {
    const size = Number(ctx.get('content-length'));
    const isUpload = ctx.method === 'POST' && paths.has(ctx.path.replace(/\/+$/, ''));
    if (!isUpload || !(size > LARGEST_BYTES + FORM_BYTES)) return next();
    const error = tooLarge('file', size, LARGEST_BYTES);
    ctx.status = error.status;
    ctx.body = error.toBody();
    // What is still on its way is not wanted.
    ctx.set('Connection', 'close');
  };
};
