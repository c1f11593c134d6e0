import type { WhatsAppConfig } from './config';
import { createGroupCommit } from './inbound/buffer';
import { createDrain, type Delivery, type DrainReport } from './inbound/drain';
import { createHeard } from './inbound/heard';
import { showOrphanedEdits } from './inbound/orphans';
import { createOverlap } from './inbound/overlap';
import { applyParked, dropOldParked, isParked } from './inbound/park';
import { createReceiver } from './inbound/receive';
import { createReplay } from './inbound/replay';
import { tellDeliveries } from './inbound/tell';
import type { Health } from './integrations/health';
import type { Registry } from './integrations/registry';
import { noteWebhook } from './integrations/repository';
import { coalesce } from './jobs/coalesce';
import { failureOfStatus } from './outbound/failure';
import type { Database } from './storage/database';
import type { Dialect } from './storage/dialect';
import { createPayloadBox } from './webhooks-log/payload';
import { createRejections } from './webhooks-log/rejections';
import { createWebhookLog } from './webhooks-log/service';
import { saveRejected } from './webhooks-log/upkeep';

interface Deps {
  db: Database;
  options: WhatsAppConfig;
  registry: Registry;
  health: Health;
  debug: { isOn(): boolean; log(line: string): void };
  log: { warn(line: string): void; error(line: string): void };
  /** Keys of what is kept of calls, newest first. */
  payloadKeys: string[];
  /** Names this process among those that share the database. */
  owner: string;
  now(): number;
  notify(): void;
  wakeJobs(): void;
  onError(error: unknown): void;
}

/** Events per drain; keeps one write transaction around 20 ms on SQLite. */
const DRAIN_EVENTS = 500;

/**
 * At a time. PostgreSQL writes one while we prepare another, on another core. SQLite has one writer; InnoDB's gap locks
 * would make them wait for each other.
 */
const DRAINS: Record<Dialect, number> = { sqlite: 1, postgres: 2, mysql: 1 };

/** Everything that comes in: Meta's calls, their log and what early news wait for. Wiring only. */
export const createReceiving = (deps: Deps) => {
  const { db, options, registry, debug, log, now, notify, onError } = deps;
  const payloads = createPayloadBox(() => deps.payloadKeys);
  const webhookLog = createWebhookLog({ db, payloads, startedAt: now() });
  const rejections = createRejections(now, options.webhook.rejectedPerMinute);
  const noteNumbers = createHeard({ now, onError, note: (heard, at) => noteWebhook(db, heard, at) });
  const settleParked = (): Promise<number> => applyParked(db, failureOfStatus, now());
  const settleSoon = coalesce(async () => {
    if ((await settleParked()) > 0) notify();
  }, onError);

  const afterDrain = (deliveries: Delivery[], { applied, quarantined }: DrainReport): void => {
    notify();
    if (debug.isOn()) tellDeliveries(deliveries, payloads, debug.log).catch(onError);
    noteNumbers(deliveries);
    if (applied.some(({ mediaJobs, templates }) => mediaJobs + templates > 0)) deps.wakeJobs();
    if (applied.some(({ numbers }) => numbers > 0)) {
      registry.invalidate();
      if (options.health.enabled) void deps.health.tick();
    }
    if (quarantined > 0) log.warn(`[whatsapp] ${quarantined} webhook event(s) quarantined`);
  };

  const overlap = createOverlap(settleSoon);
  const drain = createDrain(db, failureOfStatus, now);
  const { bufferDeliveries: deliveries, bufferBytes: bytes } = options.webhook;
  const buffer = createGroupCommit<Delivery>(
    { deliveries, bytes, drainEvents: DRAIN_EVENTS, drains: DRAINS[db.dialect] },
    async (batch) => {
      afterDrain(batch, await overlap(() => drain(batch)));
      return batch.map(() => null);
    },
  );

  return {
    buffer,
    webhookLog,
    rejections,
    replay: createReplay({ registry, buffer, log: webhookLog }),
    receiver: createReceiver(registry, buffer, now, {
      onRejected: rejections.note,
      seal: payloads.seal,
      onOutage: (why) => log.error(`[whatsapp] webhooks are answered 503, Meta delivers again: ${why}`),
    }),
    /** A message has its id now: news that came before the id find it. */
    async onAccepted(integrationId: number, wamid: string): Promise<void> {
      if (await isParked(db, integrationId, wamid)) settleSoon();
    },
    upkeep: {
      applyParked: settleParked,
      dropOldParked: () => dropOldParked(db, now()),
      showOrphanedEdits: () => showOrphanedEdits(db, failureOfStatus, now()),
      async saveRejected() {
        for (const hour of rejections.take()) await saveRejected(db, deps.owner, hour);
      },
    },
  };
};
