import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Conversation } from '../../../server/src/conversations/contract';
import { integrationsResource, overviewResource } from '../api/resources';
import { useResource } from '../api/resource';
import { ConversationHeader } from '../conversations/ConversationHeader';
import { ConversationList } from '../conversations/ConversationList';
import { ConversationPane } from '../conversations/ConversationPane';
import { Details } from '../conversations/Details';
import { ListFilters } from '../conversations/ListFilters';
import { listStore, loadConversation } from '../conversations/list-store';
import { PaneBoundary, PaneFailure } from '../design/PaneBoundary';
import { Delayed } from '../design/Skeleton';
import { Splitter } from '../design/Splitter';
import { useNow } from '../design/use-now';
import { ThreadSkeleton } from '../messages/thread-parts';
import { useStore } from '../store/use-store';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';
import { ConversationGone, NothingSelected, NotSetUp } from './empty';
import { Frame } from './Frame';
import { usePanes, usePaneWidth } from './layout';
import { shown } from './sync';
import { useInboxUrl } from './use-inbox-url';
import { ViewSwitch } from './ViewSwitch';
import { report } from '../design/report';

const ListColumn = styled.section`
  display: flex;
  flex: none;
  flex-direction: column;
  min-width: 0;
  background: ${({ theme }) => theme.colors.neutral0};
`;
const ThreadColumn = styled.section`
  flex: 1;
  min-width: 0;
`;
const DetailsColumn = styled.div`
  flex: none;
`;
const Drawer = styled.div`
  position: absolute;
  inset-block: 0;
  inset-inline-end: 0;
  z-index: 200;
  width: min(360px, 100%);
  border-inline-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
`;

type Opened =
  | { state: 'none' | 'loading' | 'gone' }
  | { state: 'failed'; reference: string }
  | { state: 'ready'; conversation: Conversation };

/** The conversation of the address: from the list's cache at once, renewed behind. */
const useOpened = (id: string | null): Opened & { retry(): void } => {
  const cached = useStore(listStore, (state) => (id ? state.byId[id] : undefined));
  const [problem, setProblem] = useState<{ id: string; reference: string | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!id) return;
    let current = true;
    setProblem(null);
    loadConversation(id).then(
      (found) => current && !found && setProblem({ id, reference: null }),
      (cause: unknown) => {
        const reference = report('The conversation could not be loaded', cause);
        if (current) setProblem({ id, reference });
      },
    );
    return () => {
      current = false;
    };
  }, [id, attempt]);
  const retry = () => setAttempt((n) => n + 1);
  if (!id) return { state: 'none', retry };
  const trouble = problem?.id === id ? problem : null;
  if (trouble && trouble.reference === null) return { state: 'gone', retry };
  if (cached) return { state: 'ready', conversation: cached, retry };
  return trouble?.reference
    ? { state: 'failed', reference: trouble.reference, retry }
    : { state: 'loading', retry };
};

const SLOW_CLOCK = 30_000;

interface Props {
  userId: string;
  abilities: Abilities;
}

/** The inbox: list, thread, details, as many of them as the width allows. */
export const InboxPage = ({ userId, abilities }: Props) => {
  const { formatMessage } = useIntl();
  const url = useInboxUrl();
  const panes = usePanes();
  const [listWidth, setListWidth] = usePaneWidth(userId, 'list', panes.defaultList);
  const [detailsWidth, setDetailsWidth] = usePaneWidth(userId, 'details', 320);
  const [detailsOpen, setDetailsOpen] = useState(panes.detailsColumn);
  const overview = useResource(overviewResource);
  const { data: numbers } = useResource(integrationsResource, abilities.canReadIntegrations);
  const opened = useOpened(url.conversationId);
  const now = useNow(SLOW_CLOCK);
  const { conversationId, query } = url;

  useEffect(() => {
    shown.query = query;
    shown.conversationId = conversationId;
    return () => {
      shown.query = null;
      shown.conversationId = null;
    };
  }, [query, conversationId]);

  const title = formatMessage(t('inbox.title'));
  const frame = { title, abilities };
  if (overview.data && overview.data.integrations === 0 && !overview.data.hasConversations) {
    return (
      <Frame {...frame} subNav={panes.subNav}>
        <NotSetUp abilities={abilities} />
      </Frame>
    );
  }

  const conversation = opened.state === 'ready' ? opened.conversation : null;
  const integration = numbers?.find(({ id }) => id === conversation?.integrationId) ?? null;
  const showList = panes.sideBySide || conversationId === null;
  const showThread = panes.sideBySide || conversationId !== null;
  const details = conversation && detailsOpen && (
    <Details
      conversation={conversation}
      integration={integration}
      now={now}
      onClose={() => setDetailsOpen(false)}
    />
  );

  return (
    <Frame {...frame} subNav={panes.subNav}>
      {showList && (
        <ListColumn
          aria-label={formatMessage(t('list.region'))}
          style={{ width: panes.sideBySide ? listWidth : '100%' }}
        >
          <PaneBoundary>
            <ListFilters
              q={query.q}
              integration={query.integration}
              numbers={numbers ?? []}
              onQ={url.setQ}
              onIntegration={url.setNumber}
            >
              {!panes.subNav && <ViewSwitch abilities={abilities} />}
            </ListFilters>
            <ConversationList
              query={query}
              selectedId={conversationId}
              numbers={numbers ?? []}
              linkTo={url.linkTo}
              onReset={url.reset}
            />
          </PaneBoundary>
        </ListColumn>
      )}
      {panes.sideBySide && (
        <Splitter label={formatMessage(t('inbox.resizeList'))} width={listWidth} onChange={setListWidth} />
      )}
      {showThread && (
        <ThreadColumn>
          <PaneBoundary key={conversationId}>
            {opened.state === 'none' && <NothingSelected />}
            {opened.state === 'gone' && <ConversationGone />}
            {opened.state === 'failed' && <PaneFailure reference={opened.reference} onRetry={opened.retry} />}
            {opened.state === 'loading' && (
              <Delayed>
                <ThreadSkeleton />
              </Delayed>
            )}
            {conversation && (
              <ConversationPane
                key={conversation.id}
                conversation={conversation}
                integration={integration}
                userId={userId}
                canSend={abilities.canSendMessages}
                header={(at) => (
                  <ConversationHeader
                    conversation={conversation}
                    integration={integration}
                    now={at}
                    backTo={panes.sideBySide ? null : url.linkTo(null)}
                    detailsOpen={detailsOpen}
                    onToggleDetails={() => setDetailsOpen(!detailsOpen)}
                  />
                )}
              />
            )}
          </PaneBoundary>
        </ThreadColumn>
      )}
      {details && panes.detailsColumn && (
        <>
          <Splitter
            label={formatMessage(t('inbox.resizeDetails'))}
            width={detailsWidth}
            reversed
            onChange={setDetailsWidth}
          />
          <DetailsColumn style={{ width: detailsWidth }}>{details}</DetailsColumn>
        </>
      )}
      {details && !panes.detailsColumn && <Drawer>{details}</Drawer>}
    </Frame>
  );
};
