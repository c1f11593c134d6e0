import { DEFAULT_GRAPH_URL } from '../constants';
import { WhatsAppError } from '../errors';
import type { Allowance } from '../net/guarded-agent';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import { documentId, randomToken } from '../storage/ids';
import type { Scope } from '../storage/scope';
import type { Secrets } from '../encryption/secrets';
import { assertEndpoint, columnsOf } from './columns';
import type { Environment } from './environment';
import { createIntegrationRepository, isConnected } from './repository';
import type { IntegrationWrite } from './row';
import type { IntegrationPatch } from './schema-input';

/** A number that is connected twice is the caller's mistake, not the server's. */
export const oncePerNumber = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WhatsAppError(
      'phone_number_id_taken',
      'A number with this phone number ID is connected already.',
      { errors: [{ path: 'phoneNumberId', message: 'Is connected already' }] },
    );
  }
};

/** A row that starts from nothing known, also when it continues an older one's history. */
const BLANK: IntegrationWrite = {
  active: true,
  sandbox: false,
  endpoint_url: null,
  api_version: null,
  connection_status: 'unverified',
  connection_message: null,
  connection_problem: null,
  former_phone_number_id: null,
  disconnected_at: null,
  health_due_at: 0,
};

interface Deps {
  db: Database;
  secrets: Secrets;
  environment: Environment;
  allowance: Allowance;
  now(): number;
}

export const createConnector = ({ db, secrets, environment, allowance, now }: Deps) => {
  const write = async (scope: Scope, phoneNumberId: string, input: IntegrationPatch): Promise<number> => {
    assertEndpoint(input.endpointUrl, allowance);
    const repository = createIntegrationRepository(db, scope);
    const former = await repository.findFormer(phoneNumberId);
    const key = former?.documentId ?? documentId();
    const columns = { ...BLANK, ...columnsOf(secrets, key, input), webhook_key: randomToken(24) };
    return oncePerNumber(async () => {
      if (!former) return repository.insert(key, columns, now());
      await repository.update(former.id, columns, now());
      return former.id;
    });
  };

  return {
    /** Writes the row of a new number; one that was disconnected here before continues its history. Answers its id. */
    connect: write,
    /**
     * Connects what the environment describes in full and nobody has connected yet. Its secrets stay out of the database;
     * a verify token that the environment does not give is made and sealed, so it needs a key.
     */
    async connectFromEnvironment(scope: Scope): Promise<number[]> {
      const made: number[] = [];
      for (const number of environment.complete()) {
        if (await isConnected(db, number.phoneNumberId)) continue;
        const { phoneNumber, phoneNumberId, businessAccountId, name, endpointUrl, apiVersion } = number;
        const verifyToken = number.verifyToken || !secrets.configured ? undefined : randomToken(40);
        const input = {
          name: name ?? 'WhatsApp',
          phoneNumber,
          phoneNumberId,
          businessAccountId,
          endpointUrl: endpointUrl ?? DEFAULT_GRAPH_URL,
          ...(apiVersion && { apiVersion }),
          ...(verifyToken && { verifyToken }),
        };
        // Another process may have been faster.
        const id = await write(scope, phoneNumberId, input).catch((error: unknown) => {
          if (error instanceof WhatsAppError && error.code === 'phone_number_id_taken') return null;
          throw error;
        });
        if (id !== null) made.push(id);
      }
      return made;
    },
  };
};
