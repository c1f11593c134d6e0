import type {
  AccountChanged,
  ContactIdentityChanged,
  MessageEdited,
  MessageReceived,
  MessageRevoked,
  MessageType,
  PhoneAppEcho,
  ReactionChanged,
  StatusChanged,
  TemplateChanged,
  UserActed,
  WebhookEvent,
} from '../cloud-api/events';
import { createPairs } from '../collections/pairs';

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
  actions: Unit<UserActed>[];
  accounts: Unit<AccountChanged>[];
  templates: Unit<TemplateChanged>[];
}

/**
 * Stands in for content that may follow under the same wamid: history brings media days after their placeholders, and
 * what Meta could not show at first.
 */
export const isStandIn = ({ type }: { type: MessageType }): boolean => type === 'unsupported';

/** Events by what has to be done with them; one bubble per wamid: the first one, unless it only stood in. */
export const sortUnits = (units: Unit[]): Sorted => {
  const sorted: Sorted = {
    identities: [],
    messages: [],
    statuses: [],
    targets: [],
    actions: [],
    accounts: [],
    templates: [],
  };
  const seen = createPairs<number, string, Unit<ThreadEvent> | null>();
  const addMessage = (unit: Unit<ThreadEvent>): void => {
    const { integrationId } = unit.route;
    const before = seen.get(integrationId, unit.event.wamid);
    if (before === undefined) {
      sorted.messages.push(unit);
    } else if (before !== null && isStandIn(before.event) && !isStandIn(unit.event)) {
      sorted.messages[sorted.messages.indexOf(before)] = unit;
    } else {
      return;
    }
    seen.set(integrationId, unit.event.wamid, unit);
  };
  for (const unit of units) {
    const { event, route } = unit;
    switch (event.kind) {
      case 'message.received':
      case 'message.echoed':
        addMessage(unit as Unit<ThreadEvent>);
        break;
      case 'status.changed':
        sorted.statuses.push(unit as Unit<StatusChanged>);
        break;
      case 'reaction.changed':
      case 'message.edited':
      case 'message.revoked':
        sorted.targets.push(unit as Unit<TargetEvent>);
        break;
      case 'user.acted':
        sorted.actions.push(unit as Unit<UserActed>);
        break;
      case 'account.changed':
        sorted.accounts.push(unit as Unit<AccountChanged>);
        break;
      case 'template.changed':
        sorted.templates.push(unit as Unit<TemplateChanged>);
        break;
      case 'identity.changed': {
        if (event.wamid) {
          if (seen.get(route.integrationId, event.wamid) !== undefined) break;
          seen.set(route.integrationId, event.wamid, null);
        }
        sorted.identities.push(unit as Unit<ContactIdentityChanged>);
        break;
      }
      default:
        break;
    }
  }
  return sorted;
};
