import { IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../server/src/messages/contract';
import { t } from '../translate';
import { plainStart } from './markup/plain';
import { typeInfo } from './type-info';

export const Frame = styled.div`
  position: relative;
  flex: none;
  padding: 12px 16px;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
`;
export const Box = styled.div`
  display: flex;
  align-items: flex-end;
  gap: 8px;
  padding: 4px 4px 4px 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  &:focus-within {
    border-color: ${({ theme }) => theme.colors.primary600};
    box-shadow: ${({ theme }) => theme.colors.primary600} 0 0 0 2px;
  }
`;
export const Input = styled.textarea`
  flex: 1;
  min-width: 0;
  min-height: 40px;
  padding: 10px 0;
  border: 0;
  outline: none;
  background: none;
  color: ${({ theme }) => theme.colors.neutral800};
  /* Phones zoom into inputs below 16 px. */
  font: inherit;
  font-size: 1.6rem;
  line-height: 2rem;
  resize: none;
  &::placeholder {
    color: ${({ theme }) => theme.colors.neutral600};
    opacity: 1;
  }
  @media (min-width: 768px) {
    min-height: 32px;
    padding: 6px 0;
    font-size: 1.4rem;
  }
`;
const Quoted = styled.div`
  display: flex;
  align-items: center;
  gap: 8px;
  margin-bottom: 8px;
  padding: 4px 4px 4px 12px;
  border-inline-start: 3px solid ${({ theme }) => theme.colors.primary600};
  background: ${({ theme }) => theme.colors.neutral100};
  > span {
    flex: 1;
    min-width: 0;
  }
`;

interface Props {
  message: Pick<Message, 'text' | 'type' | 'direction'>;
  contactName: string;
  onCancel(): void;
}

/** The message that is being answered, above the field. */
export const QuotedStrip = ({ message, contactName, onCancel }: Props) => {
  const { formatMessage } = useIntl();
  const who = message.direction === 'outbound' ? formatMessage(t('quote.us')) : contactName;
  return (
    <Quoted>
      <span>
        <Typography variant="pi" fontWeight="bold" tag="div" ellipsis dir="auto">
          {who}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="div" ellipsis dir="auto">
          {plainStart(message.text) || formatMessage(t(typeInfo(message.type).label))}
        </Typography>
      </span>
      <IconButton
        variant="ghost"
        size="S"
        label={formatMessage(t('composer.cancelReply'))}
        onClick={onCancel}
      >
        <Cross />
      </IconButton>
    </Quoted>
  );
};
