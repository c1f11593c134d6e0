import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { Key } from '@strapi/icons';
import { useCallback, useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type { EncryptionState, GetEncryption, Reseal } from '../../../server/src/encryption/contract';
import { api } from '../api/client';
import { Card } from '../design/Card';
import { Notice } from '../design/Notice';
import { PaneFailure } from '../design/PaneBoundary';
import { report } from '../design/report';
import { PaneLoading } from '../design/PaneLoading';
import { t } from '../translate';
import { useBusy } from './use-busy';

const Keys = ({ keys }: Pick<EncryptionState, 'keys'>) => {
  const { formatMessage } = useIntl();
  return (
    <Flex tag="ul" direction="column" alignItems="flex-start" gap={2} style={{ listStyle: 'none' }}>
      {keys.map(({ id, newest }) => (
        <Flex tag="li" key={id} gap={3}>
          <Key width={16} height={16} fill="neutral600" aria-hidden />
          <Typography textColor="neutral800">
            <code dir="ltr">{id}</code>
          </Typography>
          <Badge backgroundColor={newest ? 'success100' : 'neutral150'} textColor="neutral800">
            {formatMessage(t(newest ? 'encryption.newest' : 'encryption.older'))}
          </Badge>
        </Flex>
      ))}
    </Flex>
  );
};

/** The key ring by its fingerprints, and the button that seals everything with the newest key. */
export const EncryptionCard = () => {
  const { formatMessage } = useIntl();
  const [state, setState] = useState<EncryptionState | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [done, setDone] = useState<Reseal.Response['data'] | null>(null);
  const { busy, run } = useBusy();

  const load = useCallback(async () => {
    setFailure(null);
    try {
      setState((await api.get<GetEncryption.Response>('/encryption')).data);
    } catch (cause) {
      setFailure(report('The encryption keys could not be read', cause));
    }
  }, []);
  useEffect(() => void load(), [load]);

  const reseal = () =>
    run('work', async () => {
      setDone((await api.post<Reseal.Response>('/encryption/reseal')).data);
      await load();
    });

  const nothingToDo = state?.oldRows === 0;
  return (
    <Card
      title={formatMessage(t('encryption.title'))}
      text={formatMessage(t('encryption.text'))}
      action={
        state?.configured && (
          <Button
            variant="secondary"
            loading={busy !== null}
            disabled={nothingToDo}
            title={nothingToDo ? formatMessage(t('encryption.nothing')) : undefined}
            onClick={() => void reseal()}
          >
            {formatMessage(t('encryption.reseal'))}
          </Button>
        )
      }
    >
      {failure !== null && <PaneFailure reference={failure} onRetry={() => void load()} />}
      {!state && failure === null && <PaneLoading />}
      {state && !state.configured && (
        <Notice tone="danger" title={formatMessage(t('encryption.missing.title'))}>
          {formatMessage(t('encryption.missing.text'))}
        </Notice>
      )}
      {state && state.keys.length > 0 && <Keys keys={state.keys} />}
      {state && (
        <Typography textColor="neutral800">
          {formatMessage(t('encryption.rows'), { sealed: state.sealedRows, old: state.oldRows })}{' '}
          {nothingToDo && formatMessage(t('encryption.nothing'))}
        </Typography>
      )}
      <div role="status">
        {done && (
          <Notice
            tone={done.unreadable > 0 ? 'warning' : 'info'}
            title={formatMessage(t('encryption.done'), { count: done.resealed })}
          >
            {done.unreadable > 0 && formatMessage(t('encryption.unreadable'), { count: done.unreadable })}
          </Notice>
        )}
      </div>
    </Card>
  );
};
