export interface TextMessageInput {
  /** E.164. Preferred while known: Meta then keeps showing the phone in later webhooks. */
  to?: string | null;
  /** BSUID; used only when there is no phone. In `to` it would be dropped silently. */
  recipient?: string | null;
  body: string;
  /** Preview of the first link; default true. */
  previewUrl?: boolean;
  /** wamid of the message that is quoted. */
  replyTo?: string | null;
  /** Our send key, at most 512 characters; comes back in every status of this message. */
  opaque?: string | null;
}

export interface TextMessagePayload {
  messaging_product: 'whatsapp';
  recipient_type: 'individual';
  to?: string;
  recipient?: string;
  type: 'text';
  text: { body: string; preview_url: boolean };
  context?: { message_id: string };
  biz_opaque_callback_data?: string;
}

/** Meta's JSON for a free-form text. Throws a RangeError when nobody is addressed. */
export function textMessage(input: TextMessageInput): TextMessagePayload {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...addressee(input),
    type: 'text',
    text: { body: input.body, preview_url: input.previewUrl ?? true },
    ...(input.replyTo ? { context: { message_id: input.replyTo } } : {}),
    ...(input.opaque ? { biz_opaque_callback_data: input.opaque } : {}),
  };
}

function addressee({ to, recipient }: TextMessageInput): { to: string } | { recipient: string } {
  if (to) return { to };
  if (recipient) return { recipient };
  throw new RangeError('A message needs a phone number or a BSUID to go to');
}
