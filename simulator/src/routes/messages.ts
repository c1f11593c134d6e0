import { ok, success, type Answer, type Call } from '../call';
import {
  errorOfCode,
  expiredToken,
  GraphError,
  parameterError,
  required,
  unsupportedRequest,
  whatsAppError,
} from '../errors';
import { acceptSend } from '../send/accept';
import { isFields, textOf } from '../send/fields';
import type { Statuses } from '../send/statuses';
import { findMessage } from '../threads';
import type { NumberRecord, World } from '../world';

const HTML =
  '<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>';

const page = (status: number): Answer => ({
  status,
  bytes: Buffer.from(HTML),
  headers: { 'content-type': 'text/html; charset=utf-8' },
});

const transient = (status: number, code: number, message: string): GraphError =>
  new GraphError({ status, code, message, transient: true });

/** Faults that refuse a send before Meta has taken it; null: none is on. */
const refusal = (world: World, phoneNumberId: string, call: 'send' | 'other'): Answer | null => {
  const hit = (name: Parameters<World['faults']['take']>[0]): boolean =>
    world.faults.take(name, { phoneNumberId, call }) !== null;
  if (hit('reset-before')) return { status: 0, instead: 'destroy' };
  if (hit('hang-before')) return { status: 0, instead: 'hang' };
  const chosen = world.faults.take('error', { phoneNumberId, call });
  if (chosen) throw errorOfCode(chosen.code ?? 131000, chosen.details);
  if (hit('429'))
    throw whatsAppError(
      130429,
      'Message failed to send because there were too many messages sent from this phone number in a short period of time',
      429,
    );
  if (hit('429-as-400'))
    throw whatsAppError(
      130429,
      'Message failed to send because there were too many messages sent from this phone number in a short period of time',
    );
  if (hit('pair-limit'))
    throw whatsAppError(
      131056,
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
    );
  if (hit('spam-limit'))
    throw whatsAppError(
      131048,
      'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
    );
  if (hit('5xx')) throw transient(503, 131016, '(#131016) Service unavailable');
  if (hit('5xx-html')) return page(503);
  return null;
};

/** Refusals for everything else than sends; most faults reach that far only with `scope: 'all'`. */
export const refuseOther = (world: World, phoneNumberId: string): Answer | null => {
  const where = { phoneNumberId, call: 'other' as const };
  if (world.faults.take('dead-token', where)) throw expiredToken();
  return refusal(world, phoneNumberId, 'other');
};

const markRead = (world: World, number: NumberRecord, call: Call): Answer => {
  const wamid = textOf(call.params.message_id);
  if (call.params.status !== 'read') throw parameterError('Param status must be one of {READ}.');
  if (!wamid) throw required('message_id');
  const found = findMessage(world, wamid);
  if (found?.message.direction !== 'out' || found.thread.phoneNumberId !== number.phoneNumberId) {
    throw whatsAppError(131009, 'message_id is not a message that this number received');
  }
  const { thread, message } = found;
  const upTo = thread.messages.indexOf(message);
  // Meta marks the message and everything before it.
  thread.messages.slice(0, upTo + 1).forEach((earlier) => {
    if (earlier.direction === 'out') earlier.state = 'read';
  });
  const { customerId, phoneNumberId } = thread;
  const typing = isFields(call.params.typing_indicator);
  if (typing && (call.params.typing_indicator as { type?: unknown }).type !== 'text') {
    throw parameterError("Param typing_indicator['type'] must be one of {TEXT}.");
  }
  world.changed({ kind: 'status', customerId, phoneNumberId });
  if (typing) world.changed({ kind: 'typing', customerId, phoneNumberId });
  return success();
};

const send = async (world: World, statuses: Statuses, number: NumberRecord, call: Call): Promise<Answer> => {
  const { phoneNumberId } = number;
  const where = { phoneNumberId, call: 'send' as const };
  if (world.faults.take('dead-token', where)) throw expiredToken();
  const refused = refusal(world, phoneNumberId, 'send');
  if (refused) return refused;
  const answer = acceptSend(world, statuses, number, call.params);
  if (world.faults.take('lost-answer', where)) return { status: 0, instead: 'destroy' };
  if (world.faults.take('no-answer', where)) return { status: 0, instead: 'hang' };
  if (world.faults.take('accepted-then-500', where))
    throw transient(500, 131000, '(#131000) Something went wrong');
  if (world.faults.take('html-answer', where)) return page(200);
  if (world.faults.take('reset-after', where)) return { ...ok(answer), half: 'reset' };
  if (world.faults.take('malformed', where)) {
    const text = JSON.stringify(answer);
    return { status: 200, bytes: Buffer.from(text.slice(0, text.length / 2)) };
  }
  const early = world.faults.take('early-status', where);
  if (early) await statuses.told(answer.messages[0].id, early.delayMs ?? 5000);
  return ok(answer);
};

/** `POST /<phone id>/messages`: sends, and read receipts with or without the typing indicator. */
export const messages = (
  world: World,
  statuses: Statuses,
  number: NumberRecord,
  call: Call,
): Answer | Promise<Answer> => {
  if (call.method !== 'POST') throw unsupportedRequest(call.method, `${number.phoneNumberId}/messages`);
  const product = call.params.messaging_product;
  if (product === undefined) throw required('messaging_product');
  if (String(product).toLowerCase() !== 'whatsapp') {
    throw parameterError(`Param messaging_product must be one of {WHATSAPP} - got "${String(product)}".`);
  }
  if (call.params.status !== undefined)
    return refuseOther(world, number.phoneNumberId) ?? markRead(world, number, call);
  return send(world, statuses, number, call);
};
