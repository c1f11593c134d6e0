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

/** A unique name for "this message on this number". */
export const messageKey = (integrationId: number, wamid: string): string => `${integrationId}:${wamid}`;

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
  const seen = new Map<string, Unit<ThreadEvent> | null>();
  const addMessage = (unit: Unit<ThreadEvent>): void => {
    const key = messageKey(unit.route.integrationId, unit.event.wamid);
    const before = seen.get(key);
    if (before === undefined) {
      sorted.messages.push(unit);
    } else if (before !== null && isStandIn(before.event) && !isStandIn(unit.event)) {
      sorted.messages[sorted.messages.indexOf(before)] = unit;
    } else {
      return;
    }
    seen.set(key, unit);
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
        const key = event.wamid && messageKey(route.integrationId, event.wamid);
        if (key && seen.has(key)) break;
        if (key) seen.set(key, null);
        sorted.identities.push(unit as Unit<ContactIdentityChanged>);
        break;
      }
      default:
        break;
    }
  }
  return sorted;
};
