import type { Context } from 'koa';

/** Addresses of the second set of paths, see routes.ts. */
export const COMPAT_PATHS =
  /^\/api\/v1\/(integrations(\/[^/]+(\/test)?)?|crm\/whatsapp\/(send|webhook))\/?$/i;

interface Refusal {
  error?: { name?: string; message?: string; details?: { code?: string } };
}

/** What Strapi refuses itself has a name only: `UnauthorizedError` is `unauthorized`. */
const codeOf = (name: string): string =>
  name
    .replace(/Error$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase();

/** On these paths an error is `{"error": "<code>", "message": "…"}`, with the status that it has everywhere. */
export const flatten = (ctx: Context): void => {
  const { error } = (ctx.body ?? {}) as Refusal;
  if (typeof error !== 'object' || error === null) return;
  const { status } = ctx;
  ctx.body = { error: error.details?.code ?? codeOf(error.name ?? ''), message: error.message };
  ctx.status = status;
};
