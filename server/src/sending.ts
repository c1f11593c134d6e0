import path from 'node:path';
import { createBlocking } from './blocking/service';
import type { Audit } from './audit/service';
import type { GraphClient } from './cloud-api/client';
import type { WhatsAppConfig } from './config';
import { closeWindows } from './conversations/batch';
import { isWindowOpen } from './conversations/service-window';
import type { ConnectedNumber, Registry } from './integrations/registry';
import { addJobs } from './jobs/batch';
import type { Engine } from './jobs/engine';
import type { JobHandler } from './jobs/queue';
import { createMediaStore, type MediaStore } from './media/store';
import { safeFetch } from './net/safe-fetch';
import type { GraphError } from './cloud-api/graph-error';
import { createFactsOf } from './outbound/facts';
import { createSendLanes } from './outbound/lane';
import { learnPair } from './outbound/learn-pair';
import { createOpenings } from './outbound/openings';
import type { Outbox } from './outbound/outbox';
import type { Pauses } from './outbound/pauses';
import { dailyLimitOf, rateOf } from './outbound/rates';
import { createReact, createReactionJob } from './outbound/react';
import { createReceipts } from './outbound/receipts';
import { releaseHeld } from './outbound/release-held';
import { createOutbound } from './outbound/service';
import type { Database } from './storage/database';
import type { Scope } from './storage/scope';
import { createTemplateGuard } from './template-use/access';
import type { TemplateUse } from './template-use/service';
import { createPrepareTemplate } from './templates/sending';
import { createUploads } from './uploads/service';

interface Deps {
  db: Database;
  audit: Audit;
  registry: Registry;
  outbox: Outbox;
  pauses: Pauses;
  engine(): Engine;
  clientFor(number: ConnectedNumber): GraphClient;
  options: WhatsAppConfig;
  mediaDirectory: string;
  mediaStore: MediaStore;
  uploadLink(id: string): string;
  now(): number;
  notify(): void;
  onError(error: unknown): void;
  templateUse: Pick<TemplateUse, 'bindings' | 'fill' | 'noteUse'>;
  /** Ids of a person's roles now; null for a super admin. */
  rolesOf(userId: number): Promise<string[] | null>;
  /** When business hours begin again, ms; null inside them. */
  opensAt(scope: Scope, at: number): Promise<number | null>;
  /** Meta took a message of this number. */
  afterAccepted(integrationId: number, wamid: string): Promise<void>;
  onDeadToken(integrationId: number, error: GraphError): Promise<void>;
}

/** Room for the file and no more; a slow server must not hold the caller's request for ever. */
const FETCH_TIMEOUT_MS = 30_000;

/** Everything that leaves: the verb, the lanes, files, receipts and the block list. Wiring only. */
export const createSending = (deps: Deps) => {
  const { db, audit, registry, outbox, pauses, clientFor, options, now, notify, onError } = deps;
  const number = registry.byId;
  const wake = (integrationId: number): void => deps.engine().wake(`send:${integrationId}`);
  const wakeJobs = (): void => deps.engine().wake('jobs');
  const wakeSchedule = (): void => deps.engine().wake('schedule');
  const fetch = (url: string) =>
    safeFetch(url, {
      maxBytes: options.media.maxBytes,
      timeoutMs: FETCH_TIMEOUT_MS,
      loopback: options.media.fetchLoopback,
    });

  const uploads = createUploads({
    db,
    store: createMediaStore(path.join(deps.mediaDirectory, 'uploads')),
    mediaStore: deps.mediaStore,
    clientFor,
    fetch,
    async fetchLater(organizationId, messageId) {
      const job = { kind: 'media.fetch' as const, organizationId, payload: { messageId } };
      await db.transaction((tx) => addJobs(db, tx, [job], now()));
      wakeJobs();
    },
    linkTo: deps.uploadLink,
    now,
  });
  const openings = createOpenings(db, now);
  const receipts = createReceipts({ db, number, clientFor, now, wakeJobs });

  const dailyLimitFreesAt = async (
    from: ConnectedNumber,
    contactId: number | null,
  ): Promise<number | null> => {
    const limit = dailyLimitOf(from.messagingLimit);
    return limit === null ? null : openings.freesAt(from.businessAccountId, contactId, limit);
  };

  const prepareTemplate = createPrepareTemplate({ db, clientFor, now });
  const assertTemplateAllowed = createTemplateGuard({ db, rolesOf: deps.rolesOf });
  const lanes = createSendLanes({
    outbox,
    number,
    clientFor,
    now,
    random: Math.random,
    rateOf: (from) => rateOf(from, options.sending),
    files: uploads.files,
    checkTemplate: prepareTemplate,
    assertTemplateAllowed,
    pausesOf: pauses.of,
    pause: pauses.pause,
    dailyLimitFreesAt,
    notify,
    async afterAccepted(row, sent, facts) {
      await deps.afterAccepted(row.integrationId, sent.wamid);
      const { organizationId, conversationId } = row;
      await learnPair(db, { organizationId, contactId: facts.contactId }, sent, now()).catch(onError);
      const window = { lastInboundAt: facts.lastInboundAt, refusedAt: facts.windowRefusedAt };
      if (isWindowOpen(window, now())) await receipts.replied(conversationId).catch(onError);
      else {
        const from = await number(row.integrationId);
        if (from) await openings.note(organizationId, from.businessAccountId, facts.contactId).catch(onError);
      }
    },
    onDeadToken: deps.onDeadToken,
    onWindowClosed: (row) => db.transaction((tx) => closeWindows(db, tx, [row.conversationId], now())),
  });

  const factsOf = createFactsOf({ now, dailyLimitFreesAt, opensAt: deps.opensAt });
  const outbound = createOutbound({
    db,
    audit,
    registry,
    files: uploads.files,
    factsOf,
    react: createReact({ db, audit, factsOf, now, wakeJobs, notify }),
    assertTemplateAllowed,
    templates: {
      prepare: prepareTemplate,
      assertAllowed: assertTemplateAllowed,
      bindings: deps.templateUse.bindings,
      fill: deps.templateUse.fill,
    },
    noteTemplateUse: deps.templateUse.noteUse,
    now,
    wake,
    wakeSchedule,
    notify,
    onError,
  });

  const reactionJob = createReactionJob({ db, number, clientFor, turn: lanes.turn, now, notify });

  return {
    lanes,
    outbound,
    uploads,
    receipts,
    fetch,
    blocking: createBlocking({ db, audit, number, clientFor, now, notify }),
    jobs: {
      'reaction.send': { work: (payload, { lastTry }) => reactionJob(payload, lastTry) },
      'receipt.send': { work: (payload, { lastTry }) => receipts.job(payload, lastTry) },
    } satisfies Record<string, JobHandler>,
    /** Messages that wait for this template are looked at again. */
    async templateStatusChanged(account: Scope, name: string, language: string): Promise<void> {
      const { organizationId } = account;
      (await releaseHeld(db, { organizationId, name, language })).forEach(wake);
    },
    /** What has to be tidied up from time to time. */
    async sweep(): Promise<void> {
      await uploads.sweep();
      await openings.dropOld();
    },
  };
};
