import type { GraphError } from '../cloud-api/graph-error';
import type { Database } from '../storage/database';
import type { Registry } from './registry';
import { noteConnection } from './repository';

interface Deps {
  db: Database;
  registry: Registry;
  now(): number;
  notify(): void;
  warn(line: string): void;
}

/** What sending tells of a number's token: taken, or refused. Noted once each, not with every message. */
export const createProvenTokens = ({ db, registry, now, notify, warn }: Deps) => {
  const proven = new Map<number, string | null>();
  return {
    /** Meta took a message of this number. */
    async accepted(integrationId: number): Promise<void> {
      const number = await registry.byId(integrationId);
      if (!number || proven.get(integrationId) === number.accessToken) return;
      proven.set(integrationId, number.accessToken);
      if (await noteConnection(db, integrationId, 'verified', null, now())) registry.invalidate();
      notify();
    },
    async refused(integrationId: number, error: GraphError): Promise<void> {
      proven.delete(integrationId);
      await noteConnection(db, integrationId, 'error', error.message, now());
      registry.invalidate();
      warn(`[whatsapp] number ${integrationId}: WhatsApp refuses the access token; sending is paused`);
    },
  };
};
