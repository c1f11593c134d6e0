import type { CustomerRecord } from '../world';

/** An element of `contacts[]`. Username-only people: the key `wa_id` is absent, not empty. */
export const contactOf = (customer: CustomerRecord, withUsername: boolean): Record<string, unknown> => ({
  profile: {
    name: customer.name,
    ...(withUsername && customer.username && { username: customer.username }),
  },
  ...(customer.waId && { wa_id: customer.waId }),
  user_id: customer.userId,
  ...(customer.parentUserId && { parent_user_id: customer.parentUserId }),
});

/** Who wrote, on a message. */
export const senderOf = (customer: CustomerRecord): Record<string, unknown> => ({
  ...(customer.waId && { from: customer.waId }),
  from_user_id: customer.userId,
  ...(customer.parentUserId && { from_parent_user_id: customer.parentUserId }),
});

/** Who was written to, on a status. */
export const recipientOf = (customer: CustomerRecord): Record<string, unknown> => ({
  ...(customer.waId && { recipient_id: customer.waId }),
  // An invisible customer is a bare number: Meta knows no user behind it that it would name.
  ...(!customer.hidden && { recipient_user_id: customer.userId }),
  ...(customer.parentUserId && { recipient_parent_user_id: customer.parentUserId }),
});

/** Unix seconds as text: the form of message and status timestamps. */
export const seconds = (ms: number): string => String(Math.floor(ms / 1000));
