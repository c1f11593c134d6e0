import { PassThrough } from 'node:stream';
import type { Context } from 'koa';

/** A browser that reads slower than this many waiting bytes is cut off and resumes by cursor. */
const MAX_WAITING_BYTES = 64 * 1024;
/** How long a reader may take for what was written before a regular end. */
const LINGER_MS = 5_000;
const HANG_UPS = ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE'];

/** A browser that goes away is how every stream ends; Koa would print each with its stack. */
export const quietOnHangUp = (ctx: Context): void => {
  const { onerror } = ctx;
  ctx.onerror = (error: NodeJS.ErrnoException) => {
    if (!HANG_UPS.includes(error?.code ?? '')) onerror.call(ctx, error);
  };
};

/** The bytes of one answer: written with back pressure, cut when nobody reads. */
export const createPipe = (ctx: Context) => {
  const body = new PassThrough();
  const waiting = (): number => body.writableLength + body.readableLength + ctx.res.writableLength;
  return {
    body,
    write: (text: string): boolean => body.write(text),
    isStuck: (): boolean => waiting() > MAX_WAITING_BYTES,
    /** Resolves true once there is room again, false when nobody read for `ms`. */
    drained: (ms: number): Promise<boolean> =>
      new Promise((resolve) => {
        const end = (drained: boolean) => (): void => {
          clearTimeout(timer);
          body.off('drain', onDrain);
          resolve(drained);
        };
        const onDrain = end(true);
        const timer = setTimeout(end(false), ms);
        timer.unref();
        body.once('drain', onDrain);
      }),
    end(): void {
      body.end();
      setTimeout(() => ctx.res.destroy(), LINGER_MS).unref();
    },
    cut: (): unknown => ctx.res.destroy(),
  };
};
