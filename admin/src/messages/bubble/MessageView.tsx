import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { timeOfDay } from '../../design/time';
import { t, type TranslationId } from '../../translate';
import { typeInfo } from '../type-info';
import { FailureLine } from './FailureLine';
import { MediaBody } from './MediaBody';
import { MessageActions } from './MessageActions';
import { MessageMeta } from './MessageMeta';
import { Origins } from './Origins';
import { Quote } from './Quote';
import { Reactions } from './Reactions';
import { Author, Body, Bubble, Muted, Row, type Tone } from './shell';
import { StateLine } from './StateLine';
import { SystemLine } from './SystemLine';
import { TextBody } from './TextBody';
import { cardHoldsText, holdsMeta, TypeBody } from './TypeBody';

export interface RowActions {
  onJump(messageId: string): void;
  onReply(message: Message): void;
  onRetry(message: Message): void;
  onEdit(message: Message): void;
  onReact(message: Message, emoji: string): void;
  /** Shows a photo at full size. */
  onOpen(message: Message): void;
  onRetryMedia(message: Message): void;
  onSendAgain(message: Message): void;
  onCancel(message: Message): void;
  onReschedule(message: Message): void;
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
  return (
    <>
      {message.replyTo && (
        <Quote quoted={message.replyTo} contactName={contactName} onJump={actions.onJump} />
      )}
      <Origins message={message} />
      {message.media && (
        <MediaBody
          message={message}
          media={message.media}
          onOpen={actions.onOpen}
          onRetry={actions.onRetryMedia}
        />
      )}
      <TypeBody message={message} />
      {!holdsMeta(message) && (
        <Body dir="auto">
          <TextBody text={text} mayBeBig={message.type === 'text'} />
          <MessageMeta message={message} />
        </Body>
      )}
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
        <SystemLine message={message} contactName={contactName} />
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
        <Bubble
          $tone={tone}
          $mine={mine}
          $first={first}
          $last={last}
          $flash={flash}
          data-waiting={message.status === 'scheduled' || message.status === 'cancelled' || undefined}
        >
          {first && author && <Author dir="auto">{author}</Author>}
          <Content message={message} contactName={contactName} actions={actions} />
        </Bubble>
        {!message.revoked && (
          <MessageActions
            message={message}
            canSend={canSend}
            onReply={actions.onReply}
            onReact={actions.onReact}
          />
        )}
      </Line>
      <Reactions message={message} contactName={contactName} canSend={canSend} onReact={actions.onReact} />
      {tone === 'failed' && (
        <FailureLine message={message} canSend={canSend} onRetry={actions.onRetry} onEdit={actions.onEdit} />
      )}
      <StateLine
        message={message}
        canSend={canSend}
        onSendAgain={actions.onSendAgain}
        onCancel={actions.onCancel}
        onReschedule={actions.onReschedule}
      />
    </Row>
  );
};
