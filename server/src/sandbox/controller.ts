import type { Context } from 'koa';
import { isE164 } from '../cloud-api/identity-format';
import { WhatsAppError } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { sendFile } from './send-file';
import { parseBody } from '../http/validate';
import type { Scope } from '../storage/scope';
import { customerInput, decideInput, faultInput, playInput } from './input';

const numberOf = (ctx: Context): string | undefined =>
  typeof ctx.query.number === 'string' ? ctx.query.number : undefined;

/** The link itself is the permission: it was signed for somebody who may see the phone. */
export const createSandboxFileController = ({ house }: Pick<Door, 'house'>) =>
  controller({
    async media(ctx: Context) {
      sendFile(ctx, house().sandbox.media(String(ctx.params.id), ctx.query));
    },
  });

export const createSandboxController = (door: Door) => {
  const { house } = door;
  /** Everything of the tenant: playing a customer has nothing to do with what the player may read in the inbox. */
  const scopeOf = async (ctx: Context): Promise<Scope> => {
    const { organizationId } = await door.scopeOf(ctx);
    return { organizationId };
  };

  return controller({
    async ensure(ctx: Context) {
      ctx.body = { data: await house().sandbox.ensure(await scopeOf(ctx)) };
    },
    async state(ctx: Context) {
      ctx.body = { data: await house().sandbox.state(await scopeOf(ctx)) };
    },
    async addCustomer(ctx: Context) {
      const { name, phone, username } = parseBody(ctx, customerInput);
      if (phone && !isE164(phone)) {
        throw new WhatsAppError(
          'invalid_phone_number',
          'The phone number has to be E.164, like +14155550123.',
          {
            errors: [{ path: 'phone', message: 'Must be E.164' }],
          },
        );
      }
      const input = { name, phone: phone || null, username: username || null };
      ctx.status = 201;
      ctx.body = { data: await house().sandbox.addCustomer(await scopeOf(ctx), input) };
    },
    async thread(ctx: Context) {
      ctx.body = {
        data: await house().sandbox.thread(await scopeOf(ctx), String(ctx.params.customerId), numberOf(ctx)),
      };
    },
    async play(ctx: Context) {
      const action = parseBody(ctx, playInput);
      const scope = await scopeOf(ctx);
      ctx.body = {
        data: await house().sandbox.play(scope, String(ctx.params.customerId), numberOf(ctx), action),
      };
    },
    async openChat(ctx: Context) {
      await house().sandbox.openChat(await scopeOf(ctx), String(ctx.params.customerId), numberOf(ctx));
      ctx.status = 204;
    },
    async templates(ctx: Context) {
      ctx.body = { data: await house().sandbox.templates(await scopeOf(ctx)) };
    },
    async decideTemplate(ctx: Context) {
      const decision = parseBody(ctx, decideInput);
      ctx.body = {
        data: await house().sandbox.decideTemplate(await scopeOf(ctx), String(ctx.params.id), decision),
      };
    },
    async faults(ctx: Context) {
      ctx.body = { data: (await house().sandbox.state(await scopeOf(ctx))).faults };
    },
    async clearFaults(ctx: Context) {
      ctx.body = { data: await house().sandbox.clearFaults(await scopeOf(ctx)) };
    },
    async setFault(ctx: Context) {
      ctx.body = { data: await house().sandbox.setFault(await scopeOf(ctx), parseBody(ctx, faultInput)) };
    },
  });
};
