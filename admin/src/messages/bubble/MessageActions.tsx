import { Duplicate } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { ReplyGlyph } from '../../design/icons';
import { t } from '../../translate';

/** Beside each bubble, seen while the row is pointed at or focused; a finger cannot hover, so there it stays. */
const Actions = styled.div`
  display: flex;
  flex: none;
  [data-line] > & {
    opacity: 0;
  }
  [data-line]:hover > &,
  [data-line]:focus-within > & {
    opacity: 1;
  }
  @media (hover: none) {
    [data-line] > & {
      opacity: 1;
    }
  }
`;

/** Plain, because every mounted row has two of them: the design system's button brings a tooltip's machinery each. */
const Action = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 32px;
  height: 32px;
  padding: 0;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: none;
  color: ${({ theme }) => theme.colors.neutral600};
  cursor: pointer;
  &:hover {
    background: ${({ theme }) => theme.colors.neutral150};
    color: ${({ theme }) => theme.colors.neutral800};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
  svg path {
    fill: currentcolor;
  }
  svg[fill='none'] path {
    fill: none;
  }
  /* Text is copied by the phone's own gesture. */
  @media (hover: none) {
    &[data-copy] {
      display: none;
    }
  }
`;

interface Props {
  message: Message;
  canSend: boolean;
  onReply(message: Message): void;
}

/** Copy and reply. A message that never left cannot be replied to. */
export const MessageActions = ({ message, canSend, onReply }: Props) => {
  const { formatMessage } = useIntl();
  const sent = !message.id.startsWith('pending:') && message.status !== 'failed';
  const copy = formatMessage(t('message.copy'));
  const reply = formatMessage(t('message.reply'));
  return (
    <Actions>
      {message.text !== '' && (
        <Action
          type="button"
          data-copy
          aria-label={copy}
          title={copy}
          onClick={() => void navigator.clipboard?.writeText(message.text)}
        >
          <Duplicate width={16} height={16} aria-hidden />
        </Action>
      )}
      {canSend && sent && (
        <Action type="button" aria-label={reply} title={reply} onClick={() => onReply(message)}>
          <ReplyGlyph />
        </Action>
      )}
    </Actions>
  );
};
