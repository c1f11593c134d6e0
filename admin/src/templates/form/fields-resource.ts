import type { BindableType } from '../../../../server/src/template-use/contract';
import { api } from '../../api/client';
import { createResource } from '../../api/resource';

/** What parameters may be bound to, as far as the asking person may read it. */
export const bindableResource = createResource<BindableType[]>(
  async () => (await api.get<{ data: BindableType[] }>('/template-fields')).data,
);
