import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router-dom';
import { integrationsResource, overviewResource } from '../api/resources';
import { useResource } from '../api/resource';
import { Assignee } from '../conversations/Assignee';
import { ConversationHeader } from '../conversations/ConversationHeader';
import { ConversationList } from '../conversations/ConversationList';
import { ConversationPane } from '../conversations/ConversationPane';
import { Details } from '../conversations/Details';
import { ListFilters } from '../conversations/ListFilters';
import { PaneBoundary, PaneFailure } from '../design/PaneBoundary';
import { Delayed } from '../design/Skeleton';
import { Splitter } from '../design/Splitter';
import { useNow } from '../design/use-now';
import { ThreadSkeleton } from '../messages/thread-parts';
import { StartConversation } from '../start/StartConversation';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';
import { DetailsColumn, Drawer, ListColumn, ThreadColumn } from './columns';
import { ConversationGone, NothingSelected, NotSetUp } from './empty';
import { Frame } from './Frame';
import { useSimulatorOffered } from './use-simulator-offered';
import { usePanes, usePaneWidth } from './layout';
import { shown } from './sync';
import { useInboxUrl } from './use-inbox-url';
import { useOpened } from './use-opened';
import { ViewSwitch } from './ViewSwitch';

const SLOW_CLOCK = 30_000;

interface Props {
  userId: string;
  abilities: Abilities;
}

/** The inbox: list, thread, details, as many of them as the width allows. */
export const InboxPage = ({ userId, abilities }: Props) => {
  const { formatMessage } = useIntl();
  const navigate = useNavigate();
  const url = useInboxUrl(userId);
  const panes = usePanes();
  const [listWidth, setListWidth] = usePaneWidth(userId, 'list', panes.defaultList);
  const [detailsWidth, setDetailsWidth] = usePaneWidth(userId, 'details', 320);
  const [detailsOpen, setDetailsOpen] = useState(panes.detailsColumn);
  const overview = useResource(overviewResource);
  const { data: numbers } = useResource(integrationsResource, abilities.canSeeInbox);
  const opened = useOpened(url.conversationId);
  const simulatorOffered = useSimulatorOffered(abilities);
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

  // A number that was remembered may be gone since.
  const { setNumber } = url;
  const lost = query.integration !== null && numbers?.every(({ id }) => id !== query.integration);
  useEffect(() => {
    if (lost) setNumber(null);
  }, [lost, setNumber]);

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
      canReveal={abilities.canRevealPhones}
      canEdit={abilities.canEditContacts}
      canTest={abilities.canManageTemplates}
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
              action={
                abilities.canStartConversations &&
                abilities.canSendTemplates && (
                  <StartConversation
                    userId={userId}
                    numbers={numbers ?? []}
                    integrationId={query.integration}
                    canManageTemplates={abilities.canManageTemplates}
                    onOpen={(id) => navigate(url.linkTo(id))}
                  />
                )
              }
            >
              {!panes.subNav && <ViewSwitch abilities={abilities} />}
            </ListFilters>
            <ConversationList
              query={query}
              selectedId={conversationId}
              numbers={numbers ?? []}
              simulator={simulatorOffered}
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
            {opened.state === 'none' && (
              <NothingSelected hasConversations={overview.data?.hasConversations ?? true} />
            )}
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
                numberGone={conversation !== null && numbers !== null && integration === null}
                userId={userId}
                canSend={abilities.canSendMessages}
                canAct={abilities.canReadIntegrations}
                canTemplate={abilities.canSendTemplates}
                canManageTemplates={abilities.canManageTemplates}
                header={(at) => (
                  <ConversationHeader
                    conversation={conversation}
                    integration={integration}
                    now={at}
                    backTo={panes.sideBySide ? null : url.linkTo(null)}
                    detailsOpen={detailsOpen}
                    assignee={
                      <Assignee
                        conversation={conversation}
                        userId={userId}
                        canAssign={abilities.canAssignConversations}
                      />
                    }
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
