import type { MessageElement } from './element';

/** Who it goes to and what travels along, whatever the message says. */
export interface Envelope {
  /** E.164. Preferred while known: Meta then keeps showing the phone in later webhooks. */
  to?: string | null;
  /** BSUID; used only when there is no phone. In `to` it would be dropped silently. */
  recipient?: string | null;
  /** wamid of the message that is quoted. */
  replyTo?: string | null;
  /** Our send key, at most 512 characters; comes back in every status of this message. */
  opaque?: string | null;
}

export interface TextMessageInput extends Envelope {
  body: string;
  /** Preview of the first link; default true. */
  previewUrl?: boolean;
}

export type MessagePayload<E = MessageElement> = {
  messaging_product: 'whatsapp';
  recipient_type: 'individual';
  to?: string;
  recipient?: string;
  context?: { message_id: string };
  biz_opaque_callback_data?: string;
} & E;

export interface ReactionElement {
  type: 'reaction';
  /** An empty emoji takes the reaction back. */
  reaction: { message_id: string; emoji: string };
}

/** Meta's JSON for any message. Throws a RangeError when nobody is addressed. */
export function messagePayload<E extends MessageElement | ReactionElement>(
  envelope: Envelope,
  element: E,
): MessagePayload<E> {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressee(envelope),
    ...element,
    ...(envelope.replyTo ? { context: { message_id: envelope.replyTo } } : {}),
    ...(envelope.opaque ? { biz_opaque_callback_data: envelope.opaque } : {}),
  };
}

/** Meta's JSON for a free-form text. */
export function textMessage({ body, previewUrl, ...envelope }: TextMessageInput) {
  return messagePayload(envelope, { type: 'text', text: { body, preview_url: previewUrl ?? true } } as const);
}

function addressee({ to, recipient }: Envelope): { to: string } | { recipient: string } {
  if (to) return { to };
  if (recipient) return { recipient };
  throw new RangeError('A message needs a phone number or a BSUID to go to');
}

/** One person on the block list: the phone while known, else the BSUID, each under its own key. */
export function blockPayload(who: { phone: string | null; userId: string | null }) {
  const user = who.phone ? { user: who.phone } : who.userId ? { user_id: who.userId } : null;
  if (user === null) throw new RangeError('Nobody is named to block');
  return { messaging_product: 'whatsapp', block_users: [user] };
}
