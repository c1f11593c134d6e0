import type { IncomingMessage } from 'node:http';
import { isFields, type Fields } from './send/fields';
import type { RequestRecord } from './types';

/** One request, read to its end. */
export interface Call {
  method: string;
  /** `v25.0`, null when the caller left it out. */
  version: string | null;
  /** Path without the version: `['<id>', 'messages']`. */
  segments: string[];
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  /** Query and body together; Graph takes parameters from either, the body wins. */
  params: Fields;
  token: string | null;
}

export interface Answer {
  status: number;
  body?: unknown;
  bytes?: Buffer;
  headers?: Record<string, string>;
  /** Instead of answering: break the connection, or keep silent. */
  instead?: 'destroy' | 'hang';
  /** Only the first half is written; then the rest follows after so many ms, or the connection is reset. */
  half?: { thenMs: number } | 'reset';
}

const SECRET_KEYS = [
  'access_token',
  'input_token',
  'verify_token',
  'pin',
  'appsecret_proof',
  'client_secret',
];

/** Most that the simulator takes: Meta's largest document plus the multipart around it. */
const BODY_LIMIT = 105 * 1024 * 1024;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const success = (): Answer => ok({ success: true });

const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error('The request body is larger than anything Meta takes');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Graph ignores a body that it cannot read; the missing parameters are then its complaint. */
const parseBody = (contentType: string, bytes: Buffer): Fields => {
  if (contentType.includes('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  }
  if (!contentType.includes('json') || bytes.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return isFields(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

const tokenOf = (request: IncomingMessage, query: URLSearchParams): string | null => {
  const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1].trim() ?? query.get('access_token');
};

export const readCall = async (request: IncomingMessage): Promise<Call> => {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const bytes = await readBytes(request);
  const parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const version = /^v\d+\.\d+$/.test(parts[0] ?? '') ? parts[0] : null;
  const body = parseBody(request.headers['content-type'] ?? '', bytes);
  return {
    method: request.method ?? 'GET',
    version,
    segments: version ? parts.slice(1) : parts,
    query: url.searchParams,
    headers: request.headers,
    bytes,
    params: { ...Object.fromEntries(url.searchParams), ...body },
    token: tokenOf(request, url.searchParams),
  };
};

const withoutSecrets = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !SECRET_KEYS.includes(key))
      .map(([key, value]) => [key, isFields(value) ? withoutSecrets(value) : value]),
  );

/** What the history keeps of a call. */
export const recordOf = (call: Call, at: number): RequestRecord => {
  const isJson = (call.headers['content-type'] ?? '').includes('json');
  return {
    method: call.method,
    path: `/${call.segments.join('/')}`,
    version: call.version,
    query: withoutSecrets(Object.fromEntries(call.query)) as Record<string, string>,
    body: isJson ? withoutSecrets(parseBody('application/json', call.bytes)) : null,
    at,
    status: null,
    answer: null,
  };
};
