import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { t } from '../../translate';

const Strip = styled.ul`
  display: flex;
  gap: 4px;
  margin-block-start: -6px;
  padding-inline: 10px;
  list-style: none;
  z-index: 1;
`;
const Chip = styled.li`
  min-width: 26px;
  padding: 1px 6px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 12px;
  background: ${({ theme }) => theme.colors.neutral0};
  font-size: 1.3rem;
  line-height: 2rem;
  text-align: center;
`;

/** Reactions under a bubble, one per side. */
export const Reactions = ({ message, contactName }: { message: Message; contactName: string }) => {
  const { formatMessage } = useIntl();
  if (message.reactions.length === 0) return null;
  return (
    <Strip>
      {message.reactions.map(({ emoji, from }) => {
        const who = from === 'contact' ? contactName : formatMessage(t('quote.us'));
        const label = formatMessage(t('message.reaction'), { emoji, who });
        return (
          <Chip key={from} title={label}>
            <span role="img" aria-label={label}>
              {emoji}
            </span>
          </Chip>
        );
      })}
    </Strip>
  );
};
