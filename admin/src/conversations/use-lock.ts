import { useIntl } from 'react-intl';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Integration } from '../../../server/src/integrations/contract';
import { useContactName } from '../design/ContactName';
import { t } from '../translate';
import { windowAllowsText } from './service-window';

export interface LockFacts {
  conversation: Conversation;
  /** null where the viewer may not see numbers, or while they are loading. */
  integration: Integration | null;
  /** The number was deleted and its history kept. */
  numberGone: boolean;
  canSend: boolean;
}

export interface Lock {
  title: string;
  text: string;
  /** A template goes out all the same, if the person may send one. */
  template?: boolean;
}

/** Reason why nothing can be typed, as title and sentence; null when one may write. */
export const useLock = (
  { conversation, integration, numberGone, canSend }: LockFacts,
  now: number,
): Lock | null => {
  const { formatMessage } = useIntl();
  const name = useContactName()(conversation.contact);
  const off = integration !== null && !integration.active;
  const blocked = conversation.contact.blocked === true;
  if (!canSend) {
    return {
      title: formatMessage(t('lock.readOnly.title')),
      text: formatMessage(t('lock.readOnly.text')),
      template: !numberGone && !off && !blocked,
    };
  }
  if (numberGone)
    return { title: formatMessage(t('lock.gone.title')), text: formatMessage(t('lock.gone.text')) };
  if (off) {
    return {
      title: formatMessage(t('lock.inactive.title')),
      text: formatMessage(t('lock.inactive.text'), { name: integration.name }),
    };
  }
  if (blocked) {
    return {
      title: formatMessage(t('block.isBlocked'), { name }),
      text: formatMessage(t('lock.blocked.text')),
    };
  }
  if (windowAllowsText(conversation.windowExpiresAt, now)) return null;
  const never = conversation.windowExpiresAt === null;
  return {
    title: formatMessage(t(never ? 'lock.never.title' : 'lock.closed.title')),
    text: formatMessage(t('lock.closed.text'), { name }),
    template: true,
  };
};
