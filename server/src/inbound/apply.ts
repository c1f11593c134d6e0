import { savePeople } from '../contacts/batch';
import { createPeople, type People } from '../contacts/people';
import { refuseWindows, touchConversations } from '../conversations/batch';
import { applyAccountNews, type AccountNews } from '../integrations/batch';
import { addJobs } from '../jobs/batch';
import { insertMessages, mergeStatuses, type DescribeError, type NewMessage } from '../messages/batch';
import { rewriteMessages } from '../messages/rewrite';
import { takeBackReaction, type Placed } from '../messages/targets';
import { settleUnknown } from '../outbound/settle';
import { appendChanges, type NewChange } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import { deferTemplateNews, type TemplateEvent } from '../templates/news';
import { storeActions } from './actions';
import { draftMessages, historyStatuses, touchesOf } from './drafts';
import { planStatuses, type StatusPlan } from './evidence';
import { lookUp, type Known, type KnownMessage } from './lookup';
import { forgetParked, unitOf } from './parked';
import { sortUnits, type Sorted, type Unit } from './plan';
import { writeTargets } from './targets';
import { tellsNames, wantedBy, wantedByStatuses } from './wanted';

export interface Applied {
  messages: number;
  duplicates: number;
  statuses: number;
  /** Events about messages that nobody knows yet. */
  parked: Unit[];
  mediaJobs: number;
  /** Numbers of which Meta told something that changed them. */
  numbers: number;
  /** Jobs about templates. */
  templates: number;
}

const newsOf = ({ accounts }: Sorted): AccountNews[] =>
  accounts.map(({ event: { field, value, timestamp }, route }) => ({
    ...route,
    field,
    value,
    at: timestamp,
  }));

const templateEventsOf = ({ templates }: Sorted): TemplateEvent[] =>
  templates.map(({ event: { field, value, timestamp, wabaId }, route }) => ({
    organizationId: route.organizationId,
    businessAccountId: wabaId,
    field,
    value,
    at: timestamp,
  }));

const knownOf = (message: NewMessage, id: number): KnownMessage => ({
  id,
  organizationId: message.organizationId,
  integrationId: message.integrationId,
  conversationId: message.conversationId,
  state: message.state,
  type: message.type,
  wamid: message.wamid,
});

const changeOf = (kind: NewChange['kind'], message: Placed): NewChange => ({
  kind,
  organizationId: message.organizationId,
  integrationId: message.integrationId,
  conversationId: message.conversationId,
  messageId: message.id,
});

/** A handful at most, and most often none: one by one. */
const takeBackReactions = async (
  db: Database,
  tx: Tx,
  refused: StatusPlan['refusedReactions'],
): Promise<Placed[]> => {
  const bare: Placed[] = [];
  for (const reaction of refused) {
    const placed = await takeBackReaction(db, tx, reaction);
    if (placed) bare.push(placed);
  }
  return bare;
};

/** A status that carries our send key tells the wamid: what speaks of that wamid finds the message from here on. */
const learnWamids = (sorted: Sorted, known: Known): void => {
  for (const { event, route } of sorted.statuses) {
    if (!event.opaque || known.byWamid(route.integrationId, event.wamid)) continue;
    const message = known.bySendKey(route.integrationId, event.opaque);
    if (message?.wamid === '') known.learn({ ...message, wamid: event.wamid });
  }
};

/** Parked events whose message is there now join the drain. */
const unpark = async (db: Database, tx: Tx, sorted: Sorted, known: Known): Promise<void> => {
  const due = known.parked.filter(({ integrationId, wamid }) => known.byWamid(integrationId, wamid));
  if (due.length === 0) return;
  const more = sortUnits(due.map(unitOf));
  sorted.statuses.push(...more.statuses);
  sorted.targets.push(...more.targets);
  await forgetParked(
    db,
    tx,
    due.map(({ id }) => id),
  );
};

/** Statuses name their recipient in several ways at once: those names lead to the same contact from here on. */
const learnRecipients = async (
  db: Database,
  tx: Tx,
  sorted: Sorted,
  known: Known,
  people: People,
): Promise<void> => {
  const waiting = sortUnits(known.parked.map(unitOf)).statuses.filter(tellsNames);
  if (waiting.length > 0) known.learnNames((await lookUp(db, tx, wantedByStatuses(waiting))).names);
  for (const { event, route } of [...sorted.statuses.filter(tellsNames), ...waiting]) {
    people.acquaint(route.organizationId, event.recipient, event.timestamp);
  }
};

/**
 * Writes the events of one drain inside an open transaction. Applying anything twice changes nothing: messages are
 * decided by their unique key, statuses by the maximum of their evidence, reactions by their time. `withParked`: events
 * that waited for these messages are applied along.
 */
export const applyUnits = async (
  db: Database,
  tx: Tx,
  units: Unit[],
  now: number,
  describe: DescribeError,
  withParked = true,
): Promise<Applied> => {
  const sorted = sortUnits(units);
  const known = await lookUp(db, tx, wantedBy(sorted));
  const people = createPeople((organizationId, alias) => known.contact(organizationId, alias));
  const { drafts, completions, duplicates } = draftMessages(sorted, known, people);
  await learnRecipients(db, tx, sorted, known, people);

  await savePeople(db, tx, people, now);
  const conversations = await touchConversations(db, tx, touchesOf(drafts), known.conversation, now);
  const messages = drafts.map(({ message, person }): NewMessage => ({
    ...message,
    conversationId: conversations.get(message.integrationId, person.id as number) as number,
  }));
  const ids = await insertMessages(db, tx, messages, known.messageIds, now);
  const created = messages.map((message) => knownOf(message, ids.get(message.key) as number));
  await rewriteMessages(db, tx, completions, 'standIns');
  const media = [
    ...messages
      .filter(({ media: file }) => file !== null)
      .map(({ key, organizationId }) => ({ organizationId, messageId: ids.get(key) as number })),
    ...completions.filter(({ media: file }) => file !== null),
  ];
  const jobs = addJobs(
    db,
    tx,
    media.map(({ organizationId, messageId }) => ({
      kind: 'media.fetch',
      organizationId,
      payload: { messageId },
    })),
    now,
  );
  tx.later(jobs);
  tx.later(storeActions(db, tx, sorted.actions));

  created.forEach(known.learn);
  learnWamids(sorted, known);
  sorted.statuses.push(...historyStatuses(sorted.messages));
  if (withParked) await unpark(db, tx, sorted, known);
  const statuses = planStatuses(sorted.statuses, known, describe);
  tx.later(mergeStatuses(db, tx, statuses.merges));
  await settleUnknown(
    db,
    tx,
    statuses.settled.map((message) => message.id),
  );
  tx.later(refuseWindows(db, tx, statuses.closed));
  const bare = await takeBackReactions(db, tx, statuses.refusedReactions);
  const targets = await writeTargets(db, tx, sorted.targets, known);

  const numbers = await applyAccountNews(db, tx, newsOf(sorted), now);

  const templates = await deferTemplateNews(db, tx, templateEventsOf(sorted), now);

  const updated = new Map([...statuses.touched, ...targets.touched]);
  completions.forEach(({ stored }) => updated.set(stored.id, stored));
  const changes = [
    ...created.map((message) => changeOf('message.created', message)),
    ...[...updated.values(), ...bare].map((message) => changeOf('message.updated', message)),
  ];
  tx.later(appendChanges(db, tx, changes, now));
  return {
    messages: messages.length,
    duplicates,
    statuses: statuses.merges.length,
    parked: [...statuses.unknown, ...targets.unknown],
    mediaJobs: media.length,
    numbers,
    templates,
  };
};
