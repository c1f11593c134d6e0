import type { StatusChanged } from '../cloud-api/events';
import { aliasesOf } from '../contacts/identity';
import { aliasesToLookUp } from '../contacts/people';
import type { Wanted } from './lookup';
import type { Sorted, ThreadEvent, Unit } from './plan';

export const personOf = (event: ThreadEvent) =>
  event.kind === 'message.echoed' ? event.recipient : event.sender;

const nothing = (): Wanted => ({ aliases: [], wamids: [], sendKeys: [], arriving: [] });

const addPerson = (wanted: Wanted, route: Unit['route'], aliases: ReturnType<typeof aliasesOf>): void => {
  for (const alias of aliasesToLookUp(aliases)) wanted.aliases.push({ ...route, alias });
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
  for (const { event, route } of sorted.identities) {
    addPerson(wanted, route, aliasesOf(event.previous));
    addPerson(wanted, route, aliasesOf(event.current));
    if (event.wamid) wanted.wamids.push({ integrationId: route.integrationId, wamid: event.wamid });
  }
  for (const { event, route } of sorted.messages) {
    addPerson(wanted, route, aliasesOf(personOf(event), event.groupId));
    const key = { integrationId: route.integrationId, wamid: event.wamid };
    wanted.wamids.push(key);
    wanted.arriving.push(key);
  }
  addRecipients(wanted, sorted.statuses);
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
