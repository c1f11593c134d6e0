import { useNotification } from '@strapi/strapi/admin';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Integration } from '../../../server/src/integrations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { useContactName } from '../design/ContactName';
import { PaneBoundary } from '../design/PaneBoundary';
import { useNow } from '../design/use-now';
import { Composer, type ComposerHandle } from '../messages/Composer';
import { ComposerLock } from '../messages/ComposerLock';
import { draftStore, setDraft } from '../messages/drafts';
import { discardLocal, isLocal, retryMessage, sendText } from '../messages/sending';
import { Thread, type ThreadHandle } from '../messages/Thread';
import { useMarkRead } from '../messages/use-mark-read';
import { useStore } from '../store/use-store';
import { t } from '../translate';
import { windowAllowsText } from './service-window';

const Frame = styled.div`
  display: flex;
  flex-direction: column;
  height: 100%;
  min-width: 0;
`;

interface Props {
  conversation: Conversation;
  integration: Integration | null;
  userId: string;
  canSend: boolean;
  header(now: number): ReactNode;
}

/** Reason why nothing can be typed, as title and sentence; null when one may write. */
const useLock = ({ conversation, integration, canSend }: Props, now: number) => {
  const { formatMessage } = useIntl();
  const name = useContactName()(conversation.contact);
  if (!canSend)
    return { title: formatMessage(t('lock.readOnly.title')), text: formatMessage(t('lock.readOnly.text')) };
  if (integration && !integration.active) {
    return {
      title: formatMessage(t('lock.inactive.title')),
      text: formatMessage(t('lock.inactive.text'), { name: integration.name }),
    };
  }
  if (windowAllowsText(conversation.windowExpiresAt, now)) return null;
  const never = conversation.windowExpiresAt === null;
  return {
    title: formatMessage(t(never ? 'lock.never.title' : 'lock.closed.title')),
    text: formatMessage(t('lock.closed.text'), { name }),
  };
};

/** One open conversation: thread and composer. Mount it anew (`key`) for each conversation. */
export const ConversationPane = (props: Props) => {
  const { conversation, userId, canSend, header } = props;
  const { toggleNotification } = useNotification();
  // Once a second: an expiring window must close the composer within that time.
  const now = useNow(1_000);
  const minute = Math.floor(now / 10_000) * 10_000;
  const lock = useLock(props, now);
  const contactName = useContactName()(conversation.contact);
  const draft = useStore(draftStore, (drafts) => drafts[conversation.id] ?? '');
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const thread = useRef<ThreadHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  useMarkRead(conversation.id, conversation.unreadCount, true);

  const onSend = (text: string) => {
    sendText(conversation.id, text, replyTo);
    setDraft(conversation.id, '');
    setReplyTo(null);
    thread.current?.onSent();
  };
  const onRetry = useCallback(
    (message: Message) => {
      retryMessage(message).catch((cause: unknown) =>
        toggleNotification({
          type: 'danger',
          message: cause instanceof Error ? cause.message : String(cause),
        }),
      );
    },
    [toggleNotification],
  );
  const onEdit = useCallback(
    (message: Message) => {
      const now = draftStore.get()[conversation.id];
      setDraft(conversation.id, now ? `${now}\n${message.text}` : message.text);
      if (isLocal(message)) discardLocal(message);
      requestAnimationFrame(() => composer.current?.focus());
    },
    [conversation.id],
  );

  return (
    <Frame>
      {header(minute)}
      <PaneBoundary>
        <Thread
          ref={thread}
          conversation={conversation}
          userId={userId}
          canSend={canSend}
          onReply={setReplyTo}
          onRetry={onRetry}
          onEdit={onEdit}
        />
      </PaneBoundary>
      <PaneBoundary>
        {lock ? (
          <ComposerLock {...lock} draft={draft} />
        ) : (
          <Composer
            ref={composer}
            value={draft}
            contactName={contactName}
            replyTo={replyTo}
            onChange={(text) => setDraft(conversation.id, text)}
            onSend={onSend}
            onCancelReply={() => setReplyTo(null)}
          />
        )}
      </PaneBoundary>
    </Frame>
  );
};
