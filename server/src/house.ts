import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { createAccounts } from './accounts';
import { offerMarketer } from './access/marketer';
import { createPeople } from './access/people';
import { watchRoles } from './audit/roles';
import { createAudit, type Caller } from './audit/service';
import { createStrapiRelay } from './audit/strapi-log';
import { createGraphClient, type GraphClient } from './cloud-api/client';
import { splitEndpoint } from './cloud-api/endpoint';
import { GraphError } from './cloud-api/graph-error';
import type { WhatsAppConfig } from './config';
import { DEFAULT_GRAPH_URL, PLUGIN_ID } from './constants';
import { createAssign } from './conversations/assign';
import { createReveal } from './contacts/reveal';
import { createConversations } from './conversations/service';
import { createDebug } from './debug/service';
import { createDebugStore } from './debug/store';
import { watchClient } from './debug/watch-client';
import { callerOf } from './http/caller';
import { idOf } from './http/validate';
import { createGroupCommit } from './inbound/buffer';
import { createDrain, type Delivery, type DrainReport } from './inbound/drain';
import { showOrphanedEdits } from './inbound/orphans';
import { applyParked, dropOldParked, isParked } from './inbound/park';
import { createReceiver } from './inbound/receive';
import { createReplay } from './inbound/replay';
import type { Watch } from './integrations/inspect';
import type { ConnectedNumber } from './integrations/registry';
import { noteConnection, noteWebhook } from './integrations/repository';
import { createEmbeddedEngine } from './jobs/engine';
import { createJobQueue } from './jobs/queue';
import { createMaintenance } from './maintenance';
import { createMediaLinks } from './media/links';
import { createLibraryCopies, uploadsOf } from './media/library';
import { createMedia } from './media/service';
import { createMediaStore } from './media/store';
import { createReread } from './messages/reread';
import { createMessages } from './messages/service';
import { createApiAccess } from './organizations/api-access';
import { createOrganizationAdmin } from './organizations/manage';
import { createOpening } from './organizations/opening';
import { createOrganizations } from './organizations/service';
import { failureOfStatus } from './outbound/failure';
import { createOutbox } from './outbound/outbox';
import { createPauses } from './outbound/pauses';
import { textContent } from './outbound/contract';
import { createHub } from './realtime/hub';
import { createStreams } from './realtime/stream';
import { createSending } from './sending';
import { createLibrary } from './uploads/library';
import { createSandbox } from './sandbox/service';
import { loadSimulator } from './sandbox/simulator-port';
import { createDatabase } from './storage/database';
import { withoutBindings } from './storage/db-errors';
import { createTemplateAlerts } from './templates/alerts';
import { createTemplateNews } from './templates/news';
import { createTemplates } from './templates/service';
import { createTemplateSync } from './templates/sync';
import { randomToken } from './storage/ids';
import type { Scope } from './storage/scope';
import { createPayloadBox } from './webhooks-log/payload';
import { redactPayload } from './webhooks-log/redact-payload';
import { createRejections } from './webhooks-log/rejections';
import { createWebhookLog } from './webhooks-log/service';
import { saveRejected } from './webhooks-log/upkeep';

/** Events per drain; keeps one write transaction around 20 ms on SQLite. */
const DRAIN_EVENTS = 500;
/** "Last event" of a number is for people: a few seconds old is fine, a write per webhook is not. */
const NOTE_WEBHOOK_MS = 5_000;
const SWEEP_MS = 2_000;
const POLL_MS = 400;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Builds every room once per Strapi and hands each what it needs. Wiring only. */
export const createHouse = (strapi: Core.Strapi) => {
  const options = strapi.config.get<WhatsAppConfig>(`plugin::${PLUGIN_ID}`);
  const now = (): number => Date.now();
  const onError = (error: unknown): void => {
    const safe = withoutBindings(error);
    strapi.log.error(`[whatsapp] ${safe instanceof Error ? (safe.stack ?? safe.message) : String(safe)}`);
  };
  const owner = `${hostname()}:${process.pid}:${randomToken(8)}`;
  const apiPrefix = strapi.config.get<string>('api.rest.prefix', '/api');
  const inApp = (target: string): string => path.resolve(strapi.dirs.app.root, target);

  const db = createDatabase(strapi);
  const hub = createHub(db, { pollMs: POLL_MS, onError });
  const notify = hub.wake;
  const streams = createStreams(hub, onError);
  const caller = (): Caller | null => callerOf(strapi);
  const audit = createAudit({ db, now, caller, tell: createStrapiRelay(strapi, onError) });
  const debug = createDebug({ store: createDebugStore(strapi), now, onError });
  const debugLog = (line: string): void => void strapi.log.info(`[whatsapp] debug: ${line}`);
  watchRoles(strapi, { audit, caller, onError });
  const organizations = createOrganizations(db, now);
  const webhookPath = (key: string): string => `${apiPrefix}/${PLUGIN_ID}/webhook/${key}`;
  const strapiKey = strapi.config.get<string | undefined>('admin.secrets.encryptionKey');
  const localCallback = (key: string): string | null => {
    const address = strapi.server.httpServer.address();
    if (address === null || typeof address === 'string') return null;
    return `http://${loopbackOf(address)}:${address.port}${webhookPath(key)}`;
  };
  const pauses = createPauses(db, now);
  const accounts = createAccounts({
    pauses: { ...pauses, wake: (id) => engine.wake(`send:${id}`) },
    owner,
    clientFor: (number, watch) => clientFor(number, watch),
    otherWebhookUrls({ sandbox: isSandbox, webhookKey }) {
      const site = strapi.config.get<string>('server.absoluteUrl', '');
      const own = [`${site}${apiPrefix}/${PLUGIN_ID}/webhook`, `${site}/api/v1/crm/whatsapp/webhook`];
      return [...own, ...(isSandbox ? [localCallback(webhookKey) ?? ''] : [])];
    },
    about: {
      plugin: ownVersion(),
      strapi: strapi.config.get<string>('info.strapi', 'unknown'),
      node: process.version,
      database: db.dialect,
    },
    db,
    options,
    strapiKey,
    audit,
    now,
    notify,
    removeFile: (organizationId, messageId) => mediaStore.remove(organizationId, messageId),
    onError,
    webhookUrl: (key) => `${strapi.config.get<string>('server.absoluteUrl', '')}${webhookPath(key)}`,
  });
  const { registry, integrations, encryption, health, doctor, presence, care } = accounts;
  const organizationAdmin = createOrganizationAdmin({
    db,
    organizations,
    registry,
    people: createPeople(strapi),
    audit,
    now,
    notify,
  });
  const apiAccess = createApiAccess({ strapi, db, organizations, audit });
  const links = createMediaLinks(mediaKey(strapi), `${apiPrefix}/${PLUGIN_ID}/media`, now);
  const uploadLinks = createMediaLinks(mediaKey(strapi), `${apiPrefix}/${PLUGIN_ID}/uploads`, now, 'uploads');
  const conversations = createConversations({
    db,
    now,
    notify,
    onRead: (conversationId, upToId) => void sending.receipts.opened(conversationId, upToId).catch(onError),
  });
  const { assignees } = organizationAdmin;
  const assign = createAssign({ db, conversations, audit, assignees, now, notify });
  const revealPhone = createReveal(db, audit);
  const messages = createMessages({ db, linkTo: links.to, idOf });

  const clientFor = (number: ConnectedNumber, watch: Watch = {}): GraphClient => {
    const endpoint = splitEndpoint(number.endpointUrl ?? DEFAULT_GRAPH_URL);
    const baseUrl = number.sandbox ? sandbox.url() : endpoint.baseUrl;
    if (baseUrl === null) throw new GraphError('unreachable', 'The simulator is not running.');
    if (!number.accessToken)
      throw new GraphError('credential', 'The access token cannot be read with this key.');
    const client = createGraphClient({
      baseUrl,
      version: number.apiVersion ?? endpoint.version ?? options.graphVersion,
      accessToken: number.accessToken,
      timeoutMs: options.sending.timeoutMs,
      agent: number.sandbox ? undefined : accounts.agentFor(baseUrl),
      ...watch,
    });
    return watchClient(client, { isOn: debug.isOn, log: debugLog, now });
  };

  const templates = createTemplates({ db, registry, now, review: options.templates.review });
  const templateSync = createTemplateSync({
    db,
    registry,
    clientFor,
    now,
    everyMs: options.templates.syncMinutes * 60_000,
    notify,
    onError,
    onStatus: (account, name, language) => sending.templateStatusChanged(account, name, language),
  });
  const templateAlerts = createTemplateAlerts(db);
  const templateNews = createTemplateNews({
    db,
    registry,
    clientFor,
    now,
    notify,
    onStatus: (account, name, language) => sending.templateStatusChanged(account, name, language),
  });
  const outbox = createOutbox(db, owner);
  /** Tokens that Meta has taken a message with; noted once each, not with every send. */
  const provenTokens = new Map<number, string | null>();
  const mediaStore = createMediaStore(inApp(options.media.directory));
  const wakeJobs = (): void => engine.wake('jobs');
  const sending = createSending({
    db,
    audit,
    registry,
    outbox,
    pauses,
    engine: () => engine,
    clientFor,
    options,
    mediaDirectory: inApp(options.media.directory),
    mediaStore,
    uploadLink: (id) => uploadLinks.to(`${id}/file`),
    now,
    notify,
    onError,
    opensAt: createOpening(db),
    async afterAccepted(integrationId, wamid) {
      const number = await registry.byId(integrationId);
      if (number && provenTokens.get(integrationId) !== number.accessToken) {
        provenTokens.set(integrationId, number.accessToken);
        if (await noteConnection(db, integrationId, 'verified', null, now())) registry.invalidate();
        notify();
      }
      if (await isParked(db, integrationId, wamid)) settleParked();
    },
    async onDeadToken(integrationId, error) {
      provenTokens.delete(integrationId);
      await noteConnection(db, integrationId, 'error', error.message, now());
      registry.invalidate();
      strapi.log.warn(
        `[whatsapp] number ${integrationId}: WhatsApp refuses the access token; sending is paused`,
      );
    },
  });
  const { lanes, outbound } = sending;
  const media = createMedia({
    db,
    store: mediaStore,
    registry,
    clientFor,
    maxBytes: options.media.maxBytes,
    now,
    notify,
    wake: wakeJobs,
    log: (warning) => strapi.log.warn(`[whatsapp] ${warning}`),
  });
  const copyToLibrary = createLibraryCopies({
    db,
    store: mediaStore,
    uploads: () => uploadsOf(strapi),
    now,
    notify,
    onError,
  });
  const reread = createReread({ db, now, notify, wake: wakeJobs });
  const queue = createJobQueue(
    db,
    {
      'media.fetch': {
        work: ({ messageId }, attempt) => media.fetch(Number(messageId), attempt),
        giveUp: ({ messageId }) => media.giveUp(Number(messageId)),
      },
      'media.copy': { work: ({ messageId }, attempt) => copyToLibrary(Number(messageId), attempt) },
      'messages.reread': { work: ({ after }) => reread.run(Number(after)).then(() => false) },
      'template.news': templateNews,
      ...sending.jobs,
    },
    { owner, now, onError },
  );

  const engine = createEmbeddedEngine(
    {
      run(lane, started) {
        if (lane === 'jobs') return queue.run(started);
        return lane === 'schedule' ? outbound.scheduled.run() : lanes.run(Number(lane.slice(5)), started);
      },
      async due() {
        const due = (await outbox.dueIntegrations(now())).map((id) => `send:${id}`);
        if (await queue.isDue()) due.push('jobs');
        if (await outbound.scheduled.isDue()) due.push('schedule');
        return due;
      },
    },
    { sweepMs: SWEEP_MS, onError },
  );

  const settleParked = coalesce(async () => {
    if ((await applyParked(db, failureOfStatus, now())) > 0) notify();
  }, onError);

  const noted = new Map<number, number>();
  const noteNumbers = (deliveries: Delivery[]): void => {
    const due = new Set<number>();
    const wrote = new Set<number>();
    for (const { units } of deliveries) {
      for (const { route, event } of units) {
        if (now() - (noted.get(route.integrationId) ?? 0) <= NOTE_WEBHOOK_MS) continue;
        due.add(route.integrationId);
        if (event.kind === 'message.received') wrote.add(route.integrationId);
      }
    }
    if (due.size === 0) return;
    due.forEach((id) => noted.set(id, now()));
    noteWebhook(db, { webhooks: [...due], messages: [...wrote] }, now()).catch(onError);
  };

  const payloadKeys = [...options.encryption.keys, strapiKey].flatMap((key) => key?.trim() || []);
  const payloads = createPayloadBox(() => payloadKeys);
  const webhookLog = createWebhookLog({ db, payloads, startedAt: now() });

  const tellDeliveries = async (deliveries: Delivery[]): Promise<void> => {
    for (const { record } of deliveries) {
      const { outcome, events, bytes, summary, body } = record;
      const kept = body === null ? null : await payloads.open(body);
      const shape = kept ? redactPayload(kept, 0) : '(content not kept)';
      debugLog(`webhook ${outcome} ${events} events ${bytes} bytes ${JSON.stringify(summary)} ${shape}`);
    }
  };

  const afterDrain = (deliveries: Delivery[], report: DrainReport): void => {
    notify();
    if (debug.isOn()) tellDeliveries(deliveries).catch(onError);
    noteNumbers(deliveries);
    if (report.applied.some((applied) => applied.mediaJobs + applied.templates > 0)) wakeJobs();
    if (report.applied.some((applied) => applied.numbers > 0)) {
      registry.invalidate();
      if (options.health.enabled) void health.tick();
    }
    if (report.quarantined > 0)
      strapi.log.warn(`[whatsapp] ${report.quarantined} webhook event(s) quarantined`);
  };

  const drain = createDrain(db, failureOfStatus, now);
  const buffer = createGroupCommit<Delivery>(
    {
      deliveries: options.webhook.bufferDeliveries,
      bytes: options.webhook.bufferBytes,
      drainEvents: DRAIN_EVENTS,
    },
    async (deliveries) => {
      const report = await drain(deliveries);
      afterDrain(deliveries, report);
      return deliveries.map(() => null);
    },
  );
  const rejections = createRejections(now, options.webhook.rejectedPerMinute);
  const receiver = createReceiver(registry, buffer, now, {
    onRejected: rejections.note,
    seal: payloads.seal,
    onOutage: (why) => strapi.log.error(`[whatsapp] webhooks are answered 503, Meta delivers again: ${why}`),
  });

  const replay = createReplay({ registry, buffer, log: webhookLog });

  const sandbox = createSandbox({
    enabled: options.simulator.enabled,
    registry,
    integrations,
    load: () => loadSimulator({ stateFile: inApp(options.simulator.stateFile), onError }),
    callbackUrl: localCallback,
    links: createMediaLinks(mediaKey(strapi), `${apiPrefix}/${PLUGIN_ID}/simulator/media`, now, 'simulator'),
    onChange: () => hub.signal('simulator'),
    hasConversations: async (scope) => (await conversations.overview(scope)).hasConversations,
    async answer(scope, customer, text) {
      const { messageId } = await outbound.send({
        scope,
        addressee: customer.phone ? { phone: customer.phone } : { userId: customer.userId },
        integrationId: null,
        content: textContent(text),
        scheduledAt: null,
        cancelOnReply: false,
        hours: 'ignore',
        replyTo: null,
        clientKey: null,
        origin: 'agent',
        author: { id: null, name: 'Demo' },
      });
      const { conversationId } = await messages.findOne(scope, messageId);
      await conversations.markRead(scope, Number(conversationId), null);
    },
  });

  const maintain = createMaintenance({
    db,
    outbox,
    now,
    abandonedAfterMs: options.sending.timeoutMs + 10_000,
    retention: options.retention,
    applyParked: () => applyParked(db, failureOfStatus, now()),
    dropOldParked: () => dropOldParked(db, now()),
    keepPayloadDays: options.webhook.keepPayloadDays,
    async saveRejected() {
      for (const hour of rejections.take()) await saveRejected(db, owner, hour);
    },
    scheduled: async () => {
      if ((await outbound.scheduled.dropAnswered()) > 0) notify();
    },
    sweep: sending.sweep,
    showOrphanedEdits: () => showOrphanedEdits(db, failureOfStatus, now()),
    dropUnfinishedFiles: () => mediaStore.dropUnfinished(now() - DAY_MS),
    notify,
    onError,
  });

  /** Under way since the server listens; settled at once afterwards. */
  let marketer: Promise<void> = Promise.resolve();

  /** The number behind an id, as Meta writes it; for a number that is not connected yet. */
  const lookUpNumber = async (
    at: Pick<ConnectedNumber, 'accessToken' | 'sandbox' | 'phoneNumberId'> & { endpointUrl?: string },
  ): Promise<string | null> => {
    const probe = { ...at, endpointUrl: at.endpointUrl ?? null, apiVersion: null } as ConnectedNumber;
    return (await clientFor(probe).getPhoneNumber(at.phoneNumberId)).displayPhoneNumber;
  };

  return {
    lookUpNumber,
    options,
    now,
    onError,
    db,
    audit,
    debug,
    organizations,
    organizationAdmin,
    apiAccess,
    registry,
    integrations,
    encryption,
    health,
    doctor,
    presence,
    care,
    conversations,
    assign,
    revealPhone,
    messages,
    templates,
    templateSync,
    templateAlerts,
    media,
    reread,
    mediaStore,
    links,
    outbound,
    uploads: sending.uploads,
    uploadLinks,
    library: createLibrary(strapi, sending.fetch),
    receipts: sending.receipts,
    blocking: sending.blocking,
    pauses,
    engine,
    hub,
    streams,
    buffer,
    receiver,
    webhookLog,
    replay,
    sandbox,
    maintain,
    /** Calls that were turned away because nobody here signed them. */
    rejectedWebhooks: rejections.total,
    offerMarketer(): void {
      marketer = offerMarketer(strapi).catch(onError);
    },
    marketerOffered: (): Promise<void> => marketer,
    /** The tenant of the site's own code, which names none. */
    defaultScope: async (): Promise<Scope> => ({ organizationId: (await organizations.default()).id }),
  };
};

export type House = ReturnType<typeof createHouse>;

const mediaKey = (strapi: Core.Strapi): string => {
  const keys = strapi.config.get<string[] | undefined>('server.app.keys');
  return Array.isArray(keys) && typeof keys[0] === 'string' ? keys[0] : randomToken(48);
};

/** Beside the bundle as beside the sources: two folders up. */
const ownVersion = (): string => {
  const manifest = readFileSync(path.join(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};

/** Our own server as the simulator reaches it: never over the network. */
const loopbackOf = ({ address, family }: AddressInfo): string => {
  if (address === '0.0.0.0' || address === '::' || address === '127.0.0.1') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
};

/** Runs at most one at a time, once more when asked meanwhile. */
const coalesce = (work: () => Promise<void>, onError: (error: unknown) => void): (() => void) => {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await work().catch(onError);
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
};

const houses = new WeakMap<Core.Strapi, House>();

/** The rooms of this Strapi; made in `bootstrap`, when the database is there. */
export const houseOf = (strapi: Core.Strapi): House => {
  let house = houses.get(strapi);
  if (!house) houses.set(strapi, (house = createHouse(strapi)));
  return house;
};
