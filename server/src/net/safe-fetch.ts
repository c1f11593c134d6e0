import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { assertHost, ForbiddenAddress, guardedAgents, type Agents, type Allowance } from './guarded-agent';

/** Why a URL was not fetched; stable, for callers that put it into words of their own. */
export type FetchProblem =
  | 'invalid_url'
  | 'forbidden_address'
  | 'too_many_redirects'
  | 'wrong_status'
  | 'wrong_type'
  | 'too_large'
  | 'timeout'
  | 'unreachable';

const WORDS: Record<FetchProblem, string> = {
  invalid_url: 'This is no http(s) address without a login.',
  forbidden_address: 'This address is not on the public internet, so it is not fetched.',
  too_many_redirects: 'The address forwards too often.',
  wrong_status: 'The address does not answer with a file.',
  wrong_type: 'The address answers with another kind of file.',
  too_large: 'The file is too large.',
  timeout: 'The address did not answer in time.',
  unreachable: 'The address could not be reached.',
};

/** A fetch that did not happen or did not end well; holds neither the address nor what it answered. */
export class SafeFetchError extends Error {
  constructor(
    readonly problem: FetchProblem,
    /** HTTP status, for `wrong_status`. */
    readonly status: number | null = null,
  ) {
    super(WORDS[problem]);
    this.name = 'SafeFetchError';
  }
}

export interface SafeFetchOptions extends Allowance {
  /** Largest body, bytes, counted as it comes. */
  maxBytes: number;
  /** For everything together, redirects and body included, ms. Default 15,000. */
  timeoutMs?: number;
  /** Whether a content type (lower case, without parameters; '' when none is named) is wanted. Default: every one. */
  accepts?(contentType: string): boolean;
  /** Default 3; each target is judged like the first address. */
  maxRedirects?: number;
  /** Default `https:` and `http:`. */
  httpsOnly?: boolean;
  /** Instead of the guarded agents of the process; for tests of the guard itself. */
  agents?: Agents;
}

export interface FetchedFile {
  bytes: Buffer;
  /** Lower case, without parameters; '' when the server names none. It is a claim: sniff the bytes. */
  contentType: string;
  /** Where the file came from in the end. */
  url: string;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];
/** Below 1024 only the web's own: other services understand a line or two of HTTP better than one would wish. */
const LOW_PORTS = ['', '80', '443'];

const shared = guardedAgents();

const parse = (address: string, { httpsOnly = false, ...allowance }: SafeFetchOptions): URL => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new SafeFetchError('invalid_url');
  }
  const protocols = httpsOnly ? ['https:'] : ['https:', 'http:'];
  const isWeb = protocols.includes(url.protocol) && url.username === '' && url.password === '';
  if (!isWeb) throw new SafeFetchError('invalid_url');
  if (!LOW_PORTS.includes(url.port) && Number(url.port) < 1024) throw new SafeFetchError('invalid_url');
  assertHost(url.hostname, allowance);
  return url;
};

const typeOf = (answer: IncomingMessage): string =>
  (answer.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

/** The head of one answer. No credentials, no cookies, no compression: what is counted is what is kept. */
const ask = (url: URL, agents: Agents, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const isHttps = url.protocol === 'https:';
    const options = {
      agent: isHttps ? agents.https : agents.http,
      signal,
      headers: { 'User-Agent': 'strapi-plugin-whatsapp', Accept: '*/*', 'Accept-Encoding': 'identity' },
    };
    (isHttps ? https : http).get(url, options, resolve).on('error', reject);
  });

const readBody = async (answer: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw new SafeFetchError('too_large');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new SafeFetchError('too_large');
    chunks.push(chunk);
  }
  if (!answer.complete) throw new SafeFetchError('unreachable');
  return Buffer.concat(chunks, size);
};

const problemOf = (error: unknown, signal: AbortSignal): SafeFetchError => {
  if (error instanceof SafeFetchError) return error;
  if (error instanceof ForbiddenAddress) return new SafeFetchError('forbidden_address');
  return new SafeFetchError(signal.aborted ? 'timeout' : 'unreachable');
};

const follow = async (
  address: string,
  options: SafeFetchOptions,
  signal: AbortSignal,
): Promise<FetchedFile> => {
  const { trustedHosts, loopback } = options;
  const lenient = loopback === true || (trustedHosts?.length ?? 0) > 0;
  const agents = options.agents ?? (lenient ? guardedAgents({ trustedHosts, loopback }) : shared);
  let url = parse(address, options);
  for (let left = options.maxRedirects ?? DEFAULT_REDIRECTS; ; left -= 1) {
    const answer = await ask(url, agents, signal);
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    try {
      if (REDIRECTS.includes(status) && location !== undefined) {
        if (left <= 0) throw new SafeFetchError('too_many_redirects');
        const target = URL.canParse(location, url) ? new URL(location, url).href : '';
        url = parse(target, options);
        continue;
      }
      if (status !== 200) throw new SafeFetchError('wrong_status', status);
      const contentType = typeOf(answer);
      if (options.accepts && !options.accepts(contentType)) throw new SafeFetchError('wrong_type');
      return { bytes: await readBody(answer, options.maxBytes), contentType, url: url.href };
    } finally {
      answer.destroy();
    }
  }
};

/**
 * Fetches an address that a user gave, without letting the user reach what only this server can reach: public addresses
 * only (judged when connecting, for each redirect anew), no login, size, time and type limits. Throws `SafeFetchError`.
 */
export const safeFetch = async (address: string, options: SafeFetchOptions): Promise<FetchedFile> => {
  const signal = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    return await follow(address, options, signal);
  } catch (error) {
    throw problemOf(error, signal);
  }
};
