import type { TemplateDraftRecord } from '../../../server/src/template-drafts/contract';
import type {
  ListTemplateAccounts,
  TemplateAlert,
  TemplateDetails,
} from '../../../server/src/templates/contract';
import { api } from '../api/client';
import { organizationStore } from '../api/organization';
import { createResource } from '../api/resource';

interface Page<Row> {
  data: Row[];
  meta?: { nextCursor?: string | null };
}

/** A business account has some hundreds of templates at most, so counts and filters are worked out here. */
const readAll = async <Row>(path: string): Promise<Row[]> => {
  const all: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<Page<Row>>(path, { limit: 100, cursor });
    all.push(...page.data);
    cursor = page.meta?.nextCursor ?? undefined;
  } while (cursor);
  return all;
};

export const templatesResource = createResource(() => readAll<TemplateDetails>('/templates'));
export const draftsResource = createResource(() => readAll<TemplateDraftRecord>('/template-drafts'));
export const accountsResource = createResource(() => api.get<ListTemplateAccounts>('/template-accounts'));
/** What this person has not seen yet, newest first. */
export const alertsResource = createResource(async () =>
  (await api.get<{ data: TemplateAlert[] }>('/template-alerts')).data.filter(({ read }) => !read),
);

/** Takes all alerts off the screen at once; they are back when the server did not hear of it. */
export const dismissAlerts = async (tell: (cause: unknown) => void): Promise<void> => {
  const newest = alertsResource.store.get().data?.[0];
  if (!newest) return;
  alertsResource.mutate(() => []);
  try {
    await api.post('/template-alerts/read', { upTo: newest.id });
  } catch (cause) {
    tell(cause);
    await alertsResource.refresh();
  }
};

/** The same with one of them. */
export const dismissAlert = async (id: string, tell: (cause: unknown) => void): Promise<void> => {
  alertsResource.mutate((all) => all.filter((alert) => alert.id !== id));
  try {
    await api.post('/template-alerts/read', { ids: [id] });
  } catch (cause) {
    tell(cause);
    await alertsResource.refresh();
  }
};

const clearAll = () => {
  templatesResource.clear();
  draftsResource.clear();
  accountsResource.clear();
  alertsResource.clear();
};

let owner = JSON.stringify(organizationStore.get());
// Another person or organization must find nothing of the former one.
organizationStore.subscribe(() => {
  const next = JSON.stringify(organizationStore.get());
  if (next === owner) return;
  owner = next;
  clearAll();
});
