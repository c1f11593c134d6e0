import { EmptyDocuments } from '@strapi/icons/symbols';
import { forwardRef, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { useContactName } from '../design/ContactName';
import { PaneFailure } from '../design/PaneBoundary';
import { PaneMessage } from '../design/PaneMessage';
import { Delayed } from '../design/Skeleton';
import { useStore } from '../store/use-store';
import { t } from '../translate';
import { MessageRow, type RowActions } from './bubble/MessageRow';
import { tokensOf } from './bubble/shell';
import { DateLine, FloatingDate, JumpButton, ThreadSkeleton, UnreadLine } from './thread-parts';
import { loadNewest, loadUnread, threadStore, type ThreadStore } from './thread-store';
import { findUnreadMark, type TimelineItem, type UnreadMark } from './timeline';
import { useJumpTo } from './use-jump-to';
import { useThreadScroll } from './use-thread-scroll';
import { useTimeline } from './use-timeline';
import { report } from '../design/report';

const Frame = styled.section`
  position: relative;
  flex: 1;
  min-height: 0;
  background: ${({ theme }) => tokensOf(theme).thread};
`;
const Scroller = styled.div`
  position: absolute;
  inset: 0;
  display: flex;
  flex-direction: column;
  overflow: hidden auto;
  overscroll-behavior: contain;
  /* The virtualizer anchors; the browser's own anchoring would correct a second time. */
  overflow-anchor: none;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
/** A short conversation stands at the bottom, above the composer. */
const Sizer = styled.div`
  position: relative;
  flex: none;
  width: 100%;
  margin-block-start: auto;
`;
const Positioned = styled.div`
  position: absolute;
  inset-block-start: 0;
  inset-inline: 0;
`;
const Older = styled.div`
  position: absolute;
  inset-block-start: 0;
  inset-inline: 0;
  height: 48px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  line-height: 48px;
  text-align: center;
`;

export interface ThreadHandle {
  /** The user sent something: the divider goes, the end comes into view. */
  onSent(): void;
}

interface Props {
  conversation: Conversation;
  userId: string;
  canSend: boolean;
  onReply: RowActions['onReply'];
  onRetry: RowActions['onRetry'];
  onEdit: RowActions['onEdit'];
}

const useOpening = (conversation: Conversation, store: ThreadStore) => {
  // Frozen at opening: later arrivals and the read receipt must not move the divider.
  const [unreadAtOpen] = useState(conversation.unreadCount);
  const [mark, setMark] = useState<UnreadMark | null>(() =>
    store.get().status === 'ready' ? findUnreadMark(store.get(), unreadAtOpen) : null,
  );
  const [opened, setOpened] = useState(() => store.get().status === 'ready');
  const [reference, setReference] = useState<string | null>(null);

  const load = useCallback(async () => {
    setReference(null);
    try {
      await loadUnread(conversation.id, unreadAtOpen);
      setOpened((was) => {
        if (!was) setMark(findUnreadMark(store.get(), unreadAtOpen));
        return true;
      });
    } catch (cause) {
      setReference(report('The messages could not be loaded', cause));
    }
  }, [conversation.id, store, unreadAtOpen]);

  useEffect(() => void load(), [load]);
  return { mark, clearMark: useCallback(() => setMark(null), []), opened, reference, reload: load };
};

const NOTHING: TimelineItem[] = [];

/** The messages of one conversation. Mount it anew (`key`) for each conversation. */
export const Thread = forwardRef<ThreadHandle, Props>(
  ({ conversation, userId, canSend, onReply, onRetry, onEdit }, ref) => {
    const { formatMessage } = useIntl();
    const contactName = useContactName()(conversation.contact);
    const store = useMemo(() => threadStore(conversation.id), [conversation.id]);
    const { mark, clearMark, opened, reference, reload } = useOpening(conversation, store);
    const timeline = useTimeline(store, mark);
    const items = opened ? timeline : NOTHING;
    const scroller = useRef<HTMLDivElement>(null);
    const scroll = useThreadScroll({ conversationId: conversation.id, store, items, scroller });
    const { virtualizer, placed, toEnd } = scroll;
    const { flash, jumpTo } = useJumpTo(conversation.id, store, items, virtualizer);
    const { hasOlder, hasNewer } = useStore(
      store,
      (state) => ({ hasOlder: state.olderCursor !== null, hasNewer: state.hasNewer }),
      (a, b) => a.hasOlder === b.hasOlder && a.hasNewer === b.hasNewer,
    );

    const goToEnd = useCallback(() => {
      if (!store.get().hasNewer) return toEnd();
      loadNewest(conversation.id).then(toEnd, (cause: unknown) =>
        report('Loading the newest messages failed', cause),
      );
    }, [conversation.id, store, toEnd]);

    useImperativeHandle(ref, () => ({
      onSent() {
        clearMark();
        // The bubble is in the store already, but its row is not: the end is where it will be after this render.
        requestAnimationFrame(goToEnd);
      },
    }));

    const actions = useMemo<RowActions>(
      () => ({ onJump: jumpTo, onReply, onRetry, onEdit }),
      [jumpTo, onReply, onRetry, onEdit],
    );

    const row = (item: TimelineItem) => {
      if (item.kind === 'date') return <DateLine at={item.at} />;
      if (item.kind === 'unread') return <UnreadLine count={item.count} />;
      return (
        <MessageRow
          store={store}
          messageKey={item.key}
          first={item.first}
          last={item.last}
          flash={flash === item.key}
          contactName={contactName}
          userId={userId}
          canSend={canSend}
          actions={actions}
        />
      );
    };

    return (
      <Frame aria-label={formatMessage(t('thread.region'), { name: contactName })}>
        <Scroller
          ref={scroller}
          tabIndex={0}
          onScroll={scroll.onScroll}
          style={{ visibility: placed ? 'visible' : 'hidden' }}
        >
          {hasOlder && <Older>{formatMessage(t('thread.loadingOlder'))}</Older>}
          <Sizer style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ key, index, start }) => (
              <Positioned
                key={key}
                data-index={index}
                ref={virtualizer.measureElement}
                style={{ transform: `translateY(${start}px)` }}
              >
                {row(items[index]!)}
              </Positioned>
            ))}
          </Sizer>
        </Scroller>
        {!opened && reference === null && (
          <Delayed>
            <ThreadSkeleton />
          </Delayed>
        )}
        {!opened && reference !== null && <PaneFailure reference={reference} onRetry={() => void reload()} />}
        {opened && items.length === 0 && (
          <PaneMessage
            picture={<EmptyDocuments width="12rem" height="8rem" aria-hidden />}
            title={formatMessage(t('thread.empty'))}
          />
        )}
        <FloatingDate {...scroll.pill} />
        {placed && (scroll.away || hasNewer) && (
          <JumpButton count={scroll.unseen?.count ?? 0} onClick={hasNewer ? goToEnd : scroll.jump} />
        )}
      </Frame>
    );
  },
);
Thread.displayName = 'Thread';

export type { Message };
