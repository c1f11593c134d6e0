import { IconButton } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { memo } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { ReplyGlyph } from '../../design/icons';
import { timeOfDay } from '../../design/time';
import { PaneBoundary } from '../../design/PaneBoundary';
import { useStore } from '../../store/use-store';
import { t, type TranslationId } from '../../translate';
import { emojiOnlyCount } from '../markup/emoji-only';
import { Markup } from '../markup/Markup';
import type { ThreadStore } from '../thread-store';
import { typeInfo } from '../type-info';
import { FailureLine } from './FailureLine';
import { MediaBody } from './MediaBody';
import { MessageMeta } from './MessageMeta';
import { Quote } from './Quote';
import { Reactions } from './Reactions';
import { Author, Body, Bubble, Muted, Row, type Tone } from './shell';
import { cardHoldsText, TypeBody } from './TypeBody';

export interface RowActions {
  onJump(messageId: string): void;
  onReply(message: Message): void;
  onRetry(message: Message): void;
  onEdit(message: Message): void;
}

const Line = styled.div`
  display: flex;
  align-items: center;
  gap: 4px;
  max-width: 100%;
  &[data-mine='true'] {
    flex-direction: row-reverse;
  }
  > [data-actions] {
    opacity: 0;
  }
  &:hover > [data-actions],
  &:focus-within > [data-actions] {
    opacity: 1;
  }
`;
const Actions = styled.div`
  display: flex;
  flex: none;
  @media (hover: none) {
    display: none;
  }
`;
const SystemLine = styled.p`
  align-self: center;
  max-width: 80%;
  padding: 2px 10px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  text-align: center;
  overflow-wrap: anywhere;
`;
const Big = styled.div`
  font-size: 3.2rem;
  line-height: 4rem;
`;

const toneOf = (message: Message): Tone => {
  if (message.type === 'note') return 'note';
  if (message.status === 'failed') return 'failed';
  return message.direction === 'outbound' ? 'outgoing' : 'incoming';
};

interface ContentProps {
  message: Message;
  contactName: string;
  actions: RowActions;
}

const Content = ({ message, contactName, actions }: ContentProps) => {
  const { formatMessage } = useIntl();
  if (message.revoked) {
    return (
      <Body>
        <Muted style={{ fontStyle: 'italic' }}>{formatMessage(t('message.revoked'))}</Muted>
        <MessageMeta message={message} />
      </Body>
    );
  }
  const text = cardHoldsText(message) ? '' : message.text;
  const big = message.type === 'text' && emojiOnlyCount(text) > 0;
  return (
    <>
      {message.replyTo && (
        <Quote quoted={message.replyTo} contactName={contactName} onJump={actions.onJump} />
      )}
      {message.media && <MediaBody message={message} media={message.media} />}
      <TypeBody message={message} />
      <Body dir="auto">
        {text && (big ? <Big>{text}</Big> : <Markup text={text} />)}
        <MessageMeta message={message} />
      </Body>
    </>
  );
};

const useAuthorLine = (message: Message, userId: string): string | null => {
  const { formatMessage } = useIntl();
  if (message.direction !== 'outbound' || (message.author && message.author.id === userId)) return null;
  const name = message.author?.name ?? '';
  if (message.origin === 'agent') return name || null;
  return formatMessage(t(`origin.${message.origin}` as TranslationId), { name });
};

const HoverActions = ({
  message,
  actions,
  canSend,
}: {
  message: Message;
  actions: RowActions;
  canSend: boolean;
}) => {
  const { formatMessage } = useIntl();
  const sent = !message.id.startsWith('pending:') && message.status !== 'failed';
  return (
    <Actions data-actions>
      {message.text !== '' && (
        <IconButton
          variant="ghost"
          size="S"
          label={formatMessage(t('message.copy'))}
          onClick={() => void navigator.clipboard?.writeText(message.text)}
        >
          <Duplicate />
        </IconButton>
      )}
      {canSend && sent && (
        <IconButton
          variant="ghost"
          size="S"
          label={formatMessage(t('message.reply'))}
          onClick={() => actions.onReply(message)}
        >
          <ReplyGlyph />
        </IconButton>
      )}
    </Actions>
  );
};

interface ViewProps extends ContentProps {
  first: boolean;
  last: boolean;
  flash: boolean;
  canSend: boolean;
  userId: string;
}

/** One message: bubble, reactions and, when it failed, the way on. */
export const MessageView = ({
  message,
  contactName,
  actions,
  first,
  last,
  flash,
  canSend,
  userId,
}: ViewProps) => {
  const { formatMessage, locale } = useIntl();
  const author = useAuthorLine(message, userId);
  const mine = message.direction === 'outbound';
  if (message.type === 'system') {
    return (
      <Row $mine={false} $last>
        <SystemLine dir="auto">{message.text || formatMessage(t('type.system'))}</SystemLine>
      </Row>
    );
  }
  const label = formatMessage(t('message.label'), {
    name: mine ? (author ?? formatMessage(t('quote.us'))) : contactName,
    time: timeOfDay(Date.parse(message.timestamp), locale),
    kind: formatMessage(t(typeInfo(message.type).label)),
    status: formatMessage(t(`status.${message.status}` as TranslationId)),
  });
  const tone = toneOf(message);
  return (
    <Row $mine={mine} $last={last} aria-label={label}>
      <Line data-mine={mine} style={{ width: '100%' }}>
        <Bubble $tone={tone} $mine={mine} $first={first} $last={last} $flash={flash}>
          {first && author && <Author dir="auto">{author}</Author>}
          <Content message={message} contactName={contactName} actions={actions} />
        </Bubble>
        {!message.revoked && <HoverActions message={message} actions={actions} canSend={canSend} />}
      </Line>
      <Reactions message={message} contactName={contactName} />
      {tone === 'failed' && (
        <FailureLine message={message} canSend={canSend} onRetry={actions.onRetry} onEdit={actions.onEdit} />
      )}
    </Row>
  );
};

const BrokenMessage = ({ reference }: { reference: string }) => {
  const { formatMessage } = useIntl();
  return (
    <Row $mine={false} $last>
      <Bubble $tone="failed" $mine={false} $first $last $flash={false}>
        {formatMessage(t('message.broken'), { reference })}
      </Bubble>
    </Row>
  );
};

interface Props extends Omit<ViewProps, 'message'> {
  store: ThreadStore;
  messageKey: string;
}

/** A message out of the store: a new tick repaints this row and no other. */
export const MessageRow = memo(({ store, messageKey, ...rest }: Props) => {
  const message = useStore(store, (state) => state.byKey[messageKey]);
  if (!message) return null;
  return (
    <PaneBoundary fallback={(reference) => <BrokenMessage reference={reference} />}>
      <MessageView message={message} {...rest} />
    </PaneBoundary>
  );
});
MessageRow.displayName = 'MessageRow';
