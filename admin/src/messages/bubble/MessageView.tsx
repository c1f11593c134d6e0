import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { timeOfDay } from '../../design/time';
import { t, type TranslationId } from '../../translate';
import { emojiOnlyCount } from '../markup/emoji-only';
import { Markup } from '../markup/Markup';
import { typeInfo } from '../type-info';
import { FailureLine } from './FailureLine';
import { MediaBody } from './MediaBody';
import { MessageActions } from './MessageActions';
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
  width: 100%;
  &[data-mine='true'] {
    flex-direction: row-reverse;
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

export interface ViewProps extends ContentProps {
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
      <Line data-line data-mine={mine}>
        <Bubble $tone={tone} $mine={mine} $first={first} $last={last} $flash={flash}>
          {first && author && <Author dir="auto">{author}</Author>}
          <Content message={message} contactName={contactName} actions={actions} />
        </Bubble>
        {!message.revoked && <MessageActions message={message} canSend={canSend} onReply={actions.onReply} />}
      </Line>
      <Reactions message={message} contactName={contactName} />
      {tone === 'failed' && (
        <FailureLine message={message} canSend={canSend} onRetry={actions.onRetry} onEdit={actions.onEdit} />
      )}
    </Row>
  );
};
