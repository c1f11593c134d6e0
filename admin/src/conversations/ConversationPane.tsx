import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Message } from '../../../server/src/messages/contract';
import { useContactName } from '../design/ContactName';
import { PaneBoundary } from '../design/PaneBoundary';
import { useNow } from '../design/use-now';
import { useTellFailure } from '../design/use-tell-failure';
import { DropZone } from '../messages/composer/DropZone';
import { ReplyComposer, type ReplyHandle } from '../messages/composer/ReplyComposer';
import { useScheduled } from '../messages/composer/scheduled';
import { ScheduledStrip } from '../messages/composer/ScheduledStrip';
import { ComposerLock } from '../messages/ComposerLock';
import { draftStore, setDraft } from '../messages/drafts';
import { ThreadLightbox } from '../messages/lightbox/ThreadLightbox';
import { discardLocal, editScheduled, isLocal, sendContent } from '../messages/sending';
import { Thread, type ThreadHandle } from '../messages/Thread';
import { useMarkRead } from '../messages/use-mark-read';
import { useRowActions } from '../messages/use-row-actions';
import { useStore } from '../store/use-store';
import { warmPicker } from '../templates/picker/picker-store';
import { TemplateButton } from '../templates/picker/TemplateButton';
import { NumberTrouble } from './NumberTrouble';
import { useLock, type LockFacts } from './use-lock';

const RescheduleDialog = lazy(() =>
  import('../messages/composer/RescheduleDialog').then(({ RescheduleDialog: One }) => ({ default: One })),
);

const TemplatePickerDialog = lazy(() =>
  import('../templates/picker/TemplatePickerDialog').then(({ TemplatePickerDialog: One }) => ({
    default: One,
  })),
);

const Frame = styled.div`
  display: flex;
  flex-direction: column;
  height: 100%;
  min-width: 0;
`;

interface Props extends LockFacts {
  userId: string;
  /** May do something about a number in trouble. */
  canAct: boolean;
  /** May send templates; may say how their values are found. */
  canTemplate: boolean;
  canManageTemplates: boolean;
  header(now: number): ReactNode;
}

/** One open conversation: thread and composer. Mount it anew (`key`) for each conversation. */
export const ConversationPane = (props: Props) => {
  const { conversation, integration, userId, canSend, canAct, canTemplate, canManageTemplates, header } =
    props;
  const tell = useTellFailure();
  // Once a second: an expiring window must close the composer within that time.
  const now = useNow(1_000);
  const minute = Math.floor(now / 10_000) * 10_000;
  const lock = useLock(props, now);
  const contactName = useContactName()(conversation.contact);
  const draft = useStore(draftStore, (drafts) => drafts[conversation.id] ?? '');
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [pictureId, setPictureId] = useState<string | null>(null);
  /** The picker, and the template that it begins with; `looked`: what stands in the field was a search for one. */
  const [picking, setPicking] = useState<{ name: string | null; looked: boolean } | null>(null);
  const [replanned, setReplanned] = useState<Message | null>(null);
  const scheduled = useScheduled(conversation.id);
  const thread = useRef<ThreadHandle>(null);
  const composer = useRef<ReplyHandle>(null);
  useMarkRead(conversation.id, conversation.unreadCount, true);

  const onEdit = useCallback(
    (message: Message) => {
      const now = draftStore.get()[conversation.id];
      setDraft(conversation.id, now ? `${now}\n${message.text}` : message.text);
      if (isLocal(message)) discardLocal(message);
      requestAnimationFrame(() => composer.current?.focus());
    },
    [conversation.id],
  );
  const onOpen = useCallback((message: Message) => setPictureId(message.id), []);
  const rowActions = useRowActions({
    tell,
    onReply: setReplyTo,
    onEdit,
    onOpen,
    onReschedule: setReplanned,
  });

  const { id: conversationId, integrationId } = conversation;
  const target = useMemo(() => ({ conversationId, integrationId }), [conversationId, integrationId]);
  const pick = useMemo(
    () =>
      canTemplate
        ? {
            open: (found?: { name: string | null }) =>
              setPicking({ name: found?.name ?? null, looked: found !== undefined }),
            warm: () => warmPicker(target),
          }
        : null,
    [canTemplate, target],
  );
  const closedWindow = lock?.template === true;
  useEffect(() => {
    // Where nothing else can be sent, the picker is what is pressed next.
    if (closedWindow) pick?.warm();
  }, [closedWindow, pick]);

  return (
    <Frame>
      {header(minute)}
      <DropZone enabled={!lock} name={contactName} onFiles={(files) => composer.current?.addFiles(files)}>
        <PaneBoundary>
          <Thread
            ref={thread}
            conversation={conversation}
            userId={userId}
            canSend={canSend}
            rowActions={rowActions}
          />
        </PaneBoundary>
        <PaneBoundary>
          <ScheduledStrip
            messages={scheduled.messages}
            canSend={canSend}
            onReschedule={setReplanned}
            onCancel={rowActions.onCancel}
          />
          {integration && !lock && <NumberTrouble integration={integration} canAct={canAct} />}
          {lock ? (
            <ComposerLock title={lock.title} text={lock.text} draft={draft}>
              {lock.template && pick && <TemplateButton {...pick} />}
            </ComposerLock>
          ) : (
            <ReplyComposer
              ref={composer}
              conversation={conversation}
              contactName={contactName}
              replyTo={replyTo}
              tellTyping={integration?.typingIndicator !== false}
              pick={pick}
              onCancelReply={() => setReplyTo(null)}
              onSent={() => {
                setReplyTo(null);
                thread.current?.onSent();
              }}
            />
          )}
        </PaneBoundary>
      </DropZone>
      {picking && (
        <Suspense fallback={null}>
          <TemplatePickerDialog
            target={target}
            contactName={contactName}
            canManage={canManageTemplates}
            initial={picking.name}
            onClose={() => setPicking(null)}
            onSend={(content, timing) => {
              setPicking(null);
              if (picking.looked) setDraft(conversationId, '');
              sendContent(conversationId, content, null, timing);
              thread.current?.onSent();
            }}
            focusAfter={() => {
              composer.current?.focus();
              return composer.current !== null;
            }}
          />
        </Suspense>
      )}
      <ThreadLightbox
        conversationId={conversation.id}
        currentId={pictureId}
        contactName={contactName}
        onChange={setPictureId}
        onGoTo={(id) => thread.current?.jumpTo(id)}
      />
      {replanned && (
        <Suspense fallback={null}>
          <RescheduleDialog
            message={replanned}
            contactName={contactName}
            windowEnds={conversation.windowExpiresAt ? Date.parse(conversation.windowExpiresAt) : null}
            onClose={() => setReplanned(null)}
            onSave={(body) => {
              setReplanned(null);
              editScheduled(replanned, body).then(scheduled.reload, tell);
            }}
          />
        </Suspense>
      )}
    </Frame>
  );
};
