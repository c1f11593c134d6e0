import { splitEndpoint } from '../cloud-api/endpoint';
import { versionEndsAt } from '../cloud-api/graph-versions';
import { DEFAULT_GRAPH_URL } from '../constants';
import { callbackProblem } from './callback-url';
import type { Integration, IntegrationHealth, ReadReceipts } from './contract';
import type { Environment } from './environment';
import type { IntegrationRow } from './row';

export interface PresentDeps {
  environment: Environment;
  /** Full address of a number's own webhook. */
  webhookUrl(key: string): string;
  defaultVersion: string;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Graph version of a number: its own, else the one in its address, else the site's. */
export const versionOf = (
  number: { apiVersion: string | null; endpointUrl: string | null },
  standard: string,
): string => number.apiVersion ?? splitEndpoint(number.endpointUrl ?? DEFAULT_GRAPH_URL).version ?? standard;

const healthOf = (row: IntegrationRow): IntegrationHealth => ({
  status: row.numberStatus,
  qualityRating: row.qualityRating,
  messagingLimit: row.messagingLimit,
  throughput: row.throughput,
  nameStatus: row.nameStatus,
  checkedAt: iso(row.healthCheckedAt),
  alerts: row.alerts.map(({ kind, message, at }) => ({ kind, message, at: new Date(at).toISOString() })),
});

/** What the environment says stands before what is stored. */
const inForce = (row: IntegrationRow, environment: Environment) => {
  const locked = environment.of(row.phoneNumberId);
  return {
    name: locked.name ?? row.name,
    phoneNumber: locked.phoneNumber ?? row.phoneNumber,
    businessAccountId: locked.businessAccountId ?? row.businessAccountId,
    endpointUrl: locked.endpointUrl ?? row.endpointUrl,
    apiVersion: locked.apiVersion ?? row.apiVersion,
    hasAppSecret: locked.appSecret !== undefined || row.hasAppSecret,
    accessTokenLast4: locked.accessToken?.slice(-4) ?? row.accessTokenLast4,
  };
};

/** The contract's `Integration`. `verifyToken` only where it is to be revealed. */
export const presentIntegration = (
  row: IntegrationRow,
  { environment, webhookUrl, defaultVersion }: PresentDeps,
  verifyToken?: string,
): Integration => {
  const { endpointUrl, apiVersion, ...shown } = inForce(row, environment);
  const version = versionOf({ endpointUrl, apiVersion }, defaultVersion);
  const address = webhookUrl(row.webhookKey);
  return {
    id: String(row.id),
    ...shown,
    phoneNumberId: row.phoneNumberId,
    organization: row.organizationSlug,
    endpointUrl: endpointUrl ?? DEFAULT_GRAPH_URL,
    apiVersion: version,
    apiVersionEndsAt: iso(versionEndsAt(version)),
    sandbox: row.sandbox,
    active: row.active,
    status: row.connectionStatus as Integration['status'],
    statusMessage: row.connectionMessage,
    qualityRating: row.qualityRating,
    messagingLimit: row.messagingLimit,
    throughput: row.throughput,
    health: healthOf(row),
    webhookUrl: address,
    // The simulator posts to this machine itself.
    callbackUrlWarning: row.sandbox ? null : callbackProblem(address),
    ...(verifyToken === undefined ? {} : { verifyToken }),
    readReceipts: row.readReceipts as ReadReceipts,
    typingIndicator: row.typingIndicator,
    copyMediaToLibrary: row.copyMediaToLibrary,
    envLocked: environment.lockedFields(row.phoneNumberId),
    lastWebhookAt: iso(row.lastWebhookAt),
    lastMessageAt: iso(row.lastMessageAt),
    createdAt: new Date(row.createdAt).toISOString(),
  };
};
