import { Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Conversation } from '../../../server/src/conversations/contract';
import { api } from '../api/client';
import { useContactName } from '../design/ContactName';
import { useTellFailure } from '../design/use-tell-failure';
import { t } from '../translate';
import { loadConversation } from './list-store';

/** WhatsApp blocks only people who wrote within the last day. */
const DAY_MS = 24 * 3_600_000;
const mayBeBlocked = ({ windowExpiresAt }: Conversation, now: number): boolean =>
  windowExpiresAt !== null &&
  Date.parse(windowExpiresAt) > now &&
  Date.parse(windowExpiresAt) - now <= DAY_MS;

interface Props {
  conversation: Conversation;
  now: number;
}

/** Blocks a person at WhatsApp for this number, after asking once more, and takes that back. */
export const BlockControl = ({ conversation, now }: Props) => {
  const { formatMessage } = useIntl();
  const tell = useTellFailure();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const { contact, id, integrationId } = conversation;
  const name = useContactName()(contact);
  const act = async (verb: 'block' | 'unblock') => {
    setBusy(true);
    try {
      await api.post(`/contacts/${encodeURIComponent(contact.id)}/${verb}`, { integrationId });
      await loadConversation(id);
    } catch (cause) {
      tell(cause);
    } finally {
      setBusy(false);
      setAsking(false);
    }
  };
  if (contact.blocked) {
    return (
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <Typography variant="pi" textColor="neutral800">
          {formatMessage(t('block.isBlocked'), { name })}
        </Typography>
        <Button variant="secondary" size="S" loading={busy} onClick={() => void act('unblock')}>
          {formatMessage(t('block.unblock'))}
        </Button>
      </Flex>
    );
  }
  if (!asking) {
    const allowed = mayBeBlocked(conversation, now);
    return (
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Button variant="danger-light" size="S" disabled={!allowed} onClick={() => setAsking(true)}>
          {formatMessage(t('block.block'))}
        </Button>
        {!allowed && (
          <Typography variant="pi" textColor="neutral600">
            {formatMessage(t('block.onlyRecent'))}
          </Typography>
        )}
      </Flex>
    );
  }
  return (
    <Flex direction="column" alignItems="flex-start" gap={2} role="group">
      <Typography variant="pi" textColor="neutral800">
        {formatMessage(t('block.ask'), { name })}
      </Typography>
      <Flex gap={2}>
        <Button variant="danger" size="S" loading={busy} onClick={() => void act('block')}>
          {formatMessage(t('block.confirm'))}
        </Button>
        <Button variant="tertiary" size="S" disabled={busy} onClick={() => setAsking(false)}>
          {formatMessage(t('common.cancel'))}
        </Button>
      </Flex>
    </Flex>
  );
};
