import { ok, type Answer, type Call } from './call';
import { isFaultName } from './faults';
import { isFields } from './send/fields';
import type { Control } from './server';
import type { Simulator } from './api';
import type { CustomerInput, FaultSettings, PlayAction } from './types';
import type { World } from './world';

const refuse = (status: number, message: string): Answer => ({ status, body: { error: message } });

/**
 * Only programs on this machine: a web page could otherwise steer it through the visitor's browser, by a plain form post
 * or by pointing its own host name at 127.0.0.1.
 */
const isLocal = (call: Call): boolean => {
  const host = (call.headers.host ?? '').replace(/:\d+$/, '');
  const hasBody = call.method !== 'GET' && call.method !== 'DELETE';
  const isJson = (call.headers['content-type'] ?? '').includes('application/json');
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host) && (!hasBody || isJson);
};

const state = (world: World, simulator: Simulator): unknown => ({
  numbers: simulator.numbers(),
  customers: simulator.customers.list(),
  faults: simulator.faults.list(),
  pendingWebhooks: world.pending.size,
  accepted: simulator.accepted.length,
});

const ofCustomer = async (simulator: Simulator, call: Call): Promise<Answer> => {
  const [, , id, what] = call.segments;
  const number = call.query.get('number') ?? simulator.numbers()[0]?.phoneNumberId ?? '';
  if (call.method === 'DELETE' && what === undefined) {
    simulator.customers.remove(id);
    return ok({});
  }
  if (what === 'messages' && call.method === 'GET') return ok(simulator.thread(id, number));
  if (what === 'messages' && call.method === 'POST') {
    // The play verb itself complains about what it cannot use.
    return ok(await simulator.play(id, number, call.params as unknown as PlayAction));
  }
  if (what === 'read' && call.method === 'POST') {
    simulator.openChat(id, number);
    return ok({});
  }
  return refuse(
    404,
    'Known: GET|POST /customers/<id>/messages, POST /customers/<id>/read, DELETE /customers/<id>',
  );
};

const setFault = (simulator: Simulator, call: Call): Answer => {
  const { name, active, ...settings } = call.params;
  if (typeof name !== 'string' || !isFaultName(name))
    return refuse(400, 'Unknown fault; see GET /_simulator/faults');
  if (active === false) simulator.faults.clear(name);
  else simulator.faults.set(name, settings as FaultSettings);
  return ok(simulator.faults.list());
};

const answer = async (world: World, simulator: Simulator, call: Call): Promise<Answer> => {
  const [, what, id] = call.segments;
  const is = (method: string, path: string | undefined): boolean => call.method === method && what === path;
  if (is('GET', undefined)) return ok(state(world, simulator));
  if (is('GET', 'accepted')) return ok(simulator.accepted);
  if (is('GET', 'requests')) return ok(simulator.requests);
  if (is('GET', 'webhooks')) return ok(simulator.webhooks);
  if (is('GET', 'faults')) return ok(simulator.faults.list());
  if (is('PUT', 'faults')) return setFault(simulator, call);
  if (is('DELETE', 'faults')) {
    simulator.faults.clear();
    return ok(simulator.faults.list());
  }
  if (what === 'customers' && id !== undefined) return ofCustomer(simulator, call);
  if (is('GET', 'customers')) return ok(simulator.customers.list());
  if (is('POST', 'customers')) {
    if (!isFields(call.params) || typeof call.params.name !== 'string')
      return refuse(400, 'A customer needs a name');
    return { status: 201, body: simulator.customers.add(call.params as unknown as CustomerInput) };
  }
  return refuse(404, 'Known: customers, faults, accepted, requests, webhooks');
};

/** `/_simulator/*`, when it is switched on. */
export const createControl =
  (world: World, simulator: Simulator): Control =>
  async (call) => {
    if (call.segments[0] !== '_simulator' || !world.settings.control) return null;
    if (!isLocal(call)) return refuse(403, 'Only local calls with application/json');
    try {
      return await answer(world, simulator, call);
    } catch (error) {
      return refuse(400, (error as Error).message);
    }
  };
