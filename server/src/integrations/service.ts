import { SYSTEM, type Audit, type AuditEvent } from '../audit/service';
import { TABLES } from '../constants';
import { placeOf, type Secrets } from '../encryption/secrets';
import { notFound, WhatsAppError } from '../errors';
import type { Allowance } from '../net/guarded-agent';
import type { Database } from '../storage/database';
import { randomToken } from '../storage/ids';
import { decodeCursor, encodeCursor } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import { announceNumber } from './announce';
import { assertEndpoint, assertTokenStays, columnsOf, withoutLocked, withoutRepeats } from './columns';
import { createConnector, oncePerNumber } from './connect';
import type { HistoryChoice, HistoryCounts, Integration } from './contract';
import type { Environment } from './environment';
import { eraseNumber } from './erase';
import type { NumberPauses } from './pauses';
import { presentIntegration } from './present';
import type { Registry } from './registry';
import { countHistory, createIntegrationRepository, lastWebhookOf } from './repository';
import type { IntegrationRow, IntegrationWrite } from './row';
import type { IntegrationCreate, IntegrationPatch } from './schema-input';

interface Deps {
  db: Database;
  secrets: Secrets;
  registry: Registry;
  environment: Environment;
  /** Where numbers may send to besides the public internet. */
  allowance: Allowance;
  now(): number;
  /** Full address of a number's own webhook. */
  webhookUrl(key: string): string;
  defaultVersion: string;
  /** Wakes the streams after a change row was written. */
  notify(): void;
  /** Removes the received file of a message, if there is one. */
  removeFile(organizationId: number, messageId: number): Promise<void>;
  /** A number was connected: what Meta knows of its account can be read. */
  onConnected(): void;
  onError(error: unknown): void;
  audit: Audit;
  pauses: Pick<NumberPauses, 'within'>;
}

const ALL = 1_000;
/** What the audit trail says of a number. */
type NumberEvent = Omit<AuditEvent, 'organizationId' | 'target'> & { label: string | null };

/** The one that holds most back; null while nothing does. */
const pauseOf = (
  pauses: Awaited<ReturnType<NumberPauses['within']>>,
  id: string,
): NonNullable<Integration['pause']> | null => {
  const own = pauses.filter(({ integrationId }) => String(integrationId) === id);
  const found = own.find(({ scope }) => scope === 'all') ?? own[0];
  if (!found) return null;
  const { scope, code, reason, until } = found;
  return { scope, code, reason, until: new Date(until).toISOString() };
};

const omitUndefined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** What a disconnected number keeps: its history, and the id under which it is continued. */
const disconnected = (row: IntegrationRow, at: number): IntegrationWrite => ({
  active: false,
  phone_number_id: null,
  former_phone_number_id: row.phoneNumberId,
  access_token_sealed: null,
  access_token_last_4: null,
  app_secret_sealed: null,
  verify_token_sealed: null,
  disconnected_at: at,
});

export const createIntegrations = (deps: Deps) => {
  const { db, secrets, registry, environment, allowance, now, audit } = deps;
  const connector = createConnector(deps);

  const announce = async (scope: Scope, id: number, event: NumberEvent): Promise<void> => {
    registry.invalidate();
    await announceNumber(db, scope, id, now(), (tx) =>
      audit.record(tx, {
        ...event,
        organizationId: scope.organizationId,
        target: { type: 'integration', id, label: event.label },
      }),
    );
    deps.notify();
  };

  const load = async (scope: Scope, id: number | null): Promise<IntegrationRow> => {
    const row = id === null ? null : await createIntegrationRepository(db, scope).findOne(id);
    if (!row) throw notFound('Integration');
    return row;
  };

  /** With why they rest, if they do. */
  const shown = async (scope: Scope, numbers: Integration[]): Promise<Integration[]> => {
    const pauses = await deps.pauses.within(scope.organizationId);
    return numbers.map((number) => ({ ...number, pause: pauseOf(pauses, number.id) }));
  };
  const shownOne = async (scope: Scope, number: Integration): Promise<Integration> =>
    (await shown(scope, [number]))[0];

  /** `given` are the fields as the caller named them: a secret shows in no answer, so its change shows only there. */
  const save = async (
    scope: Scope,
    row: IntegrationRow,
    columns: IntegrationWrite,
    action: NumberEvent['action'],
    given: IntegrationPatch = {},
  ): Promise<Integration> => {
    await oncePerNumber(() => createIntegrationRepository(db, scope).update(row.id, columns, now()));
    registry.invalidate();
    const after = presentIntegration(await load(scope, row.id), deps);
    const { accessToken, appSecret, verifyToken } = given;
    await announce(scope, row.id, {
      action,
      label: row.name,
      before: presentIntegration(row, deps),
      after: { ...after, ...omitUndefined({ accessToken, appSecret, verifyToken }) },
    });
    return shownOne(scope, after);
  };

  const assertNotLocked = (row: IntegrationRow, what: string): void => {
    if (environment.lockedFields(row.phoneNumberId).length === 0) return;
    throw new WhatsAppError(
      'locked_by_environment',
      `This number is set by the environment of the server: ${what} there.`,
    );
  };

  const verifyTokenOf = (row: IntegrationRow): string => {
    const place = placeOf(TABLES.integrations, row.documentId, 'verify_token_sealed');
    return environment.of(row.phoneNumberId).verifyToken ?? secrets.open(row.verifyTokenSealed, place) ?? '';
  };

  return {
    async list(scope: Scope, page: { limit: number; cursor?: string }) {
      const after = page.cursor ? decodeCursor(page.cursor) : null;
      const rows = await createIntegrationRepository(db, scope).list(page.limit + 1, after);
      const current = rows.slice(0, page.limit);
      const last = current[current.length - 1];
      const more = rows.length > page.limit && last !== undefined;
      return {
        data: await shown(
          scope,
          current.map((row) => presentIntegration(row, deps)),
        ),
        meta: { nextCursor: more ? encodeCursor({ at: 0, id: last.id }) : null },
      };
    },
    async findOne(scope: Scope, id: number | null): Promise<Integration> {
      return shownOne(scope, presentIntegration(await load(scope, id), deps));
    },
    /** Answers the verify token once. A number that was disconnected here before continues its history. */
    async create(scope: Scope, input: IntegrationCreate): Promise<Integration> {
      const verifyToken = input.verifyToken ?? randomToken(40);
      const id = await connector.connect(scope, input.phoneNumberId, { ...input, verifyToken });
      await announce(scope, id, { action: 'integration.create', label: input.name, after: input });
      // The simulator learns of a sandbox number only once it is here.
      if (!input.sandbox) deps.onConnected();
      return shownOne(scope, presentIntegration(await load(scope, id), deps, verifyToken));
    },
    async update(scope: Scope, id: number | null, input: IntegrationPatch): Promise<Integration> {
      const row = await load(scope, id);
      const wanted = withoutRepeats(row, withoutLocked(row, environment, input));
      assertEndpoint(wanted.endpointUrl, allowance);
      assertTokenStays(environment.of(row.phoneNumberId).endpointUrl ?? row.endpointUrl, wanted);
      return save(scope, row, columnsOf(secrets, row.documentId, wanted), 'integration.update', wanted);
    },
    /** Sets `active`, or flips it when nothing is said. */
    async toggle(scope: Scope, id: number | null, active?: boolean): Promise<Integration> {
      const row = await load(scope, id);
      return save(scope, row, { active: active ?? !row.active }, 'integration.toggle');
    },
    async revealVerifyToken(scope: Scope, id: number | null): Promise<Integration> {
      const row = await load(scope, id);
      await audit.record(null, {
        organizationId: scope.organizationId,
        action: 'integration.reveal-verify-token',
        target: { type: 'integration', id: row.id, label: row.name },
      });
      return shownOne(scope, presentIntegration(row, deps, verifyTokenOf(row)));
    },
    /** A new verify token. Meta asks for it only when an address is saved there, so what is set up keeps working. */
    async rotateVerifyToken(scope: Scope, id: number | null): Promise<string> {
      const row = await load(scope, id);
      const verifyToken = randomToken(40);
      const wanted = withoutLocked(row, environment, { verifyToken });
      const columns = columnsOf(secrets, row.documentId, wanted);
      await save(scope, row, columns, 'integration.rotate-verify-token', { verifyToken });
      return verifyToken;
    },
    /** What `remove` with `erase` would take along. */
    async historyCounts(scope: Scope, id: number | null): Promise<HistoryCounts.Response['data']> {
      return countHistory(db, scope, (await load(scope, id)).id);
    },
    /** `keep` forgets the secrets and leaves the threads readable; `erase` takes them along. */
    async remove(scope: Scope, id: number | null, history: HistoryChoice): Promise<void> {
      const row = await load(scope, id);
      assertNotLocked(row, 'take it out');
      await createIntegrationRepository(db, scope).update(row.id, disconnected(row, now()), now());
      registry.invalidate();
      // Only now: webhooks that came in while it was being erased would leave something behind.
      const counts = await countHistory(db, scope, row.id);
      const files = history === 'erase' ? await eraseNumber(db, scope, row) : [];
      await announce(scope, row.id, {
        action: history === 'erase' ? 'integration.erase' : 'integration.delete',
        label: row.name,
        before: history === 'erase' ? counts : null,
      });
      for (const messageId of files) {
        await deps.removeFile(scope.organizationId, messageId).catch(deps.onError);
      }
    },
    /** All numbers of a tenant, for the Doctor: a site has a handful. */
    async all(scope: Scope): Promise<Integration[]> {
      const rows = await createIntegrationRepository(db, scope).list(ALL, null);
      return shown(
        scope,
        rows.map((row) => presentIntegration(row, deps)),
      );
    },
    lastWebhookAt: (id: number): Promise<number | null> => lastWebhookOf(db, id),
    /** Run at boot, for the default organization. */
    async connectFromEnvironment(scope: Scope): Promise<void> {
      for (const id of await connector.connectFromEnvironment(scope)) {
        const event = { action: 'integration.connect-from-environment', actor: SYSTEM } as const;
        await announce(scope, id, { ...event, label: null });
      }
    },
  };
};

export type Integrations = ReturnType<typeof createIntegrations>;
