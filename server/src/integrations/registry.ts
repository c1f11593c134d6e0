import { TABLES } from '../constants';
import { WhatsAppError } from '../errors';
import type { Database } from '../storage/database';
import { placeOf, type Secrets } from '../encryption/secrets';
import type { Environment } from './environment';
import { flag, settingsOf, textOrNull, type ConnectionProblem } from './row';

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
  /** Why Meta takes nothing from it; null: nothing known. Set by what Meta says, never by its silence. */
  problem: ConnectionProblem | null;
  /** The sentence for `problem`. */
  problemMessage: string | null;
  /** Meta's own words: `GREEN`; `TIER_2K`; `STANDARD`, `HIGH`. null until read. */
  qualityRating: string | null;
  messagingLimit: string | null;
  throughput: string | null;
  /** Also used in the phone app: 20 messages a second at most. */
  coexistence: boolean;
  /** `on_open`, `on_reply` or `never`. */
  readReceipts: string;
  typingIndicator: boolean;
  copyMediaToLibrary: boolean;
}

/** Meta takes nothing from it whatever the token: it or its account is banned, disconnected or deleted. */
export const isStopped = ({ problem }: Pick<ConnectedNumber, 'problem'>): boolean =>
  problem === 'number' || problem === 'account';

/** A database that says nothing for so long is away: whoever waits hears it, and the next one asks anew. */
const PATIENCE_MS = 3_000;

/** How long another process's change may go unnoticed here. */
const FRESH_MS = 5_000;

/** A row with its secrets opened; the environment's values win. */
const toNumber = (
  row: Record<string, unknown>,
  secrets: Secrets,
  environment: Environment,
): ConnectedNumber => {
  const phoneNumberId = String(row.phone_number_id);
  const locked = environment.of(phoneNumberId);
  const open = (column: string): string | null =>
    secrets.open(textOrNull(row[column]), placeOf(TABLES.integrations, String(row.document_id), column));
  return {
    id: Number(row.id),
    organizationId: Number(row.organization_id),
    name: locked.name ?? String(row.name),
    phoneNumber: locked.phoneNumber ?? String(row.phone_number),
    phoneNumberId,
    businessAccountId: locked.businessAccountId ?? String(row.business_account_id),
    endpointUrl: locked.endpointUrl ?? textOrNull(row.endpoint_url),
    apiVersion: locked.apiVersion ?? textOrNull(row.api_version),
    sandbox: flag(row.sandbox),
    active: flag(row.active),
    webhookKey: String(row.webhook_key),
    accessToken: locked.accessToken ?? open('access_token_sealed'),
    appSecret: locked.appSecret ?? open('app_secret_sealed'),
    verifyToken: locked.verifyToken ?? open('verify_token_sealed'),
    problem: textOrNull(row.connection_problem) as ConnectionProblem | null,
    problemMessage: textOrNull(row.connection_problem) && textOrNull(row.connection_message),
    qualityRating: textOrNull(row.quality_rating),
    messagingLimit: textOrNull(row.messaging_limit),
    throughput: textOrNull(row.throughput),
    coexistence: flag(row.coexistence),
    ...settingsOf(row),
  };
};

/** All connected numbers, cached: the webhook and the lanes ask on every call. */
export const createRegistry = (
  db: Database,
  secrets: Secrets,
  environment: Environment,
  now: () => number,
) => {
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
    const numbers = rows.map((row) => toNumber(row, secrets, environment));
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
      const mine = inTime(load()).finally(() => {
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

const inTime = <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new WhatsAppError('storage_unavailable', 'The database does not answer; try it again.')),
      PATIENCE_MS,
    );
  });
  return Promise.race([work, silence]).finally(() => clearTimeout(timer));
};

export type Registry = ReturnType<typeof createRegistry>;
