import { timingSafeEqual, createHash } from 'node:crypto';
import type { WebhookEvent } from '../cloud-api/events';
import { normaliseWebhook } from '../cloud-api/normalise';
import { findSigner } from '../cloud-api/signature';
import { capText, storableText } from '../cloud-api/storable';
import { WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { DeliveryRecord } from '../webhooks-log/batch';
import { BufferFull, type GroupCommit } from './buffer';
import { StorageUnavailable, type Delivery } from './drain';
import type { Unit } from './plan';

const safeEqual = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/** PostgreSQL refuses NUL in text; everything else of an unreadable body is kept as it came. */
const bodyText = (raw: Buffer): string => raw.toString('utf8').split('\u0000').join('\uFFFD');

const summarise = (events: WebhookEvent[]): Record<string, number> => {
  const summary: Record<string, number> = {};
  for (const event of events) {
    // Cut again: the reason may hold a cut-off piece of Meta's own text, and half a character breaks a JSON column.
    const kind =
      event.kind === 'unknown' ? storableText(capText(`unknown: ${event.reason}`, 80)) : event.kind;
    summary[kind] = (summary[kind] ?? 0) + 1;
  }
  return summary;
};

const parse = (raw: Buffer): unknown => {
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch {
    // A signed body that is no JSON is kept and answered 200: sending it again would not make it JSON.
    return undefined;
  }
};

export interface Incoming {
  /** Exactly as sent: what was signed. */
  raw: Buffer;
  /** The body behind a content encoding; asked only once the signature held. */
  decode(): Promise<Buffer>;
  signature: string | undefined;
  /** Path segment after `/webhook/`, when the number's own address was called. */
  webhookKey: string | null;
}

export interface Receiver {
  /** Resolves after the commit. Throws `invalid_signature` (401) or `storage_unavailable` (503). */
  receive(incoming: Incoming): Promise<void>;
  /** The GET handshake: the challenge to echo, or `invalid_verify_token` (403). */
  verify(query: Record<string, unknown>, webhookKey: string | null): Promise<string>;
}

const isDashboardTest = (event: WebhookEvent): boolean =>
  event.kind === 'unknown' && event.reason === 'dashboard-test';

export const createReceiver = (
  registry: Registry,
  buffer: GroupCommit<Delivery>,
  now: () => number,
  onRejected: () => void,
): Receiver => {
  const ownersOf = async ({ raw, signature, webhookKey }: Incoming): Promise<ConnectedNumber[]> => {
    const known = registry.all();
    const numbers = Array.isArray(known) ? known : await known;
    const candidates = numbers
      .filter((number) => number.appSecret && (webhookKey === null || number.webhookKey === webhookKey))
      .map((number) => ({ secret: number.appSecret as string }));
    const secrets = new Set(findSigner(candidates, raw, signature).map(({ secret }) => secret));
    // A secret opens the numbers of its own app and no others, whatever the body claims.
    return numbers.filter((number) => number.appSecret !== null && secrets.has(number.appSecret));
  };

  const deliveryOf = (incoming: Incoming, text: Buffer, owners: ConnectedNumber[]): Delivery => {
    const receivedAt = now();
    const body = parse(text);
    const events = body === undefined ? [] : normaliseWebhook(body, receivedAt);
    const delivery: Delivery = { units: [], unroutable: [], record: undefined as unknown as DeliveryRecord };
    for (const event of events) {
      if (event.kind === 'unknown' || event.phoneNumberId === null) continue;
      const owner = owners.find((number) => number.phoneNumberId === event.phoneNumberId);
      if (owner) {
        const route = { integrationId: owner.id, organizationId: owner.organizationId };
        delivery.units.push({ event, route, receivedAt } satisfies Unit);
      } else {
        delivery.unroutable.push({
          organizationId: null,
          receivedAt,
          phoneNumberId: event.phoneNumberId,
          reason: 'unknown_number',
          event: JSON.stringify(event),
        });
      }
    }
    const strange = events.length === 0 || events.some((e) => e.kind === 'unknown' && !isDashboardTest(e));
    const understood = events.some((event) => event.kind !== 'unknown' || isDashboardTest(event));
    delivery.record = {
      organizationId: owners[0].organizationId,
      receivedAt,
      outcome: !understood
        ? 'not_understood'
        : delivery.unroutable.length > 0
          ? 'partly'
          : delivery.units.length > 0
            ? 'applied'
            : 'ignored',
      webhookKey: incoming.webhookKey,
      bytes: incoming.raw.length,
      events: events.length,
      summary: summarise(events),
      body: strange ? bodyText(text) : null,
    };
    return delivery;
  };

  return {
    async receive(incoming) {
      const owners = await ownersOf(incoming);
      if (owners.length === 0) {
        onRejected();
        throw new WhatsAppError(
          'invalid_signature',
          'The request is not signed with the app secret of any number that is connected here.',
        );
      }
      const item = deliveryOf(incoming, await incoming.decode(), owners);
      try {
        await buffer.push({ item, weight: Math.max(1, item.units.length), bytes: incoming.raw.length });
      } catch (error) {
        if (error instanceof BufferFull || error instanceof StorageUnavailable) {
          throw new WhatsAppError(
            'storage_unavailable',
            'The event could not be stored just now; deliver it again.',
          );
        }
        throw error;
      }
    },
    async verify(query, webhookKey) {
      const token = query['hub.verify_token'];
      const challenge = query['hub.challenge'];
      const numbers = await registry.all();
      let matched = false;
      for (const number of numbers) {
        if (webhookKey !== null && number.webhookKey !== webhookKey) continue;
        if (number.verifyToken && typeof token === 'string' && safeEqual(number.verifyToken, token))
          matched = true;
      }
      if (!matched || query['hub.mode'] !== 'subscribe' || typeof challenge !== 'string') {
        throw new WhatsAppError(
          'invalid_verify_token',
          'The verify token belongs to no number that is connected here.',
        );
      }
      return challenge;
    },
  };
};
