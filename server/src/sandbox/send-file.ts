import type { Context } from 'koa';

/** Shown in place; everything else is offered as a download, because a page in it would run in the admin's origin. */
const INLINE =
  /^(image\/(jpeg|png|webp|gif)|audio\/(mpeg|mp4|aac|amr|ogg)|video\/(mp4|3gpp)|application\/pdf)$/;

export interface PhoneFile {
  mimeType: string;
  fileName: string | null;
  bytes: Buffer;
}

export const sendFile = (ctx: Context, { mimeType, fileName, bytes }: PhoneFile): void => {
  const type = mimeType.split(';')[0].trim().toLowerCase();
  const inline = INLINE.test(type);
  ctx.set({
    'Content-Type': inline ? type : 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=3600',
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(fileName ?? 'file')}`,
  });
  ctx.body = bytes;
};
