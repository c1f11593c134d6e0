import type {
  ContactIdentityChanged,
  MessageEdited,
  MessageReceived,
  MessageRevoked,
  PhoneAppEcho,
  ReactionChanged,
  StatusChanged,
  WebhookEvent,
} from '../cloud-api/events';

/** The number that an event came in on. */
export interface Route {
  integrationId: number;
  organizationId: number;
}

/** One event on its way into the tables. `index` is its place in the drain. */
export interface Unit<E extends WebhookEvent = WebhookEvent> {
  event: E;
  route: Route;
  receivedAt: number;
}

export type ThreadEvent = MessageReceived | PhoneAppEcho;
export type TargetEvent = ReactionChanged | MessageEdited | MessageRevoked;

export interface Sorted {
  identities: Unit<ContactIdentityChanged>[];
  messages: Unit<ThreadEvent>[];
  statuses: Unit<StatusChanged>[];
  targets: Unit<TargetEvent>[];
}

/** A unique name for "this message on this number". */
export const messageKey = (integrationId: number, wamid: string): string => `${integrationId}:${wamid}`;

/** Events by what has to be done with them; one bubble per wamid, the first one wins. */
export const sortUnits = (units: Unit[]): Sorted => {
  const sorted: Sorted = { identities: [], messages: [], statuses: [], targets: [] };
  const seen = new Set<string>();
  for (const unit of units) {
    const { event, route } = unit;
    switch (event.kind) {
      case 'message.received':
      case 'message.echoed': {
        const key = messageKey(route.integrationId, event.wamid);
        if (seen.has(key)) break;
        seen.add(key);
        sorted.messages.push(unit as Unit<ThreadEvent>);
        break;
      }
      case 'status.changed':
        sorted.statuses.push(unit as Unit<StatusChanged>);
        break;
      case 'reaction.changed':
      case 'message.edited':
      case 'message.revoked':
        sorted.targets.push(unit as Unit<TargetEvent>);
        break;
      case 'identity.changed': {
        const key = event.wamid && messageKey(route.integrationId, event.wamid);
        if (key && seen.has(key)) break;
        if (key) seen.add(key);
        sorted.identities.push(unit as Unit<ContactIdentityChanged>);
        break;
      }
      default:
        break;
    }
  }
  return sorted;
};
