import { IconButton } from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { PhoneMessage, PlayCustomer } from '../../../server/src/sandbox/contract';
import type { DeliveryStatus } from '../../../server/src/messages/contract';
import { ReplyGlyph } from '../design/icons';
import { timeOfDay } from '../design/time';
import { Body, Bubble, Meta, Muted } from '../messages/bubble/shell';
import { StatusSign } from '../messages/bubble/Ticks';
import { QUICK_REACTIONS } from '../messages/emoji/list';
import { Markup } from '../messages/markup/Markup';
import { typeInfo } from '../messages/type-info';
import { TemplatePreview } from '../templates/preview/TemplatePreview';
import { t } from '../translate';
import { PhoneMedia } from './PhoneMedia';

const Line = styled.div`
  display: flex;
  align-items: center;
  gap: 4px;
  padding: 0 12px 8px;
  &[data-mine='true'] {
    flex-direction: row-reverse;
  }
  > [data-tools] {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    max-width: 84px;
    opacity: 0;
  }
  &:hover > [data-tools],
  &:focus-within > [data-tools] {
    opacity: 1;
  }
  @media (hover: none) {
    > [data-tools] {
      opacity: 1;
    }
  }
`;
const Chips = styled.div`
  display: flex;
  gap: 4px;
  font-size: 1.3rem;
`;
const Emoji = styled.button`
  min-width: 26px;
  min-height: 26px;
  padding: 0;
  border: 0;
  border-radius: 4px;
  background: none;
  font-size: 1.4rem;
  cursor: pointer;
  &[aria-pressed='true'] {
    background: ${({ theme }) => theme.colors.primary100};
  }
`;
const Cited = styled.div`
  margin-bottom: 4px;
  padding: 4px 8px;
  border-inline-start: 3px solid var(--wa-line);
  border-radius: 4px;
  background: var(--wa-inset);
  font-size: 1.2rem;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;
const Choices = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  margin-top: 6px;
`;
const Choice = styled.button`
  min-height: 34px;
  padding: 4px 10px;
  border: 1px solid var(--wa-border);
  border-radius: 6px;
  background: var(--wa-inset);
  color: ${({ theme }) => theme.colors.primary700};
  font: inherit;
  font-weight: 600;
  cursor: pointer;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
  > small {
    display: block;
    color: var(--wa-meta);
    font-size: 1.2rem;
    font-weight: 400;
  }
`;

/** The customer's own messages carry the state of our webhook instead of a read receipt. */
const SIGN: Record<PhoneMessage['state'], DeliveryStatus> = {
  sending: 'sending',
  arrived: 'sent',
  refused: 'failed',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

interface Props {
  message: PhoneMessage;
  quoted: string | null;
  onReply(): void;
  onPlay(body: PlayCustomer.Body): void;
  /** The customer changes the words of an own message. */
  onEdit(): void;
}

const Content = ({ message, onPlay }: Pick<Props, 'message' | 'onPlay'>) => {
  const { formatMessage } = useIntl();
  const { Icon, label } = typeInfo(message.type);
  if (message.revoked) {
    return <Muted style={{ fontStyle: 'italic' }}>{formatMessage(t('message.revoked'))}</Muted>;
  }
  if (message.template) {
    const { choices, template } = message;
    const tap = (title: string) =>
      choices.some((choice) => choice.title === title) &&
      onPlay({ type: 'button', messageId: message.wamid, text: title });
    return (
      <TemplatePreview
        rendered={template}
        gaps={false}
        media={(card) => (card === null ? message.media : null)}
        onPress={(at, card) =>
          tap((card === null ? template : template.cards[card])?.buttons[at]?.text ?? '')
        }
      />
    );
  }
  return (
    <>
      {message.media && <PhoneMedia message={message} media={message.media} />}
      {Icon && !message.media && (
        <Icon width={13} height={13} aria-hidden style={{ marginInlineEnd: 6, verticalAlign: -1 }} />
      )}
      {message.text && <Markup text={message.text} />}
      {!message.text && !message.media && formatMessage(t(label))}
      {message.choices.length > 0 && (
        <Choices>
          {message.choices.map(({ kind, id, title, description }) => (
            <Choice
              key={id}
              type="button"
              onClick={() =>
                onPlay(
                  kind === 'button'
                    ? { type: kind, messageId: message.wamid, text: title }
                    : { type: kind, messageId: message.wamid, id, title },
                )
              }
            >
              <bdi>{title}</bdi>
              {description && <small dir="auto">{description}</small>}
            </Choice>
          ))}
        </Choices>
      )}
    </>
  );
};

const Tools = ({ message, onReply, onPlay, onEdit }: Omit<Props, 'quoted'>) => {
  const { formatMessage } = useIntl();
  const mine = message.direction === 'out';
  const own = message.reactions.find(({ from }) => from === 'customer')?.emoji;
  const messageId = message.wamid;
  return (
    <div data-tools>
      <IconButton variant="ghost" size="S" label={formatMessage(t('message.reply'))} onClick={onReply}>
        <ReplyGlyph />
      </IconButton>
      {mine && message.type === 'text' && (
        <IconButton variant="ghost" size="S" label={formatMessage(t('message.edit'))} onClick={onEdit}>
          <Pencil />
        </IconButton>
      )}
      {mine && (
        <IconButton
          variant="ghost"
          size="S"
          label={formatMessage(t('play.revoke'))}
          onClick={() => onPlay({ type: 'revoke', messageId })}
        >
          <Trash />
        </IconButton>
      )}
      {!mine &&
        QUICK_REACTIONS.slice(0, 3).map((emoji) => (
          <Emoji
            key={emoji}
            type="button"
            aria-pressed={own === emoji}
            aria-label={formatMessage(t(own === emoji ? 'reaction.remove' : 'simulator.react'), { emoji })}
            onClick={() => onPlay({ type: 'reaction', messageId, emoji: own === emoji ? '' : emoji })}
          >
            {emoji}
          </Emoji>
        ))}
    </div>
  );
};

/** A message on the customer's phone: what the customer wrote stands at the writer's side. */
export const PhoneBubble = (props: Props) => {
  const { message, quoted, onPlay } = props;
  const { formatMessage, locale } = useIntl();
  const mine = message.direction === 'out';
  const isVoice = !mine && message.media?.mimeType.startsWith('audio/');
  return (
    <Line data-mine={mine}>
      <Bubble
        $tone={mine ? 'outgoing' : 'incoming'}
        $mine={mine}
        $first
        $last
        $flash={false}
        // Playing a note is what makes WhatsApp report it as played.
        onPlayCapture={isVoice ? () => onPlay({ type: 'listen', messageId: message.wamid }) : undefined}
      >
        {quoted !== null && <Cited dir="auto">{quoted}</Cited>}
        <Body dir="auto">
          <Content message={message} onPlay={onPlay} />
          <Meta>
            {message.state === 'refused' && <span>{formatMessage(t('simulator.refused'))}</span>}
            {message.edited && !message.revoked && <span>{formatMessage(t('message.edited'))}</span>}
            <time dir="auto" dateTime={new Date(message.at).toISOString()}>
              {timeOfDay(message.at, locale)}
            </time>
            {mine && <StatusSign status={SIGN[message.state]} />}
          </Meta>
        </Body>
        {message.reactions.length > 0 && (
          <Chips>
            {message.reactions.map(({ emoji, from }) => (
              <span key={from}>{emoji}</span>
            ))}
          </Chips>
        )}
      </Bubble>
      {!message.revoked && <Tools {...props} />}
    </Line>
  );
};
