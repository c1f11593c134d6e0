import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import axios, { type AxiosRequestConfig } from 'axios';
import { isObject, type JsonObject } from './read';
import { GraphError, toGraphError } from './graph-error';

export interface HttpCall {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  query?: Record<string, string>;
  body?: unknown;
  /** Bytes as they are, instead of a JSON body. */
  form?: { contentType: string; body: Buffer };
  accessToken: string;
  /** Beside the usual ones, or instead of them. */
  headers?: Record<string, string>;
  /** For the whole exchange, body included; milliseconds. */
  timeoutMs: number;
  maxBytes: number;
  /** True when the request must not happen twice. */
  sending: boolean;
  agent?: http.Agent | https.Agent;
}

export interface HttpAnswer {
  status: number;
  headers: JsonObject;
  body: Buffer;
}

/** Shared by all clients of the process: a handshake per send would cost more than the send. */
const KEEP_ALIVE = { keepAlive: true, maxSockets: 256, maxFreeSockets: 32 } as const;
const httpAgent = new http.Agent(KEEP_ALIVE);
const httpsAgent = new https.Agent(KEEP_ALIVE);

// Some of Meta's servers refuse requests without one.
const USER_AGENT = 'strapi-plugin-whatsapp';

/** What may stand in an HTTP header; anything else in a token is a copy-and-paste accident. */
const HEADER_SAFE = /^[\x21-\x7e]+$/;

export function assertHeaderSafe(accessToken: string): void {
  if (!HEADER_SAFE.test(accessToken))
    throw new GraphError('credential', 'The access token is empty or malformed.');
}

/** One HTTP exchange, never redirected. Answers any status; throws a GraphError when there is no whole answer. */
export async function exchange(call: HttpCall): Promise<HttpAnswer> {
  assertHeaderSafe(call.accessToken);
  const controller = new AbortController();
  const deadline = setTimeout(() => controller.abort(), call.timeoutMs);
  const line = watchedTransport(call.url);
  try {
    const answer = await axios.request<Buffer>({
      ...configOf(call, line.transport),
      signal: controller.signal,
    });
    return { status: answer.status, headers: { ...answer.headers }, body: Buffer.from(answer.data ?? '') };
  } catch (failure) {
    throw failureOf(failure, call, line.connected());
  } finally {
    clearTimeout(deadline);
  }
}

export function configOf(call: HttpCall, transport: unknown): AxiosRequestConfig {
  return {
    method: call.method,
    url: call.url,
    params: call.query,
    data: call.form?.body ?? (call.body === undefined ? undefined : JSON.stringify(call.body)),
    headers: {
      Authorization: `Bearer ${call.accessToken}`,
      'User-Agent': USER_AGENT,
      ...(call.form ? { 'Content-Type': call.form.contentType } : {}),
      ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...call.headers,
    },
    httpAgent: call.agent ?? httpAgent,
    httpsAgent: call.agent ?? httpsAgent,
    transport,
    // The token must go to the named host only: neither a redirect nor a proxy from the environment may divert it.
    maxRedirects: 0,
    proxy: false,
    responseType: 'arraybuffer',
    maxContentLength: call.maxBytes,
    maxBodyLength: Infinity,
    validateStatus: () => true,
  } as AxiosRequestConfig;
}

export function failureOf(failure: unknown, call: HttpCall, connected: boolean): GraphError {
  if (isObject(failure) && /maxContentLength/.test(String(failure.message)) && !call.sending) {
    return new GraphError('rejected', `The answer is larger than ${call.maxBytes} bytes.`);
  }
  // What axios attaches (config, request, response) holds the token: only the code goes on.
  const code = isObject(failure) && failure.code === 'ERR_CANCELED' ? 'ETIMEDOUT' : codeOf(failure);
  return toGraphError({ code }, { sending: call.sending, connected });
}

function codeOf(failure: unknown): string | null {
  return isObject(failure) && typeof failure.code === 'string' ? failure.code : null;
}

/**
 * Node's own transport, watched for the moment the connection stands (TLS included): before it, the request
 * has not left and may be repeated; after it, nobody knows. Axios' errors do not tell the two apart.
 */
export function watchedTransport(url: string) {
  const base = url.startsWith('https:') ? https : http;
  const established = url.startsWith('https:') ? 'secureConnect' : 'connect';
  let connected = false;
  const request = (options: RequestOptions, handler: (response: IncomingMessage) => void) => {
    const outgoing = base.request(options, handler);
    outgoing.once('socket', (socket: Socket & { secureConnecting?: boolean }) => {
      if (!socket.connecting && !socket.secureConnecting) connected = true;
      else socket.once(established, () => (connected = true));
    });
    return outgoing;
  };
  return { transport: { request }, connected: () => connected };
}
