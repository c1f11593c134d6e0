import type { Context } from 'koa';
import { invalid } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { parseBody } from '../http/validate';
import { createWebhookController } from '../inbound/controller';
import { createIntegrationController } from '../integrations/controller';
import { createMessageController } from '../messages/controller';
import { compatInput, type CompatInput } from './schema-input';

type Handler = (ctx: Context) => Promise<void> | void;

/** `+1 415-555-0123` as people and Meta write it. */
const e164 = (display: string): string => `+${display.replace(/\D/g, '')}`;

/** The paths of the second document: the same rooms and services, told in its words. */
export const createCompatController = (door: Door) => {
  const { house } = door;
  const integrations = createIntegrationController(door);
  const messages = createMessageController(door);
  const webhook = createWebhookController(door);

  /** What the body does not say, Meta knows. */
  const phoneOf = async ({ apiKey, endpointUrl, config }: CompatInput, id: string): Promise<string> => {
    if (config.displayPhoneNumber) return config.displayPhoneNumber;
    const found = await house()
      .lookUpNumber({ accessToken: apiKey, endpointUrl, sandbox: config.sandbox === true, phoneNumberId: id })
      .catch(() => null);
    if (found) return e164(found);
    throw invalid([
      {
        path: 'config.displayPhoneNumber',
        message: 'Is needed: WhatsApp does not tell it for this number and key',
      },
    ]);
  };

  const translate: Handler = async (ctx) => {
    const input = parseBody(ctx, compatInput);
    const { config, apiKey, apiSecret, endpointUrl, name, provider } = input;
    const phoneNumberId = config.phoneNumberId ?? apiSecret ?? '';
    const body = {
      name: name ?? provider ?? 'WhatsApp',
      phoneNumber: await phoneOf(input, phoneNumberId),
      phoneNumberId,
      businessAccountId: config.businessAccountId,
      accessToken: apiKey,
      ...(config.appSecret === undefined ? {} : { appSecret: config.appSecret }),
      ...(endpointUrl === undefined ? {} : { endpointUrl }),
      ...(config.sandbox === undefined ? {} : { sandbox: config.sandbox }),
    };
    (ctx.request as unknown as { body: unknown }).body = body;
    await integrations.createWithoutSecret(ctx);
  };
  const { create } = controller({ create: translate });

  return {
    createIntegration: create,
    findIntegrations: integrations.find,
    findIntegration: integrations.findOne,
    testIntegration: integrations.test,
    send: messages.send,
    verify: webhook.verify,
    receive: webhook.receive,
  };
};
