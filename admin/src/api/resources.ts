import type { Overview } from '../../../server/src/conversations/contract';
import type { Integration, ListIntegrations } from '../../../server/src/integrations/contract';
import type { ListAssignees, Me } from '../../../server/src/organizations/contract';
import type { Debug } from '../../../server/src/debug/contract';
import type { GetSimulator, SimulatorState } from '../../../server/src/sandbox/contract';
import { api, ApiError } from './client';
import { chooseOrganization, organizationStore } from './organization';
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

/** Who asks. A choice that is no longer theirs (taken out of it, deleted) is forgotten. */
const loadMe = async (): Promise<Me.Response['data']> => {
  try {
    return (await api.get<Me.Response>('/me')).data;
  } catch (cause) {
    const stale = cause instanceof ApiError && cause.status === 404;
    if (!stale || organizationStore.get().slug === null) throw cause;
    chooseOrganization(null);
    return (await api.get<Me.Response>('/me')).data;
  }
};

export const meResource = createResource(loadMe);

/** Who may be given a conversation. */
export const assigneesResource = createResource<ListAssignees.Response['data']>(
  async () => (await api.get<ListAssignees.Response>('/assignees')).data,
);

export const debugResource = createResource<Debug.Response['data']>(
  async () => (await api.get<Debug.Response>('/debug')).data,
);

export const clearResources = (): void => {
  integrationsResource.clear();
  overviewResource.clear();
  simulatorResource.clear();
  debugResource.clear();
  assigneesResource.clear();
};
