import {
  addCustomer,
  digitsOf,
  findByPhone,
  findByUserId,
  isBsuid,
  isPhone,
  portfolioOf,
} from '../customers';
import { required, whatsAppError } from '../errors';
import type { CustomerRecord, NumberRecord, World } from '../world';
import { textOf, type Fields } from './fields';

/** Who a send is for, and how Meta names them in the answer. */
export interface Recipient {
  /** null: nobody there (131026 by status), or dropped. */
  customer: CustomerRecord | null;
  /** Accepted and never heard of again: what Meta does with a BSUID under `to`. */
  dropped: boolean;
  /** `contacts[0]` of the answer. */
  contact: Record<string, unknown>;
  to: string | null;
  userId: string | null;
}

const byPhone = (world: World, number: NumberRecord, to: string, userId: string): Recipient => {
  const contact = { input: to, wa_id: digitsOf(to) };
  if (isBsuid(to)) return { customer: null, dropped: true, contact: { input: to }, to, userId: null };
  if (!isPhone(to))
    throw whatsAppError(131009, `Recipient '${to.replace(/\d(?=\d{2})/g, 'x')}' is not a valid phone number`);
  if (digitsOf(to) === digitsOf(number.displayPhoneNumber))
    throw whatsAppError(131021, 'Recipient cannot be the sender');
  const known = findByPhone(world, portfolioOf(number), to);
  if (!known && world.settings.unknownRecipients === '131026') {
    return { customer: null, dropped: false, contact, to, userId: null };
  }
  const customer =
    known ?? addCustomer(world, { name: '', phone: to, portfolioId: portfolioOf(number) }, true);
  // Both given: the answer pairs phone and BSUID.
  const pair = userId ? { user_id: customer.userId } : {};
  return {
    customer,
    dropped: false,
    contact: { input: to, wa_id: customer.waId, ...pair },
    to,
    userId: userId || null,
  };
};

/** `to` wins over `recipient`. @throws GraphError when both are missing or malformed. */
export const resolveRecipient = (world: World, number: NumberRecord, body: Fields): Recipient => {
  const to = typeof body.to === 'number' ? String(body.to) : textOf(body.to);
  const userId = textOf(body.recipient);
  if (body.recipient_type === 'group') throw whatsAppError(131041, 'Groups are not part of the simulator');
  if (to) return byPhone(world, number, to, userId);
  if (!userId) throw required('to');
  if (!isBsuid(userId)) throw whatsAppError(131009, 'Recipient is not a valid business-scoped user id');
  const customer = findByUserId(world, portfolioOf(number), userId) ?? null;
  return { customer, dropped: false, contact: { input: userId, user_id: userId }, to: null, userId };
};
