import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isAddress, isLoopbackHost, isPublicAddress } from './addresses';

export interface Allowance {
  /** Names or addresses, as they stand in the URL, that may be private: the site's own proxy, a stand-in in a test. */
  trustedHosts?: readonly string[];
  /** This machine may be reached. */
  loopback?: boolean;
}

/** The address is not for us to call; thrown before a byte leaves. */
export class ForbiddenAddress extends Error {
  readonly code = 'EFORBIDDENADDRESS';
  constructor() {
    super('The address is not on the public internet');
    this.name = 'ForbiddenAddress';
  }
}

export type Resolve = typeof dnsLookup;
type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether this host may be called whatever it resolves to. */
export const isTrusted = (host: string, { trustedHosts = [], loopback = false }: Allowance): boolean =>
  trustedHosts.some((trusted) => same(trusted, host)) || (loopback && isLoopbackHost(host));

/** Addresses in a URL are never looked up, so they are judged by themselves. */
export const assertHost = (host: string, allowance: Allowance): void => {
  if (isTrusted(host, allowance)) return;
  if (isLoopbackHost(host) || (isAddress(host) && !isPublicAddress(host))) throw new ForbiddenAddress();
};

/**
 * A name look-up that fails when any answer is private. The connection is made to the very addresses it hands over, so a
 * name that changes between the check and the call (DNS rebinding) changes nothing.
 */
const guardedLookup =
  (allowance: Allowance, resolve: Resolve) =>
  (host: string, options: LookupOptions, answer: Answer): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, []);
      const isFine = isTrusted(host, allowance) || addresses.every(({ address }) => isPublicAddress(address));
      if (addresses.length === 0 || !isFine) return answer(new ForbiddenAddress(), []);
      if (options.all) return answer(null, addresses);
      answer(null, addresses[0].address, addresses[0].family);
    });
  };

export interface Agents {
  http: http.Agent;
  https: https.Agent;
}

/** Keep-alive agents that connect to public addresses only. The look-up is a parameter for tests. */
export const guardedAgents = (allowance: Allowance = {}, resolve: Resolve = dnsLookup): Agents => {
  const options = { keepAlive: true, maxSockets: 64, lookup: guardedLookup(allowance, resolve) };
  const guard = <T extends http.Agent | https.Agent>(agent: T): T => {
    const connect = (agent as unknown as { createConnection: (...args: unknown[]) => unknown })
      .createConnection;
    return Object.assign(agent, {
      createConnection(target: { host?: string }, ...rest: unknown[]) {
        assertHost(target.host ?? '', allowance);
        return connect.call(agent, target, ...rest);
      },
    });
  };
  return {
    http: guard(new http.Agent(options as http.AgentOptions)),
    https: guard(new https.Agent(options as https.AgentOptions)),
  };
};
