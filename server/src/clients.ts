import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { createGraphClient, type GraphClient } from './cloud-api/client';
import { splitEndpoint } from './cloud-api/endpoint';
import { GraphError } from './cloud-api/graph-error';
import { DEFAULT_GRAPH_URL } from './constants';
import { watchClient } from './debug/watch-client';
import type { Watch } from './integrations/inspect';
import type { ConnectedNumber } from './integrations/registry';

interface Deps {
  /** Of numbers that set no version, such as `v25.0`. */
  graphVersion: string;
  timeoutMs: number;
  /** Where the simulator listens; null while it does not run. */
  simulatorUrl(): string | null;
  agentFor(baseUrl: string): HttpAgent | HttpsAgent | undefined;
  debug: { isOn(): boolean; log(line: string): void };
  now(): number;
}

/** A Graph client that speaks for one number. */
export type ClientFor = (number: ConnectedNumber, watch?: Watch) => GraphClient;

/** What a number has to have to be asked for; enough for one that is not connected yet. */
export type Prospect = Pick<ConnectedNumber, 'accessToken' | 'sandbox' | 'phoneNumberId'> & {
  endpointUrl?: string;
};

/** Where and as whom Meta is spoken to. Throws a GraphError for a number that cannot speak at all. */
export const createClients = ({ graphVersion, timeoutMs, simulatorUrl, agentFor, debug, now }: Deps) => {
  const clientFor: ClientFor = (number, watch = {}) => {
    const endpoint = splitEndpoint(number.endpointUrl ?? DEFAULT_GRAPH_URL);
    const baseUrl = number.sandbox ? simulatorUrl() : endpoint.baseUrl;
    if (baseUrl === null)
      throw new GraphError('unreachable', 'The simulator is not running.', {
        transportCode: 'SIMULATOR_OFF',
      });
    if (!number.accessToken)
      throw new GraphError('credential', 'The access token cannot be read with this key.');
    const client = createGraphClient({
      baseUrl,
      version: number.apiVersion ?? endpoint.version ?? graphVersion,
      accessToken: number.accessToken,
      timeoutMs,
      agent: number.sandbox ? undefined : agentFor(baseUrl),
      ...watch,
    });
    return watchClient(client, { isOn: debug.isOn, log: debug.log, now });
  };

  return {
    clientFor,
    /** The number behind an id, as Meta writes it; null where Meta tells none. */
    async lookUpNumber(at: Prospect): Promise<string | null> {
      const probe = { ...at, endpointUrl: at.endpointUrl ?? null, apiVersion: null } as ConnectedNumber;
      return (await clientFor(probe).getPhoneNumber(at.phoneNumberId)).displayPhoneNumber;
    },
  };
};
