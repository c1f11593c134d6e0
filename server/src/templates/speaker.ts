import type { GraphClient } from '../cloud-api/client';
import { notFound, WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { Scope } from '../storage/scope';
import { speakersOf } from './accounts';

export interface Speaker {
  client: GraphClient;
  number: ConnectedNumber;
}

export type SpeakerOf = (scope: Scope, businessAccountId: string) => Promise<Speaker>;

/**
 * Who speaks with Meta for an account: a number of the tenant that has a token. `not_found` for an account that is not the
 * tenant's, `provider_error` when none of its numbers has a token.
 */
export const createSpeakerOf =
  (registry: Registry, clientFor: (number: ConnectedNumber) => GraphClient): SpeakerOf =>
  async ({ organizationId }, businessAccountId) => {
    const own = (await registry.all()).filter(
      (number) => number.organizationId === organizationId && number.businessAccountId === businessAccountId,
    );
    if (own.length === 0) throw notFound('Business account');
    const [number] = speakersOf(own.filter(({ accessToken }) => accessToken !== null));
    if (!number)
      throw new WhatsAppError('provider_error', 'No number of this account has an access token.', {
        reason: 'unreachable',
        meta: null,
      });
    return { client: clientFor(number), number };
  };
