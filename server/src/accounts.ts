import type http from 'node:http';
import type https from 'node:https';
import type { GraphClient } from './cloud-api/client';
import type { Audit } from './audit/service';
import type { WhatsAppConfig } from './config';
import { DEFAULT_GRAPH_URL } from './constants';
import { createPresence } from './doctor/presence';
import { createDoctor } from './doctor/service';
import { makeKeyRing } from './encryption/key-ring';
import { createSecrets } from './encryption/secrets';
import { createEncryption } from './encryption/service';
import { createConnectionCare } from './integrations/care';
import { createEnvironment } from './integrations/environment';
import { createHealth } from './integrations/health';
import { createInspector, type Watch } from './integrations/inspect';
import type { NumberPauses } from './integrations/pauses';
import { createRegistry, type ConnectedNumber } from './integrations/registry';
import { createRepairs } from './integrations/repair';
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
  onConnected(): void;
  onError(error: unknown): void;
  /** Names this process among those that share the database. */
  owner: string;
  clientFor(number: ConnectedNumber, watch?: Watch): GraphClient;
  /** Addresses of the same webhook besides a number's own. */
  otherWebhookUrls(number: ConnectedNumber): string[];
  /** For the Doctor's report. */
  about: { plugin: string; strapi: string; node: string; database: string };
  audit: Audit;
  pauses: NumberPauses;
}

const MINUTE_MS = 60_000;

/** Wiring of the rooms about numbers: keys, environment, what is connected, how it does, and what the Doctor says. */
export const createAccounts = (deps: Deps) => {
  const { db, options, now } = deps;
  const { trustedHosts, loopbackEndpoints } = options.network;
  const allowance = { trustedHosts, loopback: loopbackEndpoints };
  const secrets = createSecrets(makeKeyRing([...options.encryption.keys, deps.strapiKey]));
  const environment = createEnvironment(options.numbers);
  const registry = createRegistry(db, secrets, environment, now);
  const agents = guardedAgents(allowance);
  const encryption = createEncryption({ db, secrets, onResealed: registry.invalidate });
  const integrations = createIntegrations({
    ...deps,
    secrets,
    registry,
    environment,
    allowance,
    defaultVersion: options.graphVersion,
  });
  const health = createHealth({ ...deps, registry, everyMs: options.health.everyMinutes * MINUTE_MS });
  const inspect = createInspector({
    ...deps,
    registry,
    hasKey: secrets.configured,
    lastWebhookAt: integrations.lastWebhookAt,
    onNumber: health.store,
    onDeadToken: (number, error) =>
      health.noteDeadToken(number, error?.message ?? 'Meta calls the access token invalid.'),
  });
  const presence = createPresence(db, deps.owner, now());
  return {
    registry,
    integrations,
    encryption,
    health,
    presence,
    care: createConnectionCare({
      ...deps,
      registry,
      integrations,
      health,
      inspect,
      repairs: createRepairs({ ...deps, inspect }),
    }),
    doctor: createDoctor({ ...deps, registry, integrations, inspect, encryption, presence }),
    /** For another address than Meta's own: one that a user typed in, so it is watched where it leads. */
    agentFor(baseUrl: string): http.Agent | https.Agent | undefined {
      if (baseUrl === DEFAULT_GRAPH_URL) return undefined;
      return baseUrl.startsWith('https:') ? agents.https : agents.http;
    },
  };
};
