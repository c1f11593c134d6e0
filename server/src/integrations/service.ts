import { isE164 } from '../cloud-api/identity-format';
import { splitEndpoint } from '../cloud-api/endpoint';
import { DEFAULT_GRAPH_URL } from '../constants';
import { invalid, notFound, WhatsAppError } from '../errors';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import { randomToken } from '../storage/ids';
import { decodeCursor, encodeCursor } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import type { HistoryChoice, Integration } from './contract';
import { isSameServer } from './endpoint-rule';
import { eraseNumber } from './erase';
import type { Registry } from './registry';
import { createIntegrationRepository, type IntegrationRow, type IntegrationWrite } from './repository';
import type { IntegrationCreate, IntegrationPatch } from './schema-input';
import type { Secrets } from './secrets';

interface Deps {
  db: Database;
  secrets: Secrets;
  registry: Registry;
  now(): number;
  /** Full address of a number's own webhook. */
  webhookUrl(key: string): string;
  defaultVersion: string;
  /** Wakes the streams after a change row was written. */
  notify(): void;
  /** Removes the received file of a message, if there is one. */
  removeFile(organizationId: number, messageId: number): Promise<void>;
  onError(error: unknown): void;
}

const assertPhone = (phone: string): void => {
  if (!isE164(phone)) {
    throw new WhatsAppError(
      'invalid_phone_number',
      'The phone number has to be in international form: a plus sign, country code and number, digits only (E.164).',
      { errors: [{ path: 'phoneNumber', message: 'Must be E.164, like +14155550123' }] },
    );
  }
};

/** A stored token goes only where it was given for: whoever may change an address must not learn a token by it. */
const assertTokenStays = (row: IntegrationRow, { endpointUrl, accessToken }: IntegrationPatch): void => {
  if (endpointUrl === undefined || accessToken !== undefined) return;
  if (isSameServer(endpointUrl, row.endpointUrl ?? DEFAULT_GRAPH_URL)) return;
  const message = 'Is needed again for another server: the stored one is not sent to a new address';
  throw invalid([{ path: 'accessToken', message }]);
};

export const createIntegrations = (deps: Deps) => {
  const { db, secrets, registry, now } = deps;

  const present = (row: IntegrationRow, verifyToken?: string): Integration => {
    const endpoint = splitEndpoint(row.endpointUrl ?? DEFAULT_GRAPH_URL);
    return {
      id: String(row.id),
      name: row.name,
      phoneNumber: row.phoneNumber,
      phoneNumberId: row.phoneNumberId,
      businessAccountId: row.businessAccountId,
      organization: row.organizationSlug,
      endpointUrl: row.endpointUrl ?? DEFAULT_GRAPH_URL,
      apiVersion: row.apiVersion ?? endpoint.version ?? deps.defaultVersion,
      sandbox: row.sandbox,
      active: row.active,
      status: row.connectionStatus as Integration['status'],
      statusMessage: row.connectionMessage,
      qualityRating: row.qualityRating,
      messagingLimit: row.messagingLimit,
      throughput: row.throughput,
      hasAppSecret: row.hasAppSecret,
      accessTokenLast4: row.accessTokenLast4,
      webhookUrl: deps.webhookUrl(row.webhookKey),
      ...(verifyToken === undefined ? {} : { verifyToken }),
      lastWebhookAt: row.lastWebhookAt === null ? null : new Date(row.lastWebhookAt).toISOString(),
      createdAt: new Date(row.createdAt).toISOString(),
    };
  };

  /** Columns behind the fields that were given. Sealing comes first: without a key nothing is written at all. */
  const columnsOf = (input: IntegrationPatch): IntegrationWrite => {
    const columns: IntegrationWrite = {};
    if (input.phoneNumber !== undefined) {
      assertPhone(input.phoneNumber);
      columns.phone_number = input.phoneNumber;
    }
    if (input.accessToken !== undefined) {
      columns.access_token_sealed = secrets.seal(input.accessToken);
      columns.access_token_last_4 = input.accessToken.slice(-4);
      columns.connection_status = 'unverified';
      columns.connection_message = null;
    }
    if (input.appSecret !== undefined) columns.app_secret_sealed = secrets.seal(input.appSecret);
    if (input.verifyToken !== undefined) columns.verify_token_sealed = secrets.seal(input.verifyToken);
    if (input.name !== undefined) columns.name = input.name;
    if (input.phoneNumberId !== undefined) columns.phone_number_id = input.phoneNumberId;
    if (input.businessAccountId !== undefined) columns.business_account_id = input.businessAccountId;
    if (input.endpointUrl !== undefined) columns.endpoint_url = input.endpointUrl;
    if (input.apiVersion !== undefined) columns.api_version = input.apiVersion;
    if (input.sandbox !== undefined) columns.sandbox = input.sandbox;
    if (input.active !== undefined) columns.active = input.active;
    return columns;
  };

  const announce = async (scope: Scope, id: number): Promise<void> => {
    registry.invalidate();
    await db.transaction((tx) =>
      appendChanges(
        db,
        tx,
        [
          {
            kind: 'integration.updated',
            organizationId: scope.organizationId,
            integrationId: id,
            conversationId: null,
            messageId: null,
          },
        ],
        now(),
      ),
    );
    deps.notify();
  };

  const guarded = async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new WhatsAppError(
        'phone_number_id_taken',
        'A number with this phone number ID is connected already.',
        {
          errors: [{ path: 'phoneNumberId', message: 'Is connected already' }],
        },
      );
    }
  };

  const load = async (scope: Scope, id: number | null): Promise<IntegrationRow> => {
    const row = id === null ? null : await createIntegrationRepository(db, scope).findOne(id);
    if (!row) throw notFound('Integration');
    return row;
  };

  const save = async (scope: Scope, id: number, columns: IntegrationWrite): Promise<Integration> => {
    await guarded(() => createIntegrationRepository(db, scope).update(id, columns, now()));
    await announce(scope, id);
    return present(await load(scope, id));
  };

  return {
    async list(scope: Scope, page: { limit: number; cursor?: string }) {
      const after = page.cursor ? decodeCursor(page.cursor) : null;
      const rows = await createIntegrationRepository(db, scope).list(page.limit + 1, after);
      const shown = rows.slice(0, page.limit);
      const last = shown[shown.length - 1];
      const more = rows.length > page.limit && last !== undefined;
      return {
        data: shown.map((row) => present(row)),
        meta: { nextCursor: more ? encodeCursor({ at: 0, id: last.id }) : null },
      };
    },
    async findOne(scope: Scope, id: number | null): Promise<Integration> {
      return present(await load(scope, id));
    },
    /** Answers the verify token once. A number that was disconnected here before continues its history. */
    async create(scope: Scope, input: IntegrationCreate): Promise<Integration> {
      const repository = createIntegrationRepository(db, scope);
      const verifyToken = input.verifyToken ?? randomToken(40);
      const columns: IntegrationWrite = {
        active: true,
        sandbox: false,
        endpoint_url: null,
        api_version: null,
        ...columnsOf({ ...input, verifyToken }),
        connection_status: 'unverified',
        former_phone_number_id: null,
        disconnected_at: null,
      };
      const former = await repository.findFormer(input.phoneNumberId);
      const id = await guarded(async () => {
        const fresh = { ...columns, webhook_key: randomToken(24) };
        if (former === null) return repository.insert(fresh, now());
        await repository.update(former, fresh, now());
        return former;
      });
      await announce(scope, id);
      return present(await load(scope, id), verifyToken);
    },
    async update(scope: Scope, id: number | null, input: IntegrationPatch): Promise<Integration> {
      const row = await load(scope, id);
      assertTokenStays(row, input);
      return save(scope, row.id, columnsOf(input));
    },
    /** Sets `active`, or flips it when nothing is said. */
    async toggle(scope: Scope, id: number | null, active?: boolean): Promise<Integration> {
      const row = await load(scope, id);
      return save(scope, row.id, { active: active ?? !row.active });
    },
    async revealVerifyToken(scope: Scope, id: number | null): Promise<Integration> {
      const row = await load(scope, id);
      return present(row, secrets.open(row.verifyTokenSealed) ?? '');
    },
    /** `keep` forgets the secrets and leaves the threads readable; `erase` takes them along. */
    async remove(scope: Scope, id: number | null, history: HistoryChoice): Promise<void> {
      const row = await load(scope, id);
      const repository = createIntegrationRepository(db, scope);
      const disconnected: IntegrationWrite = {
        active: false,
        phone_number_id: null,
        former_phone_number_id: row.phoneNumberId,
        access_token_sealed: null,
        access_token_last_4: null,
        app_secret_sealed: null,
        verify_token_sealed: null,
        disconnected_at: now(),
      };
      await repository.update(row.id, disconnected, now());
      registry.invalidate();
      // Only now: webhooks that came in while it was being erased would leave something behind.
      const files = history === 'erase' ? await eraseNumber(db, scope, row) : [];
      await announce(scope, row.id);
      for (const messageId of files) {
        await deps.removeFile(scope.organizationId, messageId).catch(deps.onError);
      }
    },
  };
};

export type Integrations = ReturnType<typeof createIntegrations>;
