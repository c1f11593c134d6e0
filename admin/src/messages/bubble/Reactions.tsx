import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { t } from '../../translate';

const Strip = styled.div`
  display: flex;
  gap: 4px;
  margin: -6px 8px 2px;
  z-index: 1;
`;
const Chip = styled.button`
  min-width: 28px;
  padding: 0 6px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 12px;
  background: ${({ theme }) => theme.colors.neutral0};
  font: inherit;
  font-size: 1.3rem;
  line-height: 2.2rem;
  text-align: center;
  &:enabled {
    border-color: ${({ theme }) => theme.colors.primary600};
    cursor: pointer;
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

interface Props {
  message: Message;
  contactName: string;
  canSend: boolean;
  onReact(message: Message, emoji: string): void;
}

/** Reactions under a bubble, one per side. A press on our own takes it back. */
export const Reactions = ({ message, contactName, canSend, onReact }: Props) => {
  const { formatMessage } = useIntl();
  if (message.reactions.length === 0) return null;
  return (
    <Strip>
      {message.reactions.map(({ emoji, from }) => {
        const mine = from === 'business';
        const who = mine ? formatMessage(t('quote.us')) : contactName;
        const label = formatMessage(t('message.reaction'), { emoji, who });
        const takeBack = mine && canSend;
        return (
          <Chip
            key={from}
            as={takeBack ? 'button' : 'span'}
            title={takeBack ? formatMessage(t('reaction.remove'), { emoji }) : label}
            {...(takeBack
              ? {
                  type: 'button' as const,
                  'aria-label': formatMessage(t('reaction.remove'), { emoji }),
                  onClick: () => onReact(message, emoji),
                }
              : { role: 'img', 'aria-label': label })}
          >
            {emoji}
          </Chip>
        );
      })}
    </Strip>
  );
};
