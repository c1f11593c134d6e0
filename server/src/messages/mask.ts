import { maskDeep, maskNumbers } from '../contacts/mask';
import type { Message, MessageType } from './contract';

/** Kinds whose text is made of numbers rather than written by somebody. */
export const holdsNumbers = (type: MessageType | null): boolean =>
  type === 'system' || type === 'contacts' || type === 'unsupported';

/** A message for somebody who may not see full phone numbers; `own` are the digits of the thread's person. */
export const maskMessage = (message: Message, own: readonly string[]): Message => {
  const masked = maskDeep(message, { own, strict: holdsNumbers(message.type) });
  const { replyTo } = masked;
  const quotesNumbers = replyTo?.text && holdsNumbers(replyTo.type);
  return quotesNumbers
    ? { ...masked, replyTo: { ...replyTo, text: maskNumbers(replyTo.text ?? '') } }
    : masked;
};
