import { hostname } from 'node:os';
import type { Core } from '@strapi/strapi';
import { createAccounts } from './accounts';
import { offerMarketer } from './access/marketer';
import { createPeople } from './access/people';
import { watchRoles } from './audit/roles';
import { createAudit, type Caller } from './audit/service';
import { createStrapiRelay } from './audit/strapi-log';
import { createClients } from './clients';
import type { WhatsAppConfig } from './config';
import { PLUGIN_ID } from './constants';
import { createAssign } from './conversations/assign';
import { createReveal } from './contacts/reveal';
import { createConversations } from './conversations/service';
import { createDebug } from './debug/service';
import { createDebugStore } from './debug/store';
import { callerOf } from './http/caller';
import { idOf } from './http/validate';
import { createProvenTokens } from './integrations/proven-tokens';
import { createEmbeddedEngine } from './jobs/engine';
import { createJobQueue } from './jobs/queue';
import { createMaintenance } from './maintenance';
import { createMediaLinks } from './media/links';
import { createLibraryCopies, uploadsOf } from './media/library';
import { createMedia } from './media/service';
import { createFolderOwners } from './media/folder-owners';
import { createMediaStore } from './media/store';
import { createReread } from './messages/reread';
import { createMessages } from './messages/service';
import { createApiAccess } from './organizations/api-access';
import { createOrganizationAdmin } from './organizations/manage';
import { createOpening } from './organizations/opening';
import { createOrganizations } from './organizations/service';
import { createOutbox } from './outbound/outbox';
import { createPauses } from './outbound/pauses';
import { createHub } from './realtime/hub';
import { createStreams } from './realtime/stream';
import { createReceiving } from './receiving';
import { createSending } from './sending';
import { createLibrary } from './uploads/library';
import { createSampleAnswer } from './sandbox/answer';
import { createSandbox } from './sandbox/service';
import { loadSimulator } from './sandbox/simulator-port';
import { createSite } from './site';
import { TENANT_TABLES } from './tables';
import { createStart } from './start/service';
import { createDatabase } from './storage/database';
import { createDatabaseName } from './storage/database-name';
import { withoutBindings } from './storage/db-errors';
import { createTemplateLibrary } from './template-drafts/library';
import { createReview } from './template-drafts/review';
import { createSamples } from './template-drafts/samples';
import { createTemplateDrafts } from './template-drafts/service';
import { createSubmit } from './template-drafts/submit';
import { createTemplateAnalytics } from './templates/analytics';
import { createTemplateLife } from './templates/life';
import { createTemplateLedger } from './templates/ledger';
import { createSpeakerOf } from './templates/speaker';
import { createTemplateAlerts } from './templates/alerts';
import { createTemplateNews } from './templates/news';
import { createTemplateUse } from './template-use/service';
import { createTemplates } from './templates/service';
import { createTemplateSync } from './templates/sync';
import { randomToken } from './storage/ids';
import type { Scope } from './storage/scope';

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
  const site = createSite(strapi);

  const db = createDatabase(strapi);
  const hub = createHub(db, { pollMs: POLL_MS, onError });
  const notify = hub.wake;
  const streams = createStreams(hub, onError);
  const caller = (): Caller | null => callerOf(strapi);
  const audit = createAudit({ db, now, caller, tell: createStrapiRelay(strapi, onError) });
  const debug = createDebug({ store: createDebugStore(strapi), now, onError });
  const debugging = {
    isOn: debug.isOn,
    log: (line: string): void => void strapi.log.info(`[whatsapp] debug: ${line}`),
  };
  watchRoles(strapi, { audit, caller, onError });
  const organizations = createOrganizations(db, now);
  const pauses = createPauses(db, now);
  const { clientFor, lookUpNumber } = createClients({
    graphVersion: options.graphVersion,
    timeoutMs: options.sending.timeoutMs,
    simulatorUrl: () => sandbox.url(),
    agentFor: (baseUrl) => accounts.agentFor(baseUrl),
    debug: debugging,
    now,
  });
  const accounts = createAccounts({
    pauses: { ...pauses, wake: (id) => engine.wake(`send:${id}`) },
    owner,
    clientFor,
    otherWebhookUrls: ({ sandbox: isSandbox, webhookKey }) => [
      ...site.sharedWebhookUrls(),
      ...(isSandbox ? [site.localCallback(webhookKey) ?? ''] : []),
    ],
    about: { ...site.about, database: db.dialect },
    db,
    options,
    strapiKey: site.strapiKey,
    audit,
    now,
    notify,
    removeFile: (organizationId, messageId) => mediaStore.remove(organizationId, messageId),
    onConnected: () => void templateSync.soon(),
    onError,
    webhookUrl: site.webhookUrl,
  });
  const { registry, integrations, encryption, health, doctor, presence, care } = accounts;
  const people = createPeople(strapi);
  const organizationAdmin = createOrganizationAdmin({
    db,
    organizations,
    registry,
    people,
    audit,
    ownedTables: TENANT_TABLES,
    dropFiles: async (organizationId) => {
      // In a shared folder these may be another database's.
      if (!(await owners.isOursAlone())) return;
      await mediaStore.removeAll(organizationId);
      await sending.uploads.store.removeAll(organizationId);
    },
    onError,
    now,
    notify,
  });
  const apiAccess = createApiAccess({ strapi, db, organizations, audit });
  const linksTo = (below: string, purpose?: string) =>
    createMediaLinks(site.linkSecret, site.path(below), now, purpose);
  const links = linksTo('media');
  const uploadLinks = linksTo('uploads', 'uploads');
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
  const templateUse = createTemplateUse({
    strapi,
    db,
    audit,
    registry,
    people,
    template: templates.findOne,
    conversation: conversations.findOne,
    timeZoneOf: async ({ organizationId }) =>
      (await organizations.all()).find(({ id }) => id === organizationId)?.timeZone ?? 'UTC',
    attach: async (scope, file, kind) =>
      (await sending.uploads.create(scope, await library.findOfEntry(file.id), kind)).uploadId,
    send: (command) => outbound.send(command),
    now,
    notify,
  });
  const outbox = createOutbox(db, owner);
  const mediaDirectory = site.inApp(options.media.directory);
  const mediaStore = createMediaStore(mediaDirectory);
  const owners = createFolderOwners(mediaDirectory, createDatabaseName(strapi));
  const wakeJobs = (): void => engine.wake('jobs');
  const receiving = createReceiving({
    db,
    options,
    registry,
    health,
    debug: debugging,
    log: strapi.log,
    payloadKeys: [...options.encryption.keys, site.strapiKey].flatMap((key) => key?.trim() || []),
    owner,
    now,
    notify,
    wakeJobs,
    onError,
  });
  const { buffer, receiver, webhookLog, rejections, replay } = receiving;
  const warn = (line: string): void => void strapi.log.warn(line);
  const tokens = createProvenTokens({ db, registry, now, notify, warn });
  const sending = createSending({
    db,
    audit,
    registry,
    outbox,
    pauses,
    engine: () => engine,
    clientFor,
    options,
    mediaDirectory: site.inApp(options.media.directory),
    mediaStore,
    uploadLink: (id) => uploadLinks.to(`${id}/file`),
    now,
    notify,
    onError,
    opensAt: createOpening(db),
    templateUse,
    rolesOf: people.rolesOf,
    async afterAccepted(integrationId, wamid) {
      await tokens.accepted(integrationId);
      await receiving.onAccepted(integrationId, wamid);
    },
    onDeadToken: tokens.refused,
  });
  const { lanes, outbound } = sending;
  const library = createLibrary(strapi, sending.fetch);
  const templateLedger = createTemplateLedger(db, now);
  const templateDrafts = createTemplateDrafts({ db, registry, audit, ledger: templateLedger, now, notify });
  const speakerOf = createSpeakerOf(registry, clientFor);
  const templateLife = createTemplateLife({
    db,
    audit,
    ledger: templateLedger,
    speakerOf,
    now,
    notify,
    onStatus: sending.templateStatusChanged,
  });
  const templateSubmit = createSubmit({
    db,
    drafts: templateDrafts,
    ledger: templateLedger,
    speakerOf,
    audit,
    now,
    timeoutMs: options.sending.timeoutMs,
    review: options.templates.review,
    onStatus: sending.templateStatusChanged,
  });
  const media = createMedia({
    db,
    store: mediaStore,
    owners,
    registry,
    clientFor,
    maxBytes: options.media.maxBytes,
    now,
    notify,
    wake: wakeJobs,
    log: (warning) => warn(`[whatsapp] ${warning}`),
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
      'template.settle': { work: templateSubmit.settleLater },
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

  const sandbox = createSandbox({
    enabled: options.simulator.enabled,
    registry,
    integrations,
    load: () => loadSimulator({ stateFile: site.inApp(options.simulator.stateFile), onError }),
    callbackUrl: site.localCallback,
    links: linksTo('simulator/media', 'simulator'),
    onChange: () => hub.signal('simulator'),
    onConnected: () => void templateSync.soon(),
    hasConversations: async (scope) => (await conversations.overview(scope)).hasConversations,
    drawings: messages.drawings,
    answer: createSampleAnswer({ outbound, messages, conversations }),
  });

  const maintain = createMaintenance({
    db,
    outbox,
    now,
    abandonedAfterMs: options.sending.timeoutMs + 10_000,
    retention: options.retention,
    ...receiving.upkeep,
    keepPayloadDays: options.webhook.keepPayloadDays,
    scheduled: async () => {
      if ((await outbound.scheduled.dropAnswered()) > 0) notify();
    },
    sweep: sending.sweep,
    dropUnfinishedFiles: () => mediaStore.dropUnfinished(now() - DAY_MS),
    dropOrphanedFiles: media.dropOrphans,
    notify,
    onError,
  });

  /** Under way since the server listens; settled at once afterwards. */
  let marketer: Promise<void> = Promise.resolve();

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
    /** Says in the folder of received files that this database keeps some there. */
    signIntoMediaFolder: owners.signIn,
    start: createStart({ db, registry, now }),
    messages,
    templates,
    templateSync,
    templateAlerts,
    templateDrafts,
    templateSubmit,
    templateLife,
    templateAnalytics: createTemplateAnalytics({ db, ledger: templateLedger, speakerOf, now }),
    templateReview: createReview({ drafts: templateDrafts, audit, now }),
    templateSamples: createSamples({ drafts: templateDrafts, uploads: sending.uploads, speakerOf }),
    templateLibrary: createTemplateLibrary(speakerOf),
    media,
    reread,
    mediaStore,
    links,
    outbound,
    uploads: sending.uploads,
    uploadLinks,
    library,
    templateUse,
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
      marketer = offerMarketer(strapi, db, now()).catch(onError);
    },
    marketerOffered: (): Promise<void> => marketer,
    /** The tenant of the site's own code, which names none. */
    defaultScope: async (): Promise<Scope> => ({ organizationId: (await organizations.default()).id }),
  };
};

export type House = ReturnType<typeof createHouse>;

const houses = new WeakMap<Core.Strapi, House>();

/** The rooms of this Strapi; made in `bootstrap`, when the database is there. */
export const houseOf = (strapi: Core.Strapi): House => {
  let house = houses.get(strapi);
  if (!house) houses.set(strapi, (house = createHouse(strapi)));
  return house;
};
