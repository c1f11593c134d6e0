import { isAddress, isLoopbackHost, isPublicAddress } from '../net/addresses';

/**
 * Why Meta cannot call this address: it is this machine or a private network, or it is not https. null when nothing is
 * wrong with it as far as the address itself tells.
 */
export const callbackProblem = (address: string): null | 'not_https' | 'localhost' => {
  if (!URL.canParse(address)) return 'localhost';
  const { protocol, hostname } = new URL(address);
  const isInside = isLoopbackHost(hostname) || (isAddress(hostname) && !isPublicAddress(hostname));
  if (isInside) return 'localhost';
  return protocol === 'https:' ? null : 'not_https';
};

const comparable = (address: string): string | null => {
  if (!URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
};

/** Whether two spellings name the same address: host case, default port, slashes at the end and queries do not count. */
export const isSameAddress = (a: string, b: string): boolean =>
  comparable(a) !== null && comparable(a) === comparable(b);

/** A stand-in for Meta on this machine, which reaches this machine: plain http leads nowhere else. */
export const isLocalMeta = (number: { sandbox: boolean; endpointUrl: string | null }): boolean =>
  number.sandbox || /^http:/i.test(number.endpointUrl ?? '');
