import { aliasesOf } from '../contacts/identity';
import { savePeople } from '../contacts/batch';
import { aliasesToLookUp, createPeople, type People, type Person } from '../contacts/people';
import { refuseWindows, touchConversations, type Touch } from '../conversations/batch';
import { addJobs } from '../jobs/batch';
import { insertMessages, mergeStatuses, type DescribeError, type NewMessage } from '../messages/batch';
import { settleUnknown } from '../outbound/settle';
import { appendChanges, type NewChange } from '../realtime/changes';
import type { Database } from '../storage/database';
import { documentId } from '../storage/ids';
import type { Tx } from '../storage/transaction';
import { planStatuses } from './evidence';
import { lookUp, type Known, type KnownMessage, type Wanted } from './lookup';
import { forgetParked, unitOf } from './parked';
import { sortUnits, type Sorted, type ThreadEvent, type Unit } from './plan';
import { writeTargets } from './targets';

export interface Applied {
  messages: number;
  duplicates: number;
  statuses: number;
  /** Events about messages that nobody knows yet. */
  parked: Unit[];
  mediaJobs: number;
}

const personIdentity = (event: ThreadEvent) =>
  event.kind === 'message.echoed' ? event.recipient : event.sender;

/** Everything that has to be looked up before the drain can be written. */
const wantedBy = (sorted: Sorted): Wanted => {
  const wanted: Wanted = { aliases: [], wamids: [], sendKeys: [], arriving: [] };
  const person = (organizationId: number, aliases: ReturnType<typeof aliasesOf>): void => {
    for (const alias of aliasesToLookUp(aliases)) wanted.aliases.push({ organizationId, alias });
  };
  for (const { event, route } of sorted.identities) {
    person(route.organizationId, aliasesOf(event.previous));
    person(route.organizationId, aliasesOf(event.current));
    if (event.wamid) wanted.wamids.push({ integrationId: route.integrationId, wamid: event.wamid });
  }
  for (const { event, route } of sorted.messages) {
    person(route.organizationId, aliasesOf(personIdentity(event), event.groupId));
    const key = { integrationId: route.integrationId, wamid: event.wamid };
    wanted.wamids.push(key);
    wanted.arriving.push(key);
  }
  for (const { event, route } of sorted.statuses) {
    const key = { integrationId: route.integrationId, wamid: event.wamid };
    wanted.wamids.push(key);
    if (!event.opaque) continue;
    wanted.sendKeys.push({ integrationId: route.integrationId, sendKey: event.opaque });
    wanted.arriving.push(key);
  }
  for (const { event, route } of sorted.targets) {
    wanted.wamids.push({ integrationId: route.integrationId, wamid: event.targetWamid });
  }
  return wanted;
};

interface Draft {
  person: Person;
  unit: Unit;
  message: Omit<NewMessage, 'conversationId'>;
  unread: boolean;
  opensWindow: boolean;
}

const draftOf = (unit: Unit<ThreadEvent>, person: Person): Draft => {
  const { event, route } = unit;
  const inbound = event.kind === 'message.received';
  const history = event.content.history === true;
  return {
    person,
    unit,
    unread: inbound && event.opensWindow && !history,
    // A group's window is nobody's: free-form rules there are Meta's own (cloud-api.md §26).
    opensWindow: inbound && event.opensWindow && !history && !event.groupId,
    message: {
      key: documentId(),
      organizationId: route.organizationId,
      integrationId: route.integrationId,
      direction: inbound ? 'inbound' : 'outbound',
      type: event.type,
      text: event.text,
      content: JSON.stringify(event.content),
      media: event.media && JSON.stringify({ ...event.media, url: null, state: 'pending' }),
      raw: JSON.stringify(event.raw),
      wamid: event.wamid,
      replyTo: event.replyTo,
      origin: inbound ? 'contact' : 'phone_app',
      authorName: event.groupId && inbound ? (event.sender.profileName ?? event.sender.phone) : null,
      writtenAt: event.timestamp,
      receivedAt: unit.receivedAt,
      state: inbound ? 'received' : 'accepted',
    },
  };
};

/** The bubbles of a drain that are not stored yet, and who they are from. */
const draftMessages = (
  sorted: Sorted,
  known: Known,
  people: People,
): { drafts: Draft[]; duplicates: number } => {
  const drafts: Draft[] = [];
  let duplicates = 0;
  const add = (unit: Unit<ThreadEvent>, person: Person | null): void => {
    if (known.byWamid(unit.route.integrationId, unit.event.wamid)) duplicates += 1;
    else if (person) drafts.push(draftOf(unit, person));
    else throw new Error('A message names neither a sender nor a group');
  };
  for (const unit of sorted.identities) {
    const { event, route } = unit;
    // Told again, it is no news: the person may have changed once more since.
    if (event.wamid && known.byWamid(route.integrationId, event.wamid)) {
      duplicates += 1;
      continue;
    }
    const person = people.rename(route.organizationId, event.previous, event.current, event.timestamp);
    if (!event.wamid) continue;
    const line: ThreadEvent = {
      ...event,
      kind: 'message.received',
      wamid: event.wamid,
      type: 'system',
      content: {},
      media: null,
      replyTo: null,
      groupId: null,
      sender: event.current,
      opensWindow: false,
    };
    add({ ...unit, event: line }, person);
  }
  for (const unit of sorted.messages) {
    const { event, route } = unit;
    // A stored duplicate teaches nothing, but its sender must not be made anew.
    const duplicate = known.byWamid(route.integrationId, event.wamid) !== undefined;
    const person = duplicate
      ? null
      : people.resolve(route.organizationId, personIdentity(event), event.groupId, event.timestamp);
    add(unit, person);
  }
  return { drafts, duplicates };
};

const touchesOf = (drafts: Draft[]): Touch[] => {
  const touches = new Map<string, Touch>();
  for (const { person, message, unread, opensWindow } of drafts) {
    const key = `${message.integrationId}:${person.id}`;
    const touch = touches.get(key) ?? {
      organizationId: message.organizationId,
      integrationId: message.integrationId,
      contactId: person.id as number,
      unread: 0,
      inboundAt: null,
      lastMessageKey: message.key,
      lastMessageAt: message.writtenAt,
    };
    touches.set(key, touch);
    if (unread) touch.unread += 1;
    if (opensWindow) touch.inboundAt = Math.max(touch.inboundAt ?? 0, message.writtenAt);
    if (message.writtenAt >= touch.lastMessageAt) {
      touch.lastMessageAt = message.writtenAt;
      touch.lastMessageKey = message.key;
    }
  }
  return [...touches.values()];
};

const knownOf = (message: NewMessage, id: number): KnownMessage => ({
  id,
  organizationId: message.organizationId,
  integrationId: message.integrationId,
  conversationId: message.conversationId,
  state: message.state,
  wamid: message.wamid,
});

const changeOf = (kind: NewChange['kind'], message: KnownMessage): NewChange => ({
  kind,
  organizationId: message.organizationId,
  integrationId: message.integrationId,
  conversationId: message.conversationId,
  messageId: message.id,
});

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
  const { drafts, duplicates } = draftMessages(sorted, known, people);

  await savePeople(db, tx, people, now);
  const conversations = await touchConversations(db, tx, touchesOf(drafts), now);
  const messages = drafts.map(({ message, person }): NewMessage => ({
    ...message,
    conversationId: conversations.get(`${message.integrationId}:${person.id}`) as number,
  }));
  const ids = await insertMessages(db, tx, messages, now);
  const created = messages.map((message) => knownOf(message, ids.get(message.key) as number));
  const media = messages.filter((message) => message.media !== null);
  await addJobs(
    db,
    tx,
    media.map((message) => ({
      kind: 'media.fetch',
      organizationId: message.organizationId,
      payload: { messageId: ids.get(message.key) as number },
    })),
    now,
  );

  created.forEach(known.learn);
  learnWamids(sorted, known);
  if (withParked) await unpark(db, tx, sorted, known);
  const statuses = planStatuses(sorted.statuses, known, describe);
  await mergeStatuses(db, tx, statuses.merges);
  await settleUnknown(
    db,
    tx,
    statuses.settled.map((message) => message.id),
  );
  await refuseWindows(db, tx, statuses.closed);
  const targets = await writeTargets(db, tx, sorted.targets, known);

  const updated = new Map([...statuses.touched, ...targets.touched]);
  const changes = [
    ...created.map((message) => changeOf('message.created', message)),
    ...[...updated.values()].map((message) => changeOf('message.updated', message)),
  ];
  await appendChanges(db, tx, changes, now);
  return {
    messages: messages.length,
    duplicates,
    statuses: statuses.merges.length,
    parked: [...statuses.unknown, ...targets.unknown],
    mediaJobs: media.length,
  };
};
