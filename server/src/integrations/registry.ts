import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Secrets } from './secrets';

/** A connected number with its secrets opened; lives in memory only and is never sent anywhere as it is. */
export interface ConnectedNumber {
  id: number;
  organizationId: number;
  name: string;
  phoneNumber: string;
  phoneNumberId: string;
  businessAccountId: string;
  endpointUrl: string | null;
  apiVersion: string | null;
  sandbox: boolean;
  active: boolean;
  webhookKey: string;
  accessToken: string | null;
  appSecret: string | null;
  verifyToken: string | null;
}

/** How long another process's change may go unnoticed here. */
const FRESH_MS = 5_000;

const truthy = (value: unknown): boolean => value === true || value === 1;
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** All connected numbers, cached: the webhook and the lanes ask on every call. */
export const createRegistry = (db: Database, secrets: Secrets, now: () => number) => {
  let cached: ConnectedNumber[] = [];
  let loadedAt = -Infinity;
  let loading: Promise<ConnectedNumber[]> | null = null;
  let generation = 0;

  const load = async (): Promise<ConnectedNumber[]> => {
    const mine = generation;
    const rows = (await db.table(TABLES.integrations).whereNotNull('phone_number_id')) as Record<
      string,
      unknown
    >[];
    const numbers = rows.map((row) => ({
      id: Number(row.id),
      organizationId: Number(row.organization_id),
      name: String(row.name),
      phoneNumber: String(row.phone_number),
      phoneNumberId: String(row.phone_number_id),
      businessAccountId: String(row.business_account_id),
      endpointUrl: textOrNull(row.endpoint_url),
      apiVersion: textOrNull(row.api_version),
      sandbox: truthy(row.sandbox),
      active: truthy(row.active),
      webhookKey: String(row.webhook_key),
      accessToken: secrets.open(textOrNull(row.access_token_sealed)),
      appSecret: secrets.open(textOrNull(row.app_secret_sealed)),
      verifyToken: secrets.open(textOrNull(row.verify_token_sealed)),
    }));
    // Read before a write that has been announced since: good enough for who asked before, not to be kept.
    if (mine === generation) {
      cached = numbers;
      loadedAt = now();
    }
    return numbers;
  };

  const all = (): Promise<ConnectedNumber[]> | ConnectedNumber[] => {
    if (now() - loadedAt < FRESH_MS) return cached;
    if (!loading) {
      const mine = load().finally(() => {
        if (loading === mine) loading = null;
      });
      loading = mine;
    }
    return loading;
  };

  return {
    /** Synchronous while fresh: the webhook path awaits nothing then. */
    all,
    async byId(id: number): Promise<ConnectedNumber | undefined> {
      return (await all()).find((number) => number.id === id);
    },
    /** After a write; the next reader loads anew, also past a load that is under way. */
    invalidate(): void {
      generation += 1;
      loadedAt = -Infinity;
      loading = null;
    },
  };
};

export type Registry = ReturnType<typeof createRegistry>;
