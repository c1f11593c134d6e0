import { timingSafeEqual, createHash } from 'node:crypto';
import { findSigner, isSignature } from '../cloud-api/signature';
import { WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { GroupCommit } from './buffer';
import { deliveryOf } from './delivery';
import type { Delivery } from './drain';
import { createOutages } from './outage';

const safeEqual = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

export interface Incoming {
  /** The body exactly as sent: what was signed. Asked only when there is a signature. */
  read(): Promise<Buffer>;
  /** The body behind a content encoding; asked only once the signature held. */
  decode(raw: Buffer): Promise<Buffer>;
  signature: string | undefined;
  /** Path segment after `/webhook/`, when the number's own address was called. */
  webhookKey: string | null;
  /** Address that was called, without its query; for the log. */
  path?: string;
  /** Who called; for the count of those who were turned away. */
  address?: string;
}

export interface Receiver {
  /** Resolves after the commit. Throws `invalid_signature` (401) or `storage_unavailable` (503). */
  receive(incoming: Incoming): Promise<void>;
  /** The GET handshake: the challenge to echo, or `invalid_verify_token` (403). */
  verify(query: Record<string, unknown>, webhookKey: string | null): Promise<string>;
}

export const createReceiver = (
  registry: Registry,
  buffer: GroupCommit<Delivery>,
  now: () => number,
  events: {
    /** Nobody here signed it. Answers another refusal when its sender keeps trying. */
    onRejected(call: Incoming): WhatsAppError | null;
    /** The exact bytes in the form in which the log keeps them. */
    seal(body: Buffer): string | null | Promise<string>;
    /** Deliveries are answered 503: why, without anything from their content. At most once in ten seconds. */
    onOutage(why: string): void;
  },
): Receiver => {
  const answerTo = createOutages(now, events.onOutage);

  const ownersOf = async (raw: Buffer, { signature, webhookKey }: Incoming): Promise<ConnectedNumber[]> => {
    const known = registry.all();
    const numbers = Array.isArray(known) ? known : await known;
    const candidates = numbers
      .filter((number) => number.appSecret && (webhookKey === null || number.webhookKey === webhookKey))
      .map((number) => ({ secret: number.appSecret as string }));
    const secrets = new Set(findSigner(candidates, raw, signature).map(({ secret }) => secret));
    // A secret opens the numbers of its own app and no others, whatever the body claims.
    return numbers.filter((number) => number.appSecret !== null && secrets.has(number.appSecret));
  };

  const unsigned = (incoming: Incoming): WhatsAppError =>
    events.onRejected(incoming) ??
    new WhatsAppError(
      'invalid_signature',
      'The request is not signed with the app secret of any number that is connected here.',
    );

  const store = async (incoming: Incoming): Promise<void> => {
    const raw = await incoming.read();
    const owners = await ownersOf(raw, incoming);
    if (owners.length === 0) throw unsigned(incoming);
    const { webhookKey, path } = incoming;
    const text = await incoming.decode(raw);
    const item = deliveryOf({ text, bytes: raw.length, webhookKey, path, receivedAt: now() }, owners);
    if (item.keepBody) item.record.body = await events.seal(text);
    await buffer.push({ item, weight: Math.max(1, item.units.length), bytes: raw.length });
  };

  return {
    async receive(incoming) {
      if (!isSignature(incoming.signature)) throw unsigned(incoming);
      try {
        await store(incoming);
      } catch (error) {
        throw answerTo(error);
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
