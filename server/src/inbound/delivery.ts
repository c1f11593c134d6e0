import type { WebhookEvent } from '../cloud-api/events';
import { normaliseWebhook } from '../cloud-api/normalise';
import { capText, storableText } from '../cloud-api/storable';
import type { ConnectedNumber } from '../integrations/registry';
import type { DeliveryOutcome } from '../webhooks-log/batch';
import type { Delivery } from './drain';
import type { Unit } from './plan';

/** A signed request as it came. */
export interface SignedBody {
  /** Behind its content encoding. */
  text: Buffer;
  /** Size of the request's body, before decoding. */
  bytes: number;
  webhookKey: string | null;
  receivedAt: number;
}

/** PostgreSQL refuses NUL in text; everything else of an unreadable body is kept as it came. */
const bodyText = (raw: Buffer): string => raw.toString('utf8').split('\u0000').join('\uFFFD');

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
    if (event.phoneNumberId === null || isDashboardTest(event)) continue;
    const owner = owners.find((number) => number.phoneNumberId === event.phoneNumberId);
    if (!owner) strangers.add(event);
    else if (event.kind !== 'unknown') {
      units.push({
        event,
        receivedAt,
        route: { integrationId: owner.id, organizationId: owner.organizationId },
      });
    }
  }
  const isStrange =
    events.length === 0 || !events.every((event) => isUnderstood(event) || strangers.has(event));
  const outcome = (): DeliveryOutcome => {
    if (!events.some((event) => isUnderstood(event) || strangers.has(event))) return 'not_understood';
    if (units.length === 0) return 'ignored';
    return strangers.size > 0 ? 'partly' : 'applied';
  };
  return {
    units,
    record: {
      organizationId: owners[0].organizationId,
      receivedAt,
      outcome: outcome(),
      webhookKey,
      bytes,
      events: events.length,
      summary: summarise(events, strangers),
      body: isStrange && strangers.size === 0 ? bodyText(text) : null,
    },
  };
};
