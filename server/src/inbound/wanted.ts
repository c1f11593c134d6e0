import type { StatusChanged } from '../cloud-api/events';
import { aliasesOf } from '../contacts/identity';
import { aliasesToLookUp } from '../contacts/people';
import type { Wanted } from './lookup';
import type { Sorted, ThreadEvent, Unit } from './plan';

export const personOf = (event: ThreadEvent) =>
  event.kind === 'message.echoed' ? event.recipient : event.sender;

const nothing = (): Wanted => ({
  aliases: new Map(),
  otherAliases: new Map(),
  wamids: new Map(),
  sendKeys: new Map(),
  arriving: new Map(),
  newMessages: 0,
});

const addKey = (keys: Wanted['wamids'], { integrationId }: Unit['route'], key: string): void => {
  const known = keys.get(integrationId);
  if (known) known.add(key);
  else keys.set(integrationId, new Set([key]));
};

const addPerson = (wanted: Wanted, route: Unit['route'], aliases: ReturnType<typeof aliasesOf>): void => {
  aliasesToLookUp(aliases).forEach(({ kind, value }, index) => {
    const groups = index === 0 ? wanted.aliases : wanted.otherAliases;
    const name = `${route.organizationId}:${route.integrationId}:${kind}`;
    const group = groups.get(name);
    if (group) group.values.add(value);
    else {
      const fixed = [route.organizationId, route.integrationId, kind];
      groups.set(name, { fixed, values: new Set([value]) });
    }
  });
};

/** One name alone says nothing new about who has it; a participant of a group is no contact. */
export const tellsNames = ({ event }: Unit<StatusChanged>): boolean =>
  !event.groupId && aliasesOf(event.recipient).length > 1;

const addRecipients = (wanted: Wanted, statuses: Unit<StatusChanged>[]): void => {
  for (const unit of statuses) {
    if (tellsNames(unit)) addPerson(wanted, unit.route, aliasesOf(unit.event.recipient));
  }
};

/** The people whom parked statuses name: known only after the first look-up. */
export const wantedByStatuses = (statuses: Unit<StatusChanged>[]): Wanted => {
  const wanted = nothing();
  addRecipients(wanted, statuses);
  return wanted;
};

/** Everything that has to be looked up before the drain can be written. */
export const wantedBy = (sorted: Sorted): Wanted => {
  const wanted = nothing();
  wanted.newMessages = sorted.messages.length + sorted.identities.length;
  for (const { event, route } of sorted.identities) {
    addPerson(wanted, route, aliasesOf(event.previous));
    addPerson(wanted, route, aliasesOf(event.current));
    if (event.wamid) addKey(wanted.wamids, route, event.wamid);
  }
  for (const { event, route } of sorted.messages) {
    addPerson(wanted, route, aliasesOf(personOf(event), event.groupId));
    addKey(wanted.wamids, route, event.wamid);
    addKey(wanted.arriving, route, event.wamid);
  }
  addRecipients(wanted, sorted.statuses);
  for (const { event, route } of sorted.statuses) {
    addKey(wanted.wamids, route, event.wamid);
    if (!event.opaque) continue;
    addKey(wanted.sendKeys, route, event.opaque);
    addKey(wanted.arriving, route, event.wamid);
  }
  for (const { event, route } of sorted.targets) {
    addKey(wanted.wamids, route, event.targetWamid);
  }
  return wanted;
};
