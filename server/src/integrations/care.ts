import { notFound } from '../errors';
import type { Scope } from '../storage/scope';
import type { Integration, IntegrationCheck, TestIntegration } from './contract';
import type { Health } from './health';
import type { Inspect } from './inspect';
import type { ConnectedNumber, Registry } from './registry';
import type { createRepairs } from './repair';
import type { Integrations } from './service';

interface Deps {
  registry: Registry;
  integrations: Integrations;
  health: Health;
  inspect: Inspect;
  repairs: ReturnType<typeof createRepairs>;
}

/** The verbs that talk to Meta about a connected number, within a tenant. */
export const createConnectionCare = ({ registry, integrations, health, inspect, repairs }: Deps) => {
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
    /** Reads the number's health from Meta now. */
    async readHealth(scope: Scope, id: number | null): Promise<Integration> {
      await health.readNow(await numberOf(scope, id));
      return integrations.findOne(scope, id);
    },
  };
};

export type ConnectionCare = ReturnType<typeof createConnectionCare>;
