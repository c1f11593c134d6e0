import { notFound } from '../errors';
import type { Scope } from '../storage/scope';
import type { Integration, IntegrationCheck, TestIntegration } from './contract';
import type { Health } from './health';
import type { Inspect } from './inspect';
import type { NumberPauses } from './pauses';
import type { ConnectedNumber, Registry } from './registry';
import type { createRepairs } from './repair';
import type { Integrations } from './service';

interface Deps {
  registry: Registry;
  integrations: Integrations;
  health: Health;
  inspect: Inspect;
  repairs: ReturnType<typeof createRepairs>;
  pauses: NumberPauses;
  notify(): void;
}

const MINUTE_MS = 60_000;

/** The verbs that talk to Meta about a connected number, within a tenant. */
export const createConnectionCare = (deps: Deps) => {
  const { registry, integrations, health, inspect, repairs, pauses, notify } = deps;

  const numberOf = async (scope: Scope, id: number | null): Promise<ConnectedNumber> => {
    const number = id === null ? undefined : await registry.byId(id);
    if (!number || number.organizationId !== scope.organizationId) throw notFound('Integration');
    return number;
  };

  return {
    /** The contract's six checks. What Meta says on the way is stored. */
    async test(scope: Scope, id: number | null): Promise<TestIntegration.Response['data']> {
      const { checks } = await inspect(await numberOf(scope, id));
      return { ok: checks.every(({ ok }) => ok), checks };
    },
    async subscribe(scope: Scope, id: number | null): Promise<IntegrationCheck> {
      return repairs.subscribe(await numberOf(scope, id));
    },
    async overrideCallback(scope: Scope, id: number | null): Promise<IntegrationCheck> {
      return repairs.overrideCallback(await numberOf(scope, id));
    },
    /** By hand: before what an admin does at Meta, or when something goes wrong. */
    async pause(
      scope: Scope,
      id: number | null,
      { minutes, reason }: { minutes: number; reason?: string },
    ): Promise<Integration> {
      const at = { ...scope, integrationId: (await numberOf(scope, id)).id };
      const stop = { code: 'manual', reason: reason ?? 'Paused by hand.', forMs: minutes * MINUTE_MS };
      await pauses.pause(at, { ...stop, scope: 'all' });
      notify();
      return integrations.findOne(scope, id);
    },
    /** Ends every pause of the number, Meta's too: what does not go yet pauses it again. */
    async resume(scope: Scope, id: number | null): Promise<Integration> {
      const { id: integrationId } = await numberOf(scope, id);
      await pauses.resume({ ...scope, integrationId });
      pauses.wake(integrationId);
      notify();
      return integrations.findOne(scope, id);
    },
    /** Reads the number's health from Meta now. */
    async readHealth(scope: Scope, id: number | null): Promise<Integration> {
      await health.readNow(await numberOf(scope, id));
      return integrations.findOne(scope, id);
    },
  };
};
