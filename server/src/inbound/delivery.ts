import type { WebhookEvent } from '../cloud-api/events';
import { normaliseWebhook } from '../cloud-api/normalise';
import { capText, storableText } from '../cloud-api/storable';
import type { ConnectedNumber } from '../integrations/registry';
import type { DeliveryOutcome } from '../webhooks-log/outcome';
import type { Delivery } from './drain';
import type { Route, Unit } from './plan';

/** A signed request as it came. */
export interface SignedBody {
  /** Behind its content encoding. */
  text: Buffer;
  /** Size of the request's body, before decoding. */
  bytes: number;
  webhookKey: string | null;
  receivedAt: number;
  /** Address that was called, without its query. */
  path?: string;
}

const parse = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch {
    // A signed body that is no JSON is kept and answered 200: sending it again would not make it JSON.
    return undefined;
  }
};

const isDashboardTest = (event: WebhookEvent): boolean =>
  event.kind === 'unknown' && event.reason === 'dashboard-test';

const isUnderstood = (event: WebhookEvent): boolean => event.kind !== 'unknown' || isDashboardTest(event);

const summarise = (events: WebhookEvent[], strangers: Set<WebhookEvent>): Record<string, number> => {
  const summary: Record<string, number> = {};
  for (const event of events) {
    // Cut again: the reason may hold a cut-off piece of Meta's own text, and half a character breaks a JSON column.
    const kind =
      event.kind === 'unknown' ? storableText(capText(`unknown: ${event.reason}`, 80)) : event.kind;
    const label = strangers.has(event) ? 'unknown number' : kind;
    summary[label] = (summary[label] ?? 0) + 1;
  }
  return summary;
};

const routeTo = ({ id, organizationId }: ConnectedNumber): Route => ({ integrationId: id, organizationId });

/**
 * What a signed body says about the signer's own numbers. What it says about others is counted and not kept: their
 * customers' words belong to nobody here.
 */
export const deliveryOf = (body: SignedBody, owners: ConnectedNumber[]): Delivery => {
  const { text, bytes, webhookKey, receivedAt } = body;
  const json = parse(text);
  const events = json === undefined ? [] : normaliseWebhook(json, receivedAt);
  const units: Unit[] = [];
  const strangers = new Set<WebhookEvent>();
  for (const event of events) {
    if (event.kind === 'account.changed' && event.phoneNumberId === null) {
      // It names an account only: every number of it here, as far as the signer owns them.
      const concerned = owners.filter(({ businessAccountId }) => businessAccountId === event.wabaId);
      units.push(...concerned.map((number) => ({ event, receivedAt, route: routeTo(number) })));
      continue;
    }
    if (event.kind === 'template.changed') {
      // Templates belong to the account: once for each tenant that has it, whichever of its numbers stands for it.
      const concerned = owners.filter(({ businessAccountId }) => businessAccountId === event.wabaId);
      const tenants = new Map(concerned.map((number) => [number.organizationId, number]));
      units.push(...[...tenants.values()].map((number) => ({ event, receivedAt, route: routeTo(number) })));
      continue;
    }
    if (event.phoneNumberId === null || isDashboardTest(event)) continue;
    const owner = owners.find((number) => number.phoneNumberId === event.phoneNumberId);
    if (!owner) strangers.add(event);
    else if (event.kind !== 'unknown') {
      units.push({
        event,
        receivedAt,
        route: routeTo(owner),
      });
    }
  }
  const outcome = (): DeliveryOutcome => {
    if (!events.some((event) => isUnderstood(event) || strangers.has(event))) return 'not_understood';
    if (units.length === 0) return 'ignored';
    return strangers.size > 0 ? 'partly' : 'applied';
  };
  return {
    units,
    record: {
      organizationId: units[0]?.route.organizationId ?? owners[0]?.organizationId ?? null,
      receivedAt,
      outcome: outcome(),
      webhookKey,
      bytes,
      events: events.length,
      summary: summarise(events, strangers),
      body: null,
      path: body.path === undefined ? null : capText(body.path, 250),
      integrationId: onlyOne(
        units.length > 0 ? units.map(({ route }) => route.integrationId) : owners.map(({ id }) => id),
      ),
    },
    // Words of a stranger's customers, or of another tenant's, must not lie in this one's log.
    keepBody: strangers.size === 0 && new Set(units.map(({ route }) => route.organizationId)).size <= 1,
  };
};

const onlyOne = (ids: number[]): number | null => (new Set(ids).size === 1 ? ids[0] : null);
