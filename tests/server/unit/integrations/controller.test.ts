import type { Context } from 'koa';
import type { Door } from '../../../../server/src/http/door';
import type { House } from '../../../../server/src/house';
import { createIntegrationController } from '../../../../server/src/integrations/controller';

const INPUT = {
  name: 'Shop',
  phoneNumber: '+14155550123',
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  accessToken: 'EAAtoken12345',
  appSecret: 'secret1234567',
};

it('shows the verify token of a new number, this once, also when the simulator fails', async () => {
  const failure = new Error('no port left');
  const errors: unknown[] = [];
  const house = {
    integrations: { create: async () => ({ id: '7', verifyToken: 'once' }) },
    sandbox: { sync: () => Promise.reject(failure) },
    onError: (error: unknown) => errors.push(error),
  } as unknown as House;
  const door = { house: () => house, scopeOf: async () => ({ organizationId: 1 }) } as unknown as Door;
  const ctx = { request: { body: INPUT }, params: {}, query: {} } as unknown as Context;
  await createIntegrationController(door).create(ctx);
  expect([ctx.status, ctx.body]).toEqual([201, { data: { id: '7', verifyToken: 'once' } }]);
  expect(errors).toEqual([failure]);
});
