import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';

export const createEncryptionController = ({ house }: Door) =>
  controller({
    async state(ctx: Context) {
      ctx.body = { data: await house().encryption.state() };
    },
    async reseal(ctx: Context) {
      const { encryption, audit } = house();
      const data = await encryption.reseal();
      await audit.record(null, {
        organizationId: null,
        action: 'encryption.reseal',
        target: { type: 'encryption', id: null },
        after: data,
      });
      ctx.body = { data };
    },
  });
