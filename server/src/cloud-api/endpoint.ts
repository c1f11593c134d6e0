/** `v25.0` */
const VERSION = /^v\d{2}\.\d$/;

export function isGraphVersion(value: unknown): value is string {
  return typeof value === 'string' && VERSION.test(value);
}

export interface Endpoint {
  /** Without trailing slash. */
  baseUrl: string;
  /** The version at the end of the path; null when there is none. */
  version: string | null;
}

/**
 * `https://graph.facebook.com/v25.0/` → `{ baseUrl: 'https://graph.facebook.com', version: 'v25.0' }`.
 * Throws a TypeError for what is no http(s) address, holds a login, a query or a fragment.
 */
export function splitEndpoint(address: string): Endpoint {
  const url = new URL(address.trim());
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError('The address must be http(s)');
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError('The address must hold no login, query or fragment');
  }
  const segments = url.pathname.split('/').filter(Boolean);
  const version = isGraphVersion(segments[segments.length - 1]) ? (segments.pop() as string) : null;
  return { baseUrl: [url.origin, ...segments].join('/'), version };
}
