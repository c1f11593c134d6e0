import { ok, type Answer, type Call } from '../call';
import { digitsOf, findByPhone, findByUserId, portfolioOf } from '../customers';
import { GraphError, required, unsupportedRequest, webhookError, WINDOW_CLOSED_DETAILS } from '../errors';
import { pageOf } from '../nodes';
import { listOf, textOf, type Fields } from '../send/fields';
import { findThread, isWindowOpen } from '../threads';
import type { CustomerRecord, NumberRecord, World } from '../world';

const nameOf = (entry: Fields): Fields =>
  entry.user_id
    ? { input: entry.user_id, user_id: entry.user_id }
    : { input: entry.user, wa_id: digitsOf(textOf(entry.user)) };

const customerOf = (world: World, number: NumberRecord, entry: Fields): CustomerRecord | undefined =>
  entry.user_id
    ? findByUserId(world, portfolioOf(number), textOf(entry.user_id))
    : findByPhone(world, portfolioOf(number), textOf(entry.user));

const block = (world: World, number: NumberRecord, entries: Fields[]): Answer => {
  const added: Fields[] = [];
  const failed: Fields[] = [];
  for (const entry of entries) {
    const customer = customerOf(world, number, entry);
    const thread = customer && findThread(world, customer.id, number.phoneNumberId);
    // Meta blocks only people who wrote to this number within the last day.
    if (!customer || !thread || !isWindowOpen(thread, world.scheduler.now())) {
      failed.push({ ...nameOf(entry), errors: [webhookError(131047, WINDOW_CLOSED_DETAILS)] });
      continue;
    }
    if (!number.blocked.includes(customer.id)) number.blocked.push(customer.id);
    added.push(nameOf(entry));
  }
  const result = {
    messaging_product: 'whatsapp',
    block_users: { added_users: added, ...(failed.length > 0 && { failed_users: failed }) },
  };
  if (failed.length === 0) return ok(result);
  throw new GraphError({
    status: 400,
    code: 139100,
    message: '(#139100) Failed to block/unblock some users',
    details: 'Failed to block some users, see the block_users response list for details',
    beside: result,
  });
};

const unblock = (world: World, number: NumberRecord, entries: Fields[]): Answer => {
  const ids = entries.map((entry) => customerOf(world, number, entry)?.id);
  number.blocked = number.blocked.filter((id) => !ids.includes(id));
  return ok({ messaging_product: 'whatsapp', block_users: { removed_users: entries.map(nameOf) } });
};

const listed = (customer: CustomerRecord): Fields => ({
  messaging_product: 'whatsapp',
  ...(customer.waId ? { wa_id: customer.waId } : { user_id: customer.userId }),
});

/** `GET|POST|DELETE /<phone id>/block_users` */
export const blockUsers = (world: World, number: NumberRecord, call: Call): Answer => {
  if (call.method === 'GET') {
    const blocked = number.blocked.flatMap((id) => world.customers.get(id) ?? []);
    return ok(pageOf(world, call, blocked, (customer) => customer.id, listed));
  }
  if (call.params.messaging_product !== 'whatsapp') throw required('messaging_product');
  const entries = listOf(call.params.block_users);
  if (entries.length === 0) throw required('block_users');
  if (call.method !== 'POST' && call.method !== 'DELETE')
    throw unsupportedRequest(call.method, `${number.phoneNumberId}/block_users`);
  const answer = call.method === 'POST' ? block : unblock;
  const result = answer(world, number, entries);
  world.changed({ kind: 'number', phoneNumberId: number.phoneNumberId });
  return result;
};
