/** What bites those who receive webhooks (and is pure here). Numbers are those of the list of gotchas of the Cloud API. */
import fc from 'fast-check';
import type { WebhookEvent } from '../../../../server/src/cloud-api/events';
import { bestText } from '../../../../server/src/cloud-api/normalise/best-text';
import { redact } from '../../../../server/src/cloud-api/redact';
import { createReceiver } from '../../../../server/src/inbound/receive';
import { sortUnits } from '../../../../server/src/inbound/plan';
import { effectOf } from '../../../../server/src/integrations/account-rule';
import type { ConnectedNumber, Registry } from '../../../../server/src/integrations/registry';
import { mergeEvidence, stateOf, type Evidence } from '../../../../server/src/messages/delivery-state';
import { messageSchema } from '../../../../server/src/messages/schema';
import { signBody } from '../../../../simulator/src/webhooks/bytes';
import {
  ANA,
  BUSINESS,
  fixture,
  fromAna,
  messagesDelivery,
  normalise,
  NUMBER,
  only,
  statusOf,
} from './webhook';

const SECRET = 'app-secret-0123456789';

/** A receiver whose storage answers when the test says so. */
const receiverOver = (push: () => Promise<void>) => {
  const number = { id: 1, organizationId: 1, appSecret: SECRET, phoneNumberId: NUMBER, webhookKey: 'k' };
  const registry = { all: () => [number as unknown as ConnectedNumber] } as unknown as Registry;
  const receiver = createReceiver(registry, { push } as never, Date.now, {
    onRejected: () => null,
    seal: () => null,
    onOutage: () => undefined,
  });
  const body = Buffer.from(JSON.stringify(fixture('text')));
  return receiver.receive({
    read: () => Promise.resolve(body),
    decode: (raw) => Promise.resolve(raw),
    signature: signBody(SECRET, body),
    webhookKey: null,
  });
};

const evidence = (...told: [keyof Evidence, number][]): Evidence =>
  told.reduce<Evidence>((known, [kind, at]) => mergeEvidence(known, { [kind]: at }), {});

describe('transport', () => {
  it('gotcha 7: nothing is acknowledged before it is stored, and what cannot be stored is told again', async () => {
    let stored = (): void => undefined;
    let acknowledged = false;
    const answer = receiverOver(() => new Promise((resolve) => (stored = resolve))).then(
      () => (acknowledged = true),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(acknowledged).toBe(false);
    stored();
    await answer;
    expect(acknowledged).toBe(true);
    await expect(
      receiverOver(() => Promise.reject(Object.assign(new Error('disk'), { code: 'SQLITE_FULL' }))),
    ).rejects.toMatchObject({ code: 'storage_unavailable' });
  });

  it('gotcha 10: a status is news of a message, never a message', () => {
    const units = normalise(statusOf({ status: 'delivered' })).map((event) => ({
      event,
      route: { integrationId: 1, organizationId: 1 },
      receivedAt: 1,
    }));
    const sorted = sortUnits(units);
    expect([sorted.messages.length, sorted.statuses.length]).toEqual([0, 1]);
  });
});

describe('delivery states', () => {
  it('gotcha 25: a late sent takes nothing back', () => {
    for (const state of ['delivered', 'read', 'played'] as const)
      expect(stateOf(evidence([state, 5], ['sent', 9]), 'accepted')).toBe(state);
  });

  it('gotcha 27: a failure stays when sent comes late; one that a second device reports hides no arrival', () => {
    expect(stateOf(evidence(['failed', 5], ['sent', 9]), 'accepted')).toBe('failed');
    expect(stateOf(evidence(['delivered', 5], ['failed', 9]), 'accepted')).toBe('delivered');
    expect(stateOf(evidence(['failed', 5], ['delivered', 9]), 'accepted')).toBe('delivered');
  });

  it('gotcha 30: told five times, a state is reached once, at its first time', () => {
    const told = evidence(...[9, 5, 7, 5, 9].map((at): [keyof Evidence, number] => ['delivered', at]));
    expect(told).toEqual({ delivered: 5 });
  });

  it('gotcha 32: a wamid is found by an index, and is there once', () => {
    expect(messageSchema.indexes).toContainEqual(
      expect.objectContaining({ columns: ['integration_id', 'wamid'], type: 'unique' }),
    );
  });
});

describe('content', () => {
  it.each([
    [{ type: 'location', location: { latitude: 12.9, longitude: 77.5 } }, '12.9, 77.5'],
    [{ type: 'location', location: { latitude: 0, longitude: 0, name: 'Null Island' } }, 'Null Island'],
    [{ type: 'contacts', contacts: [{ name: { formatted_name: 'Ben' } }] }, 'Ben'],
    [{ type: 'contacts', contacts: [{ phones: [{ phone: '+1 415' }] }] }, '+1 415'],
  ])('gotcha 35: %j says something', (message, text) => {
    expect(only(fromAna(message))).toMatchObject({ kind: 'message.received', type: message.type, text });
  });

  it('gotcha 35: a reaction is no message, and none with an empty text', () => {
    const reaction = { type: 'reaction', reaction: { message_id: 'wamid.X', emoji: '👍' } };
    expect(only(fromAna(reaction))).toMatchObject({ kind: 'reaction.changed', emoji: '👍' });
    expect(bestText(reaction)).toBe('');
  });
});

describe('operations', () => {
  it('gotcha 70: no text of an error keeps a token, wherever it stood', () => {
    const token = 'EAAGm0PX4ZCpsBAKZCanary';
    for (const text of [
      `GET https://graph.facebook.com/v25.0/debug_token?input_token=${token} failed`,
      `https://graph.facebook.com/v25.0/me?access_token=${token}&x=1`,
      `Authorization: Bearer ${token}`,
      `Malformed access token ${token}`,
    ])
      expect(redact(text)).not.toContain('Canary');
    expect(redact('the secret is hunter22', ['hunter22'])).not.toContain('hunter22');
  });

  it('gotcha 74: news of quality names the number as it is displayed, and reaches that one', () => {
    const [event] = normalise(fixture('number-quality'));
    expect(event).toMatchObject({ kind: 'account.changed', phoneNumberId: null });
    const value = { display_phone_number: '+1 (555) 010-0100', event: 'FLAGGED' };
    expect(effectOf('phone_number_quality_update', value)).toMatchObject({ displayDigits: BUSINESS });
  });
});

describe('peers', () => {
  it('trap: only the first of a batch is read', () => {
    const text = (id: string) => ({
      from: ANA.wa_id,
      id,
      timestamp: '1790000300',
      type: 'text',
      text: { body: id },
    });
    const status = (id: string) => ({ id, status: 'read', timestamp: '1790000300', recipient_id: ANA.wa_id });
    const change = (n: string) => ({
      field: 'messages',
      value: {
        metadata: { display_phone_number: BUSINESS, phone_number_id: NUMBER },
        contacts: [ANA],
        messages: [text(`${n}a`), text(`${n}b`)],
        statuses: [status(`${n}c`), status(`${n}d`)],
      },
    });
    const entry = ['1', '2', '3'].map((id) => ({ id, changes: [change(`${id}x`), change(`${id}y`)] }));
    const events = normalise({ object: 'whatsapp_business_account', entry });
    const wamids = events.map((event) => ('wamid' in event ? event.wamid : null));
    expect(new Set(wamids).size).toBe(24);
    expect(events.filter(({ kind }) => kind === 'message.received')).toHaveLength(12);
    expect(events.filter(({ kind }) => kind === 'status.changed')).toHaveLength(12);
  });

  it('trap: a missing key in an unfamiliar kind throws', () => {
    const name = fc.constantFrom(
      'contacts',
      'sticker',
      'system',
      'image',
      'order',
      'hologram',
      'interactive',
      'edit',
    );
    const odd = fc.oneof(
      fc.constantFrom(undefined, null, 7, '', [], {}, [null], { id: null }),
      fc.dictionary(fc.constantFrom('type', 'id', 'body', 'name', 'phones', 'message'), fc.jsonValue()),
    );
    fc.assert(
      fc.property(name, odd, fc.boolean(), (type, body, named) => {
        const element = {
          ...(named ? { from: ANA.wa_id } : {}),
          id: 'wamid.F',
          timestamp: '1790000300',
          type,
          [type]: body,
        };
        const neighbour = {
          from: ANA.wa_id,
          id: 'wamid.N',
          timestamp: '1790000300',
          type: 'text',
          text: { body: 'x' },
        };
        const events: WebhookEvent[] = normalise(
          messagesDelivery({ contacts: [ANA], messages: [element, neighbour] }),
        );
        return events.some((event) => event.kind === 'message.received' && event.wamid === 'wamid.N');
      }),
      { numRuns: 300 },
    );
  });
});
