import { invalid } from '../errors';
import { idOf } from '../http/validate';
import type { Addressee, SendCommand } from '../outbound/contract';
import { textProblem, type SendInput } from './send-input';

const addresseeOf = (input: SendInput): Addressee => {
  const given: [string, Addressee][] = [];
  if (input.conversationId !== undefined) {
    given.push(['conversationId', { conversationId: idOf(input.conversationId) }]);
  }
  if (input.contactId !== undefined) given.push(['contactId', { contactId: idOf(input.contactId) }]);
  const phone = input.to ?? input.phoneNumber;
  if (phone !== undefined) given.push(['to', { phone }]);
  if (input.userId !== undefined) given.push(['userId', { userId: input.userId }]);
  if (given.length === 1) return given[0][1];
  const message = 'Name exactly one of conversationId, contactId, to (or phoneNumber) and userId';
  throw invalid([{ path: given.length === 0 ? 'to' : given[1][0], message }]);
};

const textOf = (input: SendInput): { body: string; previewUrl: boolean } => {
  if (input.text !== undefined && input.message !== undefined) {
    throw invalid([{ path: 'message', message: 'Is the short form of "text"; give one of them' }]);
  }
  const text = input.text ?? (input.message === undefined ? null : { body: input.message, previewUrl: true });
  if (!text) throw invalid([{ path: 'text', message: 'A text is required' }]);
  const problem = textProblem(text.body);
  if (problem) throw invalid([{ path: input.text ? 'text.body' : 'message', message: problem }]);
  return text;
};

/** A checked body as the command that every sender gives. */
export const toCommand = (
  input: SendInput,
  who: Pick<SendCommand, 'scope' | 'origin' | 'author'>,
): SendCommand => ({
  ...who,
  text: textOf(input),
  addressee: addresseeOf(input),
  // 0 is nobody's: an id that cannot exist is not found rather than ignored.
  integrationId: input.integrationId === undefined ? null : (idOf(input.integrationId) ?? 0),
  replyTo: input.replyTo ?? null,
  clientKey: input.clientKey ?? null,
  ...(input.expectedLastMessageId === undefined
    ? {}
    : {
        expectedLastMessageId:
          input.expectedLastMessageId === null ? null : (idOf(input.expectedLastMessageId) ?? 0),
      }),
});
