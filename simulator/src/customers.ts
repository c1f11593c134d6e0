import { dropThreads } from './threads';
import type { Customer, CustomerInput } from './types';
import type { CustomerRecord, NumberRecord, World } from './world';

export interface Customers {
  /** @throws when neither a name nor a usable phone or BSUID is given, or one of them is taken. */
  add(input: CustomerInput): Customer;
  /** Without the invisible ones; with a portfolio: its own only. */
  list(portfolioId?: string): Customer[];
  get(id: string): Customer | undefined;
  /** With all threads. Unknown id: nothing happens. */
  remove(id: string): void;
}

const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

export const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

/** `+`, digits, spaces, dots, dashes and brackets; 7–15 digits. */
export const isPhone = (text: string): boolean => {
  const digits = digitsOf(text);
  return /^\+?[\d\s().-]+$/.test(text) && digits.length >= 7 && digits.length <= 15;
};

export const isBsuid = (text: string): boolean => BSUID.test(text);

export const findByPhone = (world: World, portfolioId: string, phone: string): CustomerRecord | undefined => {
  const digits = digitsOf(phone);
  for (const customer of world.customers.values()) {
    if (customer.portfolioId !== portfolioId) continue;
    if (customer.waId === digits || customer.phone === `+${digits}`) return customer;
  }
  return undefined;
};

export const findByUserId = (
  world: World,
  portfolioId: string,
  userId: string,
): CustomerRecord | undefined => {
  for (const customer of world.customers.values()) {
    if (customer.portfolioId !== portfolioId) continue;
    if (customer.userId === userId || customer.parentUserId === userId) return customer;
  }
  return undefined;
};

export const portfolioOf = (number: NumberRecord): string => number.portfolioId ?? '';

const assertFree = (world: World, input: CustomerInput): void => {
  const portfolioId = input.portfolioId ?? '';
  if (input.phone && !isPhone(input.phone)) throw new Error('A customer’s phone is E.164, like +15550100177');
  if (input.userId && !isBsuid(input.userId)) throw new Error('A BSUID looks like US.9x7K2m4P6q8R');
  if (input.id && world.customers.has(input.id)) throw new Error(`Customer '${input.id}' exists already`);
  if (input.phone && findByPhone(world, portfolioId, input.phone))
    throw new Error('Another customer has this phone');
  if (input.userId && findByUserId(world, portfolioId, input.userId))
    throw new Error('Another customer has this BSUID');
};

/** Adds a customer; `hidden` ones are known to the simulator only. */
export const addCustomer = (world: World, input: CustomerInput, hidden = false): CustomerRecord => {
  assertFree(world, input);
  const phone = input.phone ? `+${digitsOf(input.phone)}` : null;
  const customer: CustomerRecord = {
    id: input.id ?? `c${world.ids.token(10)}`,
    name: input.name,
    phone,
    waId: phone ? (input.waId ?? digitsOf(phone)) : null,
    username: input.username ? input.username.replace(/^@/, '') : null,
    userId: input.userId ?? world.ids.userId('US'),
    parentUserId: input.parentUserId ?? null,
    portfolioId: input.portfolioId ?? '',
    hidden,
  };
  world.customers.set(customer.id, customer);
  world.changed({ kind: 'customer', customerId: customer.id });
  return customer;
};

export const toCustomer = ({ id, name, phone, username, userId, portfolioId }: CustomerRecord): Customer => ({
  id,
  name,
  phone,
  username,
  userId,
  portfolioId,
});

export const requireCustomer = (world: World, id: string): CustomerRecord => {
  const customer = world.customers.get(id);
  if (!customer) throw new Error(`No customer '${id}'`);
  return customer;
};

export const createCustomers = (world: World): Customers => ({
  add(input) {
    const hidden = input.phone ? findByPhone(world, input.portfolioId ?? '', input.phone) : undefined;
    // Someone the business wrote to first becomes visible with history and window kept.
    if (hidden?.hidden) {
      Object.assign(hidden, {
        name: input.name,
        username: input.username ?? null,
        userId: input.userId ?? hidden.userId,
        hidden: false,
      });
      world.changed({ kind: 'customer', customerId: hidden.id });
      return toCustomer(hidden);
    }
    return toCustomer(addCustomer(world, input));
  },
  list: (portfolioId) =>
    [...world.customers.values()]
      .filter((customer) => !customer.hidden)
      .filter((customer) => portfolioId === undefined || customer.portfolioId === portfolioId)
      .map(toCustomer),
  get: (id) => {
    const customer = world.customers.get(id);
    return customer && toCustomer(customer);
  },
  remove(id) {
    if (!world.customers.delete(id)) return;
    dropThreads(world, (thread) => thread.customerId === id);
    world.numbers.forEach((number) => (number.blocked = number.blocked.filter((blocked) => blocked !== id)));
    world.changed({ kind: 'customer', customerId: id });
  },
});
