import type {
  ListOrganizations,
  ListPeople,
  Organization,
  Person,
} from '../../../server/src/organizations/contract';
import { api } from '../api/client';
import { createResource } from '../api/resource';

export const organizationsResource = createResource<Organization[]>(
  async () => (await api.get<ListOrganizations.Response>('/organizations')).data,
);

export const peopleResource = createResource<Person[]>(
  async () => (await api.get<ListPeople.Response>('/organizations-people')).data,
);
