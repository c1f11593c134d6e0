import { Button, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { ApiError } from '../../api/client';
import { Notice } from '../../design/Notice';
import { fullDateTime } from '../../design/time';
import { t } from '../../translate';
import type { DraftSession, SessionState } from './draft-session';

/** Whether what stands on the page is saved. */
export const SaveLine = ({ saving }: Pick<SessionState, 'saving'>) => {
  const { formatMessage } = useIntl();
  return (
    <Typography
      role="status"
      variant="pi"
      textColor={saving === 'failed' || saving === 'conflict' ? 'danger600' : 'neutral600'}
    >
      {formatMessage(t(`templates.saving.${saving}`))}
    </Typography>
  );
};

/** Why nothing is saved, and the next try. */
export const FailureNotice = ({ state, session }: Props) => {
  const { formatMessage } = useIntl();
  if (state.saving !== 'failed') return null;
  const { failure } = state;
  return (
    <div role="alert">
      <Notice tone="danger" title={formatMessage(t('templates.saving.failed'))}>
        {failure instanceof ApiError && failure.code !== 'network'
          ? failure.message
          : formatMessage(t('failure.network'))}
        <Flex paddingTop={3}>
          <Button size="S" variant="secondary" onClick={() => void session.flush()}>
            {formatMessage(t('common.retry'))}
          </Button>
        </Flex>
      </Notice>
    </div>
  );
};

interface Props {
  state: SessionState;
  session: DraftSession;
}

/** Somebody else saved the same draft: the person chooses whose text goes on. */
export const ConflictNotice = ({ state, session }: Props) => {
  const { formatMessage, locale } = useIntl();
  const { saving, theirs } = state;
  if (saving !== 'conflict' || !theirs) return null;
  return (
    <div role="alert">
      <Notice tone="warning" title={formatMessage(t('templates.conflict'))}>
        {formatMessage(t('templates.conflict.text'), {
          time: fullDateTime(Date.parse(theirs.updatedAt), locale),
        })}
        <Flex gap={2} paddingTop={3} wrap="wrap">
          <Button size="S" variant="secondary" onClick={() => session.takeTheirs()}>
            {formatMessage(t('templates.conflict.theirs'))}
          </Button>
          <Button size="S" variant="tertiary" onClick={() => void session.keepMine()}>
            {formatMessage(t('templates.conflict.mine'))}
          </Button>
        </Flex>
      </Notice>
    </div>
  );
};
