import type { Context } from 'koa';
import type { MediaStore } from './store';
import { baseType, isInline } from './trust';

export interface StoredFile {
  organizationId: number;
  messageId: number;
  mimeType: string | null;
  fileName: string | null;
}

export type Range = { start: number; end: number };

/**
 * `bytes=a-b`, `bytes=a-`, `bytes=-n` as one part; `unsatisfiable` when it begins behind the end; null when there is
 * none or one to ignore (RFC 9110 §14.2: other units, several parts, malformed).
 */
export const parseRange = (header: string, size: number): Range | 'unsatisfiable' | null => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] !== '' && match[2] !== '' && Number(match[1]) > Number(match[2])) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start < size ? { start, end } : 'unsatisfiable';
};

/** Streams a received file with headers under which nothing in it can run in the admin's origin. */
export const serveFile = async (ctx: Context, store: MediaStore, file: StoredFile): Promise<boolean> => {
  const size = await store.size(file.organizationId, file.messageId);
  if (size === null) return false;
  const type = baseType(file.mimeType);
  const inline = isInline(type);
  const part = parseRange(ctx.get('range'), size);
  if (part === 'unsatisfiable') {
    ctx.status = 416;
    ctx.set('Content-Range', `bytes */${size}`);
    return true;
  }
  ctx.set({
    'Content-Type': inline ? type : 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=3600',
    'Accept-Ranges': 'bytes',
    'Content-Length': String(part ? part.end - part.start + 1 : size),
  });
  const name = encodeURIComponent(file.fileName ?? `whatsapp-${file.messageId}`);
  ctx.set('Content-Disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`);
  if (part) ctx.set('Content-Range', `bytes ${part.start}-${part.end}/${size}`);
  ctx.status = part ? 206 : 200;
  ctx.body = store.read(file.organizationId, file.messageId, part ?? undefined);
  return true;
};
