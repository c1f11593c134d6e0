import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
import { PaneFailure } from '../design/PaneBoundary';
import { useNow } from '../design/use-now';
import { draftStore } from '../messages/drafts';
import { useStore } from '../store/use-store';
import { t } from '../translate';
import { ConversationRow, ROW_HEIGHT } from './ConversationRow';
import { AllRead, ListSkeleton, NewPill, NoConversations, NoResults } from './list-parts';
import { EMPTY_SLICE, sliceKey, type ListQuery } from './list-state';
import { listStore, loadList, loadMore } from './list-store';
import { useListOrder } from './use-list-order';
import { report } from '../design/report';

const MINUTE = 60_000;

const Frame = styled.div`
  position: relative;
  flex: 1;
  min-height: 0;
`;
const Scroller = styled.div`
  position: absolute;
  inset: 0;
  overflow: hidden auto;
  overscroll-behavior: contain;
`;
const Sizer = styled.ul`
  position: relative;
  list-style: none;
`;
const Positioned = styled.li`
  position: absolute;
  inset-block-start: 0;
  inset-inline: 0;
  height: ${ROW_HEIGHT}px;
`;

interface Props {
  query: ListQuery;
  selectedId: string | null;
  numbers: Integration[];
  /** Whether the simulator can be offered as a way to a first conversation. */
  simulator: boolean;
  linkTo(id: string): string;
  onReset(): void;
}

const useLoading = (query: ListQuery) => {
  const key = sliceKey(query);
  const [reference, setReference] = useState<string | null>(null);
  const load = useCallback(
    (signal?: AbortSignal) => {
      setReference(null);
      loadList(query, signal).catch((cause: unknown) => {
        setReference(report('The conversations could not be loaded', cause));
      });
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the query's values
    [key],
  );
  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal);
    return () => abort.abort();
  }, [load]);
  return { key, reference, load };
};

/** Arrow keys walk the rows; Home and End go to the ends of what is loaded. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('li a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (next === undefined || at < 0 || !links[next]) return;
  event.preventDefault();
  links[next].focus();
};

/** The conversations that match, newest activity first; only the rows in sight are in the document. */
export const ConversationList = ({ query, selectedId, numbers, simulator, linkTo, onReset }: Props) => {
  const { formatMessage } = useIntl();
  const { key, reference, load } = useLoading(query);
  const slice = useStore(listStore, (state) => state.slices[key] ?? EMPTY_SLICE);
  const byId = useStore(listStore, (state) => state.byId);
  const drafts = useStore(draftStore, (state) => state);
  const now = useNow(MINUTE);
  const scroller = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const { ids, waiting, apply } = useListOrder(slice.ids, hovered || scrolled, key);

  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => ids[index]!,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  });
  const rows = virtualizer.getVirtualItems();
  const lastShown = rows[rows.length - 1]?.index ?? 0;

  useEffect(() => {
    if (slice.nextCursor === null || lastShown < ids.length - 15) return;
    loadMore(query).catch((cause: unknown) => report('Loading more conversations failed', cause));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the query's values
  }, [lastShown, ids.length, slice.nextCursor, key]);

  const showNew = () => {
    apply();
    scroller.current?.scrollTo({ top: 0 });
    setScrolled(false);
  };

  if (slice.status !== 'ready' && ids.length === 0) {
    return (
      <Frame>
        {reference !== null ? <PaneFailure reference={reference} onRetry={() => load()} /> : <ListSkeleton />}
      </Frame>
    );
  }
  if (ids.length === 0) {
    const filtered = query.q !== '' || query.integration !== null;
    return (
      <Frame>
        {filtered && <NoResults onReset={onReset} />}
        {!filtered && query.unread && <AllRead />}
        {!filtered && !query.unread && <NoConversations numbers={numbers} simulator={simulator} />}
      </Frame>
    );
  }
  return (
    <Frame>
      {waiting > 0 && <NewPill count={waiting} onClick={showNew} />}
      <Scroller
        ref={scroller}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 4)}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        onKeyDown={walk}
      >
        <Sizer style={{ height: virtualizer.getTotalSize() }} aria-label={formatMessage(t('list.region'))}>
          {rows.map(({ key: id, index, start }) => {
            const conversation = byId[ids[index]!];
            if (!conversation) return null;
            const number =
              numbers.length > 1 ? numbers.find((n) => n.id === conversation.integrationId) : undefined;
            return (
              <Positioned
                key={id}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={slice.nextCursor === null ? ids.length : -1}
                aria-posinset={index + 1}
              >
                <ConversationRow
                  conversation={conversation}
                  to={linkTo(conversation.id)}
                  selected={conversation.id === selectedId}
                  draft={drafts[conversation.id] ?? ''}
                  now={now}
                  numberName={number?.name ?? null}
                />
              </Positioned>
            );
          })}
        </Sizer>
      </Scroller>
    </Frame>
  );
};
