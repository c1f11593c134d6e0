import { LinkButton } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useParams } from 'react-router-dom';
import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { api, ApiError } from '../../api/client';
import { PaneFailure } from '../../design/PaneBoundary';
import { report } from '../../design/report';
import { t } from '../../translate';
import type { Abilities } from '../../use-abilities';
import { TEMPLATES_PATH } from '../paths';
import { Builder } from './Builder';
import { draftUrl } from './use-draft-session';

type State =
  | { state: 'loading' }
  | { state: 'gone' }
  | { state: 'failed'; reference: string }
  | { state: 'ready'; record: TemplateDraftRecord };

const useDraft = (id: string) => {
  const [state, setState] = useState<State>({ state: 'loading' });
  const load = useCallback(
    async (isCurrent: () => boolean) => {
      setState({ state: 'loading' });
      try {
        const { data } = await api.get<{ data: TemplateDraftRecord }>(draftUrl(id));
        if (isCurrent()) setState({ state: 'ready', record: data });
      } catch (cause) {
        if (!isCurrent()) return;
        if (cause instanceof ApiError && cause.status === 404) return setState({ state: 'gone' });
        setState({ state: 'failed', reference: report('A draft could not be loaded', cause) });
      }
    },
    [id],
  );
  useEffect(() => {
    let current = true;
    void load(() => current);
    return () => {
      current = false;
    };
  }, [load]);
  return { state, retry: () => void load(() => true) };
};

/** Loads the draft of the address and opens it. */
export const BuilderPage = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage } = useIntl();
  const { id = '' } = useParams();
  const { state, retry } = useDraft(id);
  if (state.state === 'failed') return <PaneFailure reference={state.reference} onRetry={retry} />;
  if (state.state === 'gone') {
    return (
      <Page.NoData
        action={
          <LinkButton tag={Link} to={TEMPLATES_PATH}>
            {formatMessage(t('templates.backToList'))}
          </LinkButton>
        }
      />
    );
  }
  if (state.state === 'loading' || state.record.id !== id) return <Page.Loading />;
  return <Builder key={id} record={state.record} abilities={abilities} />;
};
