import type { Overview } from '../../../server/src/conversations/contract';
import type { Integration, ListIntegrations } from '../../../server/src/integrations/contract';
import type { GetSimulator, SimulatorState } from '../../../server/src/sandbox/contract';
import { api } from './client';
import { createResource } from './resource';

/** All numbers; a team has few, so the pages are read to the end. */
const loadIntegrations = async (): Promise<Integration[]> => {
  const all: Integration[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<ListIntegrations.Response>('/integrations', { limit: 100, cursor });
    all.push(...page.data);
    cursor = page.meta?.nextCursor ?? undefined;
  } while (cursor);
  return all;
};

export const integrationsResource = createResource<Integration[]>(loadIntegrations);

export const overviewResource = createResource<Overview.Response['data']>(
  async () => (await api.get<Overview.Response>('/overview')).data,
);

export const simulatorResource = createResource<SimulatorState>(
  async () => (await api.get<GetSimulator.Response>('/simulator')).data,
);

export const clearResources = (): void => {
  integrationsResource.clear();
  overviewResource.clear();
  simulatorResource.clear();
};
