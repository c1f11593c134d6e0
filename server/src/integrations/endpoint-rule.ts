import { splitEndpoint } from '../cloud-api/endpoint';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** What is wrong with the address that a number's calls, and with them its access token, go to; null when nothing is. */
export const endpointProblem = (address: string): string | null => {
  try {
    splitEndpoint(address);
  } catch {
    return 'Must be an http(s) address without login or query';
  }
  const { protocol, hostname } = new URL(address.trim());
  return protocol === 'https:' || LOOPBACK.test(hostname)
    ? null
    : 'Must be https: the access token travels with every call. Plain http is for this machine only';
};

/** Whether both addresses are on the same server, so that a token given for one may be sent to the other. */
export const isSameServer = (a: string, b: string): boolean =>
  new URL(a.trim()).origin === new URL(b.trim()).origin;
