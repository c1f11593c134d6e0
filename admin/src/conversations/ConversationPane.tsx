import { useCallback, useRef, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Message } from '../../../server/src/messages/contract';
import { useContactName } from '../design/ContactName';
import { PaneBoundary } from '../design/PaneBoundary';
import { useNow } from '../design/use-now';
import { useTellFailure } from '../design/use-tell-failure';
import { Composer, type ComposerHandle } from '../messages/Composer';
import { ComposerLock } from '../messages/ComposerLock';
import { draftStore, setDraft } from '../messages/drafts';
import { discardLocal, isLocal, retryMessage, sendText } from '../messages/sending';
import { Thread, type ThreadHandle } from '../messages/Thread';
import { useMarkRead } from '../messages/use-mark-read';
import { useStore } from '../store/use-store';
import { NumberTrouble } from './NumberTrouble';
import { useLock, type LockFacts } from './use-lock';

const Frame = styled.div`
  display: flex;
  flex-direction: column;
  height: 100%;
  min-width: 0;
`;

interface Props extends LockFacts {
  userId: string;
  header(now: number): ReactNode;
}

/** One open conversation: thread and composer. Mount it anew (`key`) for each conversation. */
export const ConversationPane = (props: Props) => {
  const { conversation, integration, userId, canSend, header } = props;
  const tell = useTellFailure();
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
      retryMessage(message).catch(tell);
    },
    [tell],
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
        {integration?.status === 'error' && !lock && <NumberTrouble integration={integration} />}
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
