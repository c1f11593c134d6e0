import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { useBlocker } from 'react-router-dom';
import { t } from '../../translate';
import type { DraftSession } from './draft-session';

/** Saves before the page is left; the person is asked only when that is not possible. */
export const LeaveGuard = ({ session, unsaved }: { session: DraftSession; unsaved: boolean }) => {
  const { formatMessage } = useIntl();
  const [asking, setAsking] = useState(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  const { state, proceed, reset } = blocker;
  useEffect(() => {
    if (state !== 'blocked') return;
    let current = true;
    void session.flush().then((done) => {
      if (!current) return;
      if (done) proceed();
      else setAsking(true);
    });
    return () => {
      current = false;
    };
  }, [state, proceed, session]);
  const stay = () => {
    setAsking(false);
    reset?.();
  };
  if (!asking || state !== 'blocked') return null;
  return (
    <Dialog.Root open onOpenChange={(open: boolean) => !open && stay()}>
      <Dialog.Content>
        <Dialog.Header>{formatMessage(t('templates.leave'))}</Dialog.Header>
        <Dialog.Body icon={<WarningCircle fill="danger600" />}>
          <Typography textAlign="center">{formatMessage(t('templates.leave.text'))}</Typography>
        </Dialog.Body>
        <Dialog.Footer>
          <Flex gap={2} width="100%">
            <Button fullWidth variant="tertiary" onClick={stay}>
              {formatMessage(t('templates.leave.stay'))}
            </Button>
            <Button fullWidth variant="danger-light" onClick={() => proceed()}>
              {formatMessage(t('templates.leave.go'))}
            </Button>
          </Flex>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};
