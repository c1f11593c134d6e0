import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import { addJobs } from '../jobs/batch';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import type { AccountKey } from './accounts';
import { speakersOf } from './accounts';
import { addAlerts } from './alerts';
import { readListed } from './listing';
import { createTemplateRepository, factsOf, listedOf, type TemplateRow } from './repository';
import { templatesChanged } from './sync';
import { factsAfterNews, readTemplateNews, type TemplateNews } from './webhook-rule';

/** A template's webhook as inbound hands it over. */
export interface TemplateEvent extends AccountKey {
  field: string;
  value: Record<string, unknown>;
  at: number;
}

const keyOf = ({ organizationId, businessAccountId }: AccountKey): string =>
  `${organizationId}:${businessAccountId}`;

/**
 * Puts template webhooks behind the commit that stores messages: one small row here, all the work in a job. Answers how many
 * jobs there are. The events of an account stay together and in order.
 */
export const deferTemplateNews = async (
  db: Database,
  tx: Tx,
  events: TemplateEvent[],
  now: number,
): Promise<number> => {
  const groups = new Map<string, TemplateEvent[]>();
  for (const event of events) groups.set(keyOf(event), [...(groups.get(keyOf(event)) ?? []), event]);
  const jobs = [...groups.values()].map((group) => ({
    kind: 'template.news' as const,
    organizationId: group[0].organizationId,
    payload: {
      organizationId: group[0].organizationId,
      businessAccountId: group[0].businessAccountId,
      events: JSON.stringify(group.map(({ field, value, at }) => ({ field, value, at }))),
    },
  }));
  await addJobs(db, tx, jobs, now);
  return jobs.length;
};

interface Deps {
  db: Database;
  registry: Registry;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
  notify(): void;
  /** The status of a template has changed: what waits for it may go on, or never will. */
  onStatus(account: AccountKey, name: string, language: string): Promise<void>;
}

/** Does what template webhooks ask for. Applying one twice changes nothing. */
export const createTemplateNews = (deps: Deps) => {
  const { db, registry, clientFor, now } = deps;

  const rowOf = async (account: AccountKey, news: TemplateNews): Promise<TemplateRow | null> => {
    const repository = createTemplateRepository(db, account);
    const { businessAccountId } = account;
    if (news.metaId !== null) return repository.byMetaId(businessAccountId, news.metaId);
    return repository.byName(businessAccountId, news.name, news.language);
  };

  /** Whether Meta has to be asked. */
  const apply = async (account: AccountKey, news: TemplateNews): Promise<boolean> => {
    const row = await rowOf(account, news);
    const named = row === null ? news : { ...news, ...nameOf(row) };
    await db.transaction(async (tx) => {
      const repository = createTemplateRepository(db, account);
      const current = row && (await repository.locked(tx, Number(row.id)));
      if (current && news.removed) await repository.markRemoved(tx, [Number(current.id)], now());
      if (current) await repository.saveFacts(tx, Number(current.id), factsAfterNews(factsOf(current), news));
      await addAlerts(db, tx, account, [named]);
      await appendChanges(db, tx, [templatesChanged(account)], now());
    });
    if (row && (news.change?.status !== undefined || news.removed)) {
      await deps.onStatus(account, String(row.name), String(row.language));
    }
    return (row === null && !news.removed) || news.change === null;
  };

  const nameOf = (row: TemplateRow) => {
    const { metaId, name, language } = listedOf(row);
    return { metaId, name, language };
  };

  /** What Meta says of one template now. Throws a GraphError. */
  const refetch = async (account: AccountKey, { metaId, name, language }: TemplateNews): Promise<void> => {
    const own = (await registry.all()).filter(
      (number) =>
        number.organizationId === account.organizationId &&
        number.businessAccountId === account.businessAccountId &&
        number.accessToken !== null,
    );
    const [speaker] = speakersOf(own);
    const id = metaId ?? (await rowOf(account, { metaId, name, language } as TemplateNews))?.meta_id;
    if (!speaker || id === null || id === undefined) return;
    const askedAt = now();
    const template = readListed(await clientFor(speaker).getTemplate(String(id)));
    if (!template) return;
    const repository = createTemplateRepository(db, account);
    const row = await repository.byMetaId(account.businessAccountId, template.metaId);
    await db.transaction(async (tx) => {
      if (row) await repository.update(tx, Number(row.id), template, askedAt);
      else await repository.insert(tx, account.businessAccountId, [template], askedAt);
      await appendChanges(db, tx, [templatesChanged(account)], now());
    });
    await deps.onStatus(account, template.name, template.language);
  };

  return {
    /** The job: true to be asked again, when Meta could not be asked. */
    async work(payload: Record<string, unknown>): Promise<boolean> {
      const account = {
        organizationId: Number(payload.organizationId),
        businessAccountId: String(payload.businessAccountId),
      };
      const events = JSON.parse(String(payload.events)) as Omit<TemplateEvent, keyof AccountKey>[];
      const unclear = new Map<string, TemplateNews>();
      for (const { field, value, at } of events) {
        const news = readTemplateNews(field, value, at);
        if (news && (await apply(account, news)))
          unclear.set(news.metaId ?? `${news.name}:${news.language}`, news);
      }
      let again = false;
      for (const news of unclear.values()) {
        try {
          await refetch(account, news);
        } catch (error) {
          // Refused: it is gone, or none of this token's business. Silence: asked again later.
          if (toGraphError(error, { sending: false }).retryable) again = true;
        }
      }
      deps.notify();
      return again;
    },
  };
};
