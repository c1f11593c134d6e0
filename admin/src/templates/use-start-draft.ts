import { useNavigate } from 'react-router-dom';
import type { CreateDraft, TemplateDraftRecord } from '../../../server/src/template-drafts/contract';
import { api } from '../api/client';
import { useBusy } from '../settings/use-busy';
import { draftPath } from './paths';
import { draftsResource } from './resources';

/** Begins a draft from a template and opens it in the builder. */
export const useStartDraft = () => {
  const navigate = useNavigate();
  const { busy, run } = useBusy();
  const start = (body: CreateDraft, search = '') =>
    run('work', async () => {
      const { data } = await api.post<{ data: TemplateDraftRecord }>('/template-drafts', body);
      void draftsResource.refresh();
      navigate(draftPath(data.id) + search);
    });
  return { starting: busy !== null, start };
};
