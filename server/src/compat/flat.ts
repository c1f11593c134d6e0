import type { Context } from 'koa';

interface Refusal {
  error?: { message?: string; details?: { code?: string } };
}

/** On these paths an error is `{"error": "<code>", "message": "…"}`, with the status that it has everywhere. */
export const flatten = (ctx: Context): void => {
  const { error } = (ctx.body ?? {}) as Refusal;
  if (!error?.details?.code) return;
  const { status } = ctx;
  ctx.body = { error: error.details.code, message: error.message };
  ctx.status = status;
};
