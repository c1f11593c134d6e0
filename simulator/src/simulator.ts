import type { SimulatedNumber, Simulator } from './api';
import { createControl } from './control';
import { createCustomers, requireCustomer } from './customers';
import { createNumbers } from './numbers';
import type { SimulatorOptions } from './options';
import { learnFrom } from './play/learn';
import { play } from './play/play';
import { createStatuses } from './send/statuses';
import { createSimulatorServer } from './server';
import { createStateFile } from './state';
import { createTemplates } from './templates';
import { findMedia } from './media';
import { toPhoneMessages } from './play/phone';
import { findThread } from './threads';
import { toMetaBytes } from './webhooks/bytes';
import { performHandshake } from './webhooks/handshake';
import { createWebhookQueue } from './webhooks/queue';
import { createWorld } from './world';

/** Builds a stopped simulator; nothing is opened before `start()`. @throws when the state file cannot be read */
export const createSimulator = (options: SimulatorOptions = {}): Simulator => {
  const world = createWorld(options);
  const state = createStateFile(world);
  const queue = createWebhookQueue(world);
  const statuses = createStatuses(world, queue);
  const templates = createTemplates(world, queue);
  const numbers = createNumbers(world, state);
  const customers = createCustomers(world);

  const restored = new Set(world.threads.values());

  /** Takes up what an earlier run left undone, once the number has its callback. */
  const goOn = (phoneNumberId: string): void => {
    queue.resume(phoneNumberId);
    for (const thread of restored) {
      if (thread.phoneNumberId !== phoneNumberId) continue;
      restored.delete(thread);
      statuses.resume(thread);
    }
  };

  const shown = ({
    phoneNumberId,
    wabaId,
    displayPhoneNumber,
    verifiedName,
    appId,
  }: SimulatedNumber): SimulatedNumber => ({
    phoneNumberId,
    wabaId,
    displayPhoneNumber,
    verifiedName,
    appId,
  });

  const simulator: Simulator = {
    async start() {
      if (world.origin) return world.origin;
      world.origin = await server.listen();
      world.numbers.forEach((number) => goOn(number.phoneNumberId));
      return world.origin;
    },
    async stop() {
      queue.close();
      world.scheduler.cancelAll();
      await world.scheduler.idle();
      state.flush();
      if (!world.origin) return;
      world.origin = '';
      await server.close();
    },
    get url() {
      if (!world.origin) throw new Error('The simulator is not started');
      return world.origin;
    },
    addAccount: (input) => void numbers.addAccount(input),
    addNumber(input) {
      const number = numbers.addNumber(input);
      if (world.origin) goOn(number.phoneNumberId);
      return shown(number);
    },
    removeNumber: numbers.removeNumber,
    numbers: () => [...world.numbers.values()].map(shown),
    async verifyCallback(phoneNumberId) {
      const number = world.numbers.get(phoneNumberId);
      if (!number?.callbackUrl || !number.verifyToken)
        throw new Error('The number has no callback or no verify token');
      return performHandshake(number.callbackUrl, number.verifyToken, world.settings.webhookTimeoutMs);
    },
    customers,
    templates,
    faults: world.faults,
    play: async (customerId, phoneNumberId, action) => ({
      wamid: play({ world, queue, statuses }, customerId, phoneNumberId, action),
    }),
    openChat(customerId, phoneNumberId) {
      requireCustomer(world, customerId);
      const thread = findThread(world, customerId, phoneNumberId);
      if (thread) statuses.readAll(thread);
    },
    thread: (customerId, phoneNumberId) =>
      toPhoneMessages(world, findThread(world, customerId, phoneNumberId)),
    media(id) {
      const media = findMedia(world, id);
      if (!media) return undefined;
      const { phoneNumberId, mimeType, fileName, bytes } = media;
      return { phoneNumberId, mimeType, fileName, bytes };
    },
    status: (input) => statuses.post(input),
    announce(phoneNumberId, field, value) {
      if (!world.numbers.has(phoneNumberId)) throw new Error(`No number '${phoneNumberId}'`);
      queue.push({ phoneNumberId, field, kind: field, slot: 'value', element: value });
    },
    async postWebhook(phoneNumberId, payload, postOptions) {
      const raw = typeof payload === 'string' || Buffer.isBuffer(payload);
      if (!raw) learnFrom(world, payload);
      return queue.postRaw(phoneNumberId, raw ? Buffer.from(payload) : toMetaBytes(payload), postOptions);
    },
    idle: (timeoutMs) => world.scheduler.idle(timeoutMs),
    settled: (timeoutMs) => world.scheduler.idle(timeoutMs),
    accepted: world.accepted,
    requests: world.requests,
    webhooks: world.webhooks,
    on: (_event, listener) => world.onChange(listener),
  };

  const control = createControl(world, simulator);
  const server = createSimulatorServer({ world, statuses, templates }, control);
  return simulator;
};
