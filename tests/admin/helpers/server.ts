import { ApiError } from '../../../admin/src/api/client';

/** An answer of our server: a value, or a function of what was asked. */
export type Answers = Record<string, unknown>;

export interface Call {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  headers: Record<string, string>;
}

/**
 * Stands in for Strapi's fetch client: `'GET /doctor'` → the body. What is not listed answers 404, as the server would.
 * A function is called with the call and may take its time; an Error is thrown.
 */
export const fakeServer = () => {
  let answers: Answers = {};
  const calls: Call[] = [];
  const answer = async (method: string, address: string, body: unknown, options: unknown) => {
    const [path, search = ''] = address.replace(/^\/whatsapp/, '').split('?');
    const { headers = {} } = (options ?? {}) as { headers?: Record<string, string> };
    const call = { method, path, query: Object.fromEntries(new URLSearchParams(search)), body, headers };
    calls.push(call);
    const given = answers[`${method} ${path}`];
    const value = typeof given === 'function' ? await (given as (call: Call) => unknown)(call) : given;
    if (value === undefined) throw new ApiError('Not found', 404, 'not_found');
    if (value instanceof Error) throw value;
    return { data: value };
  };
  return {
    calls,
    asked: (method: string, path: string) =>
      calls.filter((call) => call.method === method && call.path === path),
    answer: (next: Answers) => {
      answers = { ...answers, ...next };
    },
    reset: () => {
      answers = {};
      calls.length = 0;
    },
    client: {
      get: (path: string, options: unknown) => answer('GET', path, undefined, options),
      post: (path: string, body: unknown, options: unknown) => answer('POST', path, body, options),
      put: (path: string, body: unknown, options: unknown) => answer('PUT', path, body, options),
      del: (path: string, options: unknown) => answer('DELETE', path, undefined, options),
    },
  };
};
