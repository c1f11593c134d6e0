import { createHash } from 'node:crypto';
import { portfolioOf } from './customers';
import type { StateFile } from './state';
import { makeTemplate, seedTemplates } from './templates';
import { dropThreads } from './threads';
import type { AccountInput, NumberInput } from './types';
import type { AccountRecord, NumberRecord, World } from './world';

/** One app per secret: 15 digits that stay the same over restarts. */
const appIdOf = (appSecret: string): string =>
  `1${(createHash('sha256').update(appSecret).digest().readBigUInt64BE() % 10n ** 14n).toString().padStart(14, '0')}`;

const assertNumber = (input: NumberInput): void => {
  for (const key of ['phoneNumberId', 'wabaId'] as const) {
    if (!/^\d+$/.test(input[key])) throw new Error(`${key} consists of digits`);
  }
  if (input.phoneNumberId === input.wabaId) throw new Error('A number and its WABA have different ids');
  if (!input.accessToken || !input.appSecret)
    throw new Error('A number needs an accessToken and an appSecret');
};

/** People of a state file from before portfolios belong to the number that they talked to. */
const adoptCustomers = (world: World, number: NumberRecord): void => {
  const portfolioId = portfolioOf(number);
  for (const { phoneNumberId, customerId } of world.threads.values()) {
    const customer = world.customers.get(customerId);
    if (phoneNumberId === number.phoneNumberId && customer?.portfolioId === '')
      customer.portfolioId = portfolioId;
  }
};

export interface Numbers {
  addAccount(input: AccountInput): AccountRecord;
  addNumber(input: NumberInput): NumberRecord;
  removeNumber(phoneNumberId: string, options?: { forget?: boolean }): void;
}

export const createNumbers = (world: World, state: StateFile): Numbers => {
  const addAccount: Numbers['addAccount'] = (input) => {
    const known = world.accounts.get(input.wabaId);
    const earlier = state.rememberedAccount(input.wabaId);
    const templates = input.templates?.map((template) => makeTemplate(world, input.wabaId, template));
    const account: AccountRecord = {
      wabaId: input.wabaId,
      name: input.name ?? known?.name ?? 'Simulated business',
      override: known?.override ?? earlier?.override ?? null,
      subscribedApps: known?.subscribedApps ?? new Set(earlier?.subscribedApps),
      blockedNames: known?.blockedNames ?? new Map(),
      templates: templates ?? known?.templates ?? earlier?.templates ?? seedTemplates(world, input.wabaId),
    };
    world.accounts.set(account.wabaId, account);
    return account;
  };

  const addNumber: Numbers['addNumber'] = (input) => {
    assertNumber(input);
    const isNewAccount = !world.accounts.has(input.wabaId) && !state.rememberedAccount(input.wabaId);
    const account = world.accounts.get(input.wabaId) ?? addAccount({ wabaId: input.wabaId });
    const known = world.numbers.get(input.phoneNumberId);
    const earlier = known ?? state.rememberedNumber(input.phoneNumberId);
    const appId = appIdOf(input.appSecret);
    const number: NumberRecord = {
      ...input,
      appId,
      override: earlier?.override ?? null,
      profile: earlier?.profile ?? { about: 'Available', vertical: 'OTHER' },
      blocked: earlier?.blocked ?? [],
    };
    world.numbers.set(number.phoneNumberId, number);
    adoptCustomers(world, number);
    // An explicit word counts; otherwise an unsubscribing call of an earlier run or of the same app stays in force.
    if (input.subscribed === false) account.subscribedApps.delete(appId);
    else if (input.subscribed === true || isNewAccount || known?.appId !== appId)
      account.subscribedApps.add(appId);
    world.changed({ kind: 'number', phoneNumberId: number.phoneNumberId });
    return number;
  };

  const removeNumber: Numbers['removeNumber'] = (phoneNumberId, options = {}) => {
    if (!world.numbers.delete(phoneNumberId)) return;
    if (options.forget) dropThreads(world, (thread) => thread.phoneNumberId === phoneNumberId);
    world.changed({ kind: 'number', phoneNumberId });
  };

  return { addAccount, addNumber, removeNumber };
};
