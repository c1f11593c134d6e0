import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import { WhatsAppError } from '../errors';
import { callbackProblem, isLocalMeta, isSameAddress } from './callback-url';
import type { IntegrationCheck } from './contract';
import type { Inspect } from './inspect';
import { providerError } from './provider-error';
import type { ConnectedNumber } from './registry';

interface Deps {
  clientFor(number: ConnectedNumber): GraphClient;
  webhookUrl(key: string): string;
  inspect: Inspect;
}

/** The buttons beside the checks. Each answers its check, made again. What Meta refuses is `provider_error`. */
export const createRepairs = ({ clientFor, webhookUrl, inspect }: Deps) => {
  const atMeta = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof WhatsAppError) throw error;
      throw providerError(toGraphError(error, { sending: false }));
    }
  };

  const again = async (number: ConnectedNumber, name: string): Promise<IntegrationCheck> =>
    (await inspect(number)).checks.find((check) => check.name === name) as IntegrationCheck;

  /** Meta calls the address at once; an unreachable one would only be refused with a vaguer sentence. */
  const assertReachable = (number: ConnectedNumber, uri: string): void => {
    if (isLocalMeta(number) || callbackProblem(uri) === null) return;
    throw new WhatsAppError(
      'validation_failed',
      'Meta cannot reach this site: set server.url to its public https address first.',
      { errors: [{ path: 'webhookUrl', message: 'Is no public https address' }] },
    );
  };

  const override = async (number: ConnectedNumber): Promise<void> => {
    const uri = webhookUrl(number.webhookKey);
    const { verifyToken } = number;
    assertReachable(number, uri);
    if (verifyToken === null) {
      const message = 'There is no verify token that this server can read; make a new one first.';
      throw new WhatsAppError('validation_failed', message, { errors: [{ path: 'verifyToken', message }] });
    }
    const client = clientFor(number);
    const { callbacks } = await client.getPhoneNumber(number.phoneNumberId);
    await client.subscribe(number.businessAccountId, {
      override_callback_uri: uri,
      verify_token: verifyToken,
    });
    // An address of the number itself wins over the account's, so it has to go or the button changes nothing.
    if (callbacks.number !== null && !isSameAddress(callbacks.number, uri)) {
      await client.overrideNumberCallback(number.phoneNumberId, { uri, verifyToken });
    }
  };

  return {
    /** Subscribes the token's app to the account. One that is subscribed is left alone: asking again drops its override. */
    async subscribe(number: ConnectedNumber): Promise<IntegrationCheck> {
      const { checks } = await inspect(number);
      const known = checks.find(({ name }) => name === 'subscription') as IntegrationCheck;
      if (known.state === 'ok') return known;
      await atMeta(() => clientFor(number).subscribe(number.businessAccountId));
      return again(number, 'subscription');
    },
    /** Points the account's callback at this site, and the number's own where that stands in the way. */
    async overrideCallback(number: ConnectedNumber): Promise<IntegrationCheck> {
      await atMeta(() => override(number));
      return again(number, 'callback');
    },
  };
};
