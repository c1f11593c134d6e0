import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router-dom';
import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { api } from '../../api/client';
import { useTellFailure } from '../../design/use-tell-failure';
import { t } from '../../translate';
import { templatePath, TEMPLATES_PATH } from '../paths';
import { draftsResource } from '../resources';
import { refreshTemplates } from '../use-live-templates';
import type { DraftSession } from './draft-session';
import type { DraftAction } from './review';
import { draftUrl } from './use-draft-session';

type One = { data: TemplateDraftRecord };

/** Submits a draft, or takes it a step through the review by a colleague. What was typed is saved first. */
export const useDraftActions = (session: DraftSession) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const tell = useTellFailure();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<DraftAction | 'delete' | null>(null);
  const { id } = session.store.get().draft;

  const done = (record: TemplateDraftRecord, action: DraftAction) => {
    session.adopt(record);
    toggleNotification({ type: 'success', message: formatMessage(t(`templates.done.${action}`)) });
    refreshTemplates();
    if (record.state === 'submitted')
      navigate(record.templateId ? templatePath(record.templateId) : TEMPLATES_PATH);
  };

  const act = async (action: DraftAction, body?: object) => {
    if (busy !== null) return;
    setBusy(action);
    try {
      if (!(await session.flush())) return;
      // What is agreed to or submitted is what stands on this page, not what somebody saves in this moment.
      const { version } = session.store.get().draft;
      done((await api.post<One>(`${draftUrl(id)}/${action}`, { ...body, version })).data, action);
    } catch (cause) {
      tell(cause);
      // What Meta said is kept with the draft; without it the notice has to do.
      await api.get<One>(draftUrl(id)).then(
        ({ data }) => session.adopt(data),
        () => undefined,
      );
    } finally {
      setBusy(null);
    }
  };

  const remove = async () => {
    setBusy('delete');
    try {
      session.stop();
      await api.del(draftUrl(id));
      draftsResource.mutate((drafts) => drafts.filter((draft) => draft.id !== id));
      refreshTemplates();
      navigate(TEMPLATES_PATH);
    } catch (cause) {
      tell(cause);
    } finally {
      setBusy(null);
    }
  };
  return { busy, act, remove };
};
