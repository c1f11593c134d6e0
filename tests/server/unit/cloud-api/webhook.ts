import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliseWebhook } from '../../../../server/src/cloud-api/normalise';
import type { WebhookEvent } from '../../../../server/src/cloud-api/events';

/** When the deliveries of these tests arrive: after every time in them. */
export const RECEIVED_AT = 1_790_100_000_000;

export const WABA = '555001000000001';
export const NUMBER = '555002000000002';
export const BUSINESS = '15550100100';
export const ANA = {
  profile: { name: 'Ana', username: 'ana.p' },
  wa_id: '15550100177',
  user_id: 'US.9x7K2m4P6q8R',
};
export const ANA_IDENTITY = {
  phone: '+15550100177',
  waId: '15550100177',
  userId: 'US.9x7K2m4P6q8R',
  parentUserId: null,
  username: 'ana.p',
  profileName: 'Ana',
};

export type Json = { [key: string]: unknown };

export function delivery(field: string, value: unknown, entry: Json = {}): Json {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: WABA, ...entry, changes: [{ field, value }] }],
  };
}

/** A `messages` delivery of our number with this in its value. */
export function messagesDelivery(value: Json): Json {
  const metadata = { display_phone_number: BUSINESS, phone_number_id: NUMBER };
  return delivery('messages', { messaging_product: 'whatsapp', metadata, ...value });
}

/** One message of Ana's, `message` on top of the usual keys. */
export function fromAna(message: Json): Json {
  const usual = { from: '15550100177', id: 'wamid.T1', timestamp: '1790000300' };
  return messagesDelivery({ contacts: [ANA], messages: [{ ...usual, ...message }] });
}

/** One status about a message to Ana. */
export function statusOf(status: Json): Json {
  const usual = {
    id: 'wamid.OUT1',
    status: 'delivered',
    timestamp: '1790000400',
    recipient_id: '15550100177',
  };
  return messagesDelivery({ statuses: [{ ...usual, ...status }] });
}

export function normalise(body: unknown, receivedAt = RECEIVED_AT): WebhookEvent[] {
  return normaliseWebhook(body, receivedAt);
}

/** The only event of a delivery; fails when there are several. */
export function only(body: unknown, receivedAt = RECEIVED_AT): WebhookEvent {
  const events = normalise(body, receivedAt);
  if (events.length !== 1) throw new Error(`expected one event, got ${events.map((e) => e.kind).join(', ')}`);
  return events[0];
}

export function fixture(name: string): Json {
  const file = join(__dirname, '../../../fixtures/webhooks', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}
