import { addCustomer, findByPhone, findByUserId, isBsuid, isPhone, portfolioOf } from '../customers';
import { isFields, listOf, textOf, type Fields } from '../send/fields';
import { addMessage, anchorWindow, findMessage, openThread } from '../threads';
import type { CustomerRecord, World } from '../world';

const OPENS_NOTHING = ['system', 'edit', 'revoke', 'reaction'];

const senderIn = (
  world: World,
  portfolioId: string,
  message: Fields,
  contacts: Fields[],
): CustomerRecord | null => {
  const phone = textOf(message.from);
  const userId = textOf(message.from_user_id);
  const known =
    (userId && findByUserId(world, portfolioId, userId)) || (phone && findByPhone(world, portfolioId, phone));
  if (known) return known;
  if (!isPhone(phone) && !isBsuid(userId)) return null;
  const contact = contacts.find((candidate) => candidate.wa_id === phone || candidate.user_id === userId);
  const name = contact && isFields(contact.profile) ? textOf(contact.profile.name) : '';
  return addCustomer(
    world,
    { name, phone: isPhone(phone) ? phone : null, portfolioId, ...(isBsuid(userId) && { userId }) },
    true,
  );
};

/**
 * Remembers the messages of a hand-made webhook, so that replies, read receipts and the service window treat them as if a
 * customer of the simulator had written them. What it cannot read it leaves alone: such webhooks are posted on purpose.
 */
export const learnFrom = (world: World, payload: unknown): void => {
  const changes = isFields(payload) ? listOf(payload.entry).flatMap((entry) => listOf(entry.changes)) : [];
  for (const value of changes.map((change) => change.value).filter(isFields)) {
    const phoneNumberId = isFields(value.metadata) ? textOf(value.metadata.phone_number_id) : '';
    const number = world.numbers.get(phoneNumberId);
    if (!number) continue;
    for (const message of listOf(value.messages)) {
      const customer = senderIn(world, portfolioOf(number), message, listOf(value.contacts));
      const wamid = textOf(message.id);
      if (!customer || !wamid || findMessage(world, wamid) || OPENS_NOTHING.includes(textOf(message.type)))
        continue;
      const at = Number(message.timestamp) * 1000 || world.scheduler.now();
      const text = isFields(message.text) ? textOf(message.text.body) : '';
      const thread = openThread(world, customer.id, phoneNumberId);
      addMessage(world, thread, {
        wamid,
        direction: 'out',
        type: textOf(message.type),
        text,
        at,
        state: 'arrived',
      });
      anchorWindow(thread, Math.min(at, world.scheduler.now()));
    }
  }
};
