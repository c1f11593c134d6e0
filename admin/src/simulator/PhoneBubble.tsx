import { IconButton } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { PhoneMessage } from '../../../server/src/sandbox/contract';
import type { DeliveryStatus } from '../../../server/src/messages/contract';
import { ReplyGlyph } from '../design/icons';
import { timeOfDay } from '../design/time';
import { Body, Bubble, Meta } from '../messages/bubble/shell';
import { StatusSign } from '../messages/bubble/Ticks';
import { Markup } from '../messages/markup/Markup';
import { typeInfo } from '../messages/type-info';
import { t } from '../translate';

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
    align-items: center;
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
  min-width: 24px;
  min-height: 24px;
  padding: 0;
  border: 0;
  background: none;
  font-size: 1.4rem;
  cursor: pointer;
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

const QUICK_REACTIONS = ['👍', '❤️', '😂'];

interface Props {
  message: PhoneMessage;
  quoted: string | null;
  onReply(): void;
  onReact(emoji: string): void;
}

/** A message on the customer's phone: what the customer wrote stands at the writer's side. */
export const PhoneBubble = ({ message, quoted, onReply, onReact }: Props) => {
  const { formatMessage, locale } = useIntl();
  const mine = message.direction === 'out';
  const { Icon, label } = typeInfo(message.type);
  return (
    <Line data-mine={mine}>
      <Bubble $tone={mine ? 'outgoing' : 'incoming'} $mine={mine} $first $last $flash={false}>
        {quoted !== null && <Cited dir="auto">{quoted}</Cited>}
        <Body dir="auto">
          {Icon && (
            <Icon width={13} height={13} aria-hidden style={{ marginInlineEnd: 6, verticalAlign: -1 }} />
          )}
          {message.text ? <Markup text={message.text} /> : formatMessage(t(label))}
          <Meta>
            {message.state === 'refused' && <span>{formatMessage(t('simulator.refused'))}</span>}
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
      <div data-tools>
        <IconButton variant="ghost" size="S" label={formatMessage(t('message.reply'))} onClick={onReply}>
          <ReplyGlyph />
        </IconButton>
        {!mine &&
          QUICK_REACTIONS.map((emoji) => (
            <Emoji
              key={emoji}
              type="button"
              aria-label={formatMessage(t('simulator.react'), { emoji })}
              onClick={() => onReact(emoji)}
            >
              {emoji}
            </Emoji>
          ))}
      </div>
    </Line>
  );
};
