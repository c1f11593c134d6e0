import { EmptyDocuments } from '@strapi/icons/symbols';
import { forwardRef, useCallback, useImperativeHandle, useMemo, useRef } from 'react';
import { useIntl } from 'react-intl';
import type { Conversation } from '../../../server/src/conversations/contract';
import { useContactName } from '../design/ContactName';
import { PaneFailure } from '../design/PaneBoundary';
import { PaneMessage } from '../design/PaneMessage';
import { Delayed } from '../design/Skeleton';
import { useStore } from '../store/use-store';
import { t } from '../translate';
import { MessageRow } from './bubble/MessageRow';
import type { RowActions } from './bubble/MessageView';
import { Frame, Older, Positioned, Scroller, Sizer } from './thread-frame';
import { DateLine, FloatingDate, JumpButton, ThreadSkeleton, UnreadLine } from './thread-parts';
import { loadNewest, threadStore } from './thread-store';
import type { TimelineItem } from './timeline';
import { useJumpTo } from './use-jump-to';
import { useOpening } from './use-opening';
import { useThreadScroll } from './use-thread-scroll';
import { useTimeline } from './use-timeline';
import { report } from '../design/report';

export interface ThreadHandle {
  /** The user sent something: the divider goes, the end comes into view. */
  onSent(): void;
  jumpTo(messageId: string): void;
}

interface Props {
  conversation: Conversation;
  userId: string;
  canSend: boolean;
  /** What rows ask for; the same object for as long as nothing changed, else every row renders anew. */
  rowActions: Omit<RowActions, 'onJump'>;
}

const NOTHING: TimelineItem[] = [];

/** The messages of one conversation. Mount it anew (`key`) for each conversation. */
export const Thread = forwardRef<ThreadHandle, Props>(
  ({ conversation, userId, canSend, rowActions }, ref) => {
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
      jumpTo,
    }));

    const actions = useMemo<RowActions>(() => ({ ...rowActions, onJump: jumpTo }), [jumpTo, rowActions]);

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
