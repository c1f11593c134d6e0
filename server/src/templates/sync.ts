import { GraphError } from '../cloud-api/graph-error';
import type { GraphClient } from '../cloud-api/client';
import { notFound, WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { createAccountRows, speakersOf, type AccountKey } from './accounts';
import type { SyncResult } from './contract';
import { readListed, type ListedTemplate } from './listing';
import { createTemplateRepository } from './repository';
import { planSync } from './sync-plan';

interface Deps {
  db: Database;
  registry: Registry;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
  /** Between two readings of an account, ms; 0: never by itself. */
  everyMs: number;
  notify(): void;
  onError(error: unknown): void;
  /** The status of a template may have changed: what waits for it may go on, or never will. */
  onStatus(account: AccountKey, name: string, language: string): Promise<void>;
}

/** Invalid parameter, and Meta's own word for a cursor that has ended. */
const STALE_CURSOR = [100, 131059];
/** Accounts read in one turn; the next ones follow a minute later. */
const PER_TURN = 20;
/** After a listing that broke off; a number that has a problem waits for its turn. */
const RETRY_MS = 5 * 60_000;
const RETRY_FIRST_MS = 60_000;

/** What went wrong with an account, for people: Meta's own sentence when it gave one, never more than that. */
const sentenceOf = (error: unknown): string => {
  if (error instanceof GraphError) return error.meta?.title ?? error.message;
  return error instanceof WhatsAppError ? error.message : 'The listing failed.';
};

/** Spread by a tenth, so that a fleet of sites does not ask Meta in the same second. */
export const nextTurn = (now: number, everyMs: number, random: number): number =>
  now + Math.round(everyMs * (0.95 + random / 10));

export const nothingDone = (): SyncResult => ({
  created: 0,
  updated: 0,
  removed: 0,
  unchanged: 0,
  failed: [],
});

/** Reading of whole accounts from Meta: by hand and on a schedule. */
export const createTemplateSync = (deps: Deps) => {
  const { db, registry, clientFor, now, everyMs } = deps;
  const accounts = createAccountRows(db);
  let turn: Promise<void> | null = null;

  const listOnce = async (number: ConnectedNumber): Promise<{ listed: ListedTemplate[]; error: unknown }> => {
    const listed: ListedTemplate[] = [];
    try {
      for await (const page of clientFor(number).listTemplates(number.businessAccountId)) {
        listed.push(...page.flatMap((item) => readListed(item) ?? []));
      }
      return { listed, error: null };
    } catch (error) {
      return { listed, error };
    }
  };

  /** A cursor ends when its template goes while the list is read: one more try begins anew. */
  const listAll = async (number: ConnectedNumber): ReturnType<typeof listOnce> => {
    const first = await listOnce(number);
    const isStale =
      first.listed.length > 0 &&
      first.error instanceof GraphError &&
      STALE_CURSOR.includes(first.error.meta?.code ?? -1);
    return isStale ? listOnce(number) : first;
  };

  /** The most that Meta allows; a refusal to tell is no reason to fail. */
  const limitOf = async (number: ConnectedNumber): Promise<number | null> => {
    try {
      return (await clientFor(number).templateCounts(number.businessAccountId)).limit;
    } catch (error) {
      if (error instanceof GraphError) return null;
      throw error;
    }
  };

  const syncAccount = async (scope: Scope, number: ConnectedNumber, result: SyncResult): Promise<void> => {
    const askedAt = now();
    const { listed, error } = await listAll(number);
    if (error !== null) result.failed.push({ integrationId: String(number.id), error: sentenceOf(error) });
    const limit = error === null ? await limitOf(number) : null;
    const repository = createTemplateRepository(db, scope);
    const { businessAccountId } = number;
    const plan = planSync(await repository.stored(businessAccountId), listed, error === null, askedAt);
    const at = now();
    const key = { organizationId: scope.organizationId, businessAccountId };
    const changes = plan.created.length + plan.updated.length + plan.removed.length;
    // That an account without templates has been read is news too, once.
    const hasNews = changes > 0 || (error === null && (await accounts.isUnread(key)));
    await db.transaction(async (tx) => {
      await repository.insert(tx, businessAccountId, plan.created, askedAt);
      for (const { id, template } of plan.updated) await repository.update(tx, id, template, askedAt);
      await repository.markRemoved(tx, plan.removed, at);
      if (error === null) {
        await repository.markSynced(tx, businessAccountId, askedAt);
        await accounts.noteSynced(tx, key, { count: listed.length, limit }, at);
      }
      if (hasNews) await appendChanges(db, tx, [templatesChanged(scope)], at);
    });
    if (hasNews) deps.notify();
    for (const { template } of plan.updated) await deps.onStatus(key, template.name, template.language);
    result.created += plan.created.length;
    result.updated += plan.updated.length;
    result.removed += plan.removed.length;
    result.unchanged += plan.unchanged;
  };

  const syncDue = async (key: AccountKey, number: ConnectedNumber, id: number): Promise<void> => {
    const result = nothingDone();
    await syncAccount(key, number, result);
    if (result.failed.length === 0 || number.problem !== null) return;
    const wait = (await accounts.isUnread(key)) ? RETRY_FIRST_MS : RETRY_MS;
    await accounts.putForward(id, now() + wait);
  };

  const readDue = async (): Promise<void> => {
    const speakers = speakersOf((await registry.all()).filter(({ accessToken }) => accessToken !== null));
    if (speakers.length === 0) return;
    await db.transaction((tx) => accounts.ensure(tx, speakers, now()));
    for (const { id, dueAt, ...key } of await accounts.due(now(), PER_TURN)) {
      if (!(await accounts.claim(id, dueAt, nextTurn(now(), everyMs, Math.random())))) continue;
      const number = speakers.find(
        (each) =>
          each.organizationId === key.organizationId && each.businessAccountId === key.businessAccountId,
      );
      if (number) await syncDue(key, number, id).catch(deps.onError);
    }
  };

  const tick = (): Promise<void> => {
    turn ??= readDue()
      .catch(deps.onError)
      .finally(() => {
        turn = null;
      });
    return turn;
  };

  return {
    /** Reads every account of the tenant from Meta (or one number's). An account that fails does not stop the others. */
    async now(scope: Scope, integrationId: number | null): Promise<SyncResult> {
      const own = (await registry.all()).filter(
        ({ organizationId, id }) =>
          organizationId === scope.organizationId && (integrationId === null || id === integrationId),
      );
      if (integrationId !== null && own.length === 0) throw notFound('Integration');
      const result = nothingDone();
      for (const number of speakersOf(own)) await syncAccount(scope, number, result);
      return result;
    },
    /** Reads what is due; a second call while one is under way joins it. */
    tick,
    /** The same for what has just become due: a turn under way may have looked before. Nothing where no schedule is. */
    async soon(): Promise<void> {
      if (everyMs === 0) return;
      await turn;
      await tick();
    },
  };
};

export type TemplateSync = ReturnType<typeof createTemplateSync>;

/** Says to the browsers of a tenant that templates are to be read anew. */
export const templatesChanged = ({ organizationId }: Scope) => ({
  organizationId,
  integrationId: null,
  conversationId: null,
  messageId: null,
  kind: 'template.updated' as const,
});
