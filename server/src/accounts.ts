import type http from 'node:http';
import type https from 'node:https';
import type { WhatsAppConfig } from './config';
import { DEFAULT_GRAPH_URL } from './constants';
import { makeKeyRing } from './encryption/key-ring';
import { createSecrets } from './encryption/secrets';
import { createEncryption } from './encryption/service';
import { createEnvironment } from './integrations/environment';
import { createRegistry } from './integrations/registry';
import { createIntegrations } from './integrations/service';
import { guardedAgents } from './net/guarded-agent';
import type { Database } from './storage/database';

interface Deps {
  db: Database;
  options: WhatsAppConfig;
  /** Strapi's own encryption key: the last one of the ring. */
  strapiKey: string | undefined;
  now(): number;
  notify(): void;
  webhookUrl(key: string): string;
  removeFile(organizationId: number, messageId: number): Promise<void>;
  onError(error: unknown): void;
}

/** Wiring of the rooms about numbers: keys, environment, what is connected, and how Meta is called. */
export const createAccounts = (deps: Deps) => {
  const { db, options, now } = deps;
  const { trustedHosts, loopbackEndpoints } = options.network;
  const allowance = { trustedHosts, loopback: loopbackEndpoints };
  const secrets = createSecrets(makeKeyRing([...options.encryption.keys, deps.strapiKey]));
  const environment = createEnvironment(options.numbers);
  const registry = createRegistry(db, secrets, environment, now);
  const agents = guardedAgents(allowance);
  return {
    registry,
    integrations: createIntegrations({
      ...deps,
      secrets,
      registry,
      environment,
      allowance,
      defaultVersion: options.graphVersion,
    }),
    encryption: createEncryption({ db, secrets, onResealed: registry.invalidate }),
    /** For another address than Meta's own: one that a user typed in, so it is watched where it leads. */
    agentFor(baseUrl: string): http.Agent | https.Agent | undefined {
      if (baseUrl === DEFAULT_GRAPH_URL) return undefined;
      return baseUrl.startsWith('https:') ? agents.https : agents.http;
    },
  };
};
