import { Duplicate } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { ReplyGlyph, SmileGlyph } from '../../design/icons';
import { plainSquare } from '../../design/plain-square';
import { ownReaction } from '../reacting';
import { t } from '../../translate';

const ReactionPicker = lazy(() =>
  import('../emoji/ReactionPicker').then(({ ReactionPicker: Picker }) => ({ default: Picker })),
);

/** Beside each bubble, seen while the row is pointed at or focused; a finger cannot hover, so there it stays. */
const Actions = styled.div`
  display: flex;
  flex: none;
  [data-line] > & {
    opacity: 0;
  }
  [data-line]:hover > &,
  [data-line]:focus-within > &,
  &[data-open] {
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
  ${plainSquare}
  &:hover {
    background: ${({ theme }) => theme.colors.neutral150};
    color: ${({ theme }) => theme.colors.neutral800};
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
  onReact(message: Message, emoji: string): void;
}

/** Meta refuses a reaction to, or a quote of, what it does not know. */
const isKnownToMeta = (message: Message): boolean =>
  message.wamid !== null && !message.id.startsWith('pending:') && message.status !== 'failed';

const MONTH_MS = 30 * 24 * 3_600_000;

/** Copy, react and reply. A message that never left can be neither answered nor reacted to. */
export const MessageActions = ({ message, canSend, onReply, onReact }: Props) => {
  const { formatMessage } = useIntl();
  const [picking, setPicking] = useState(false);
  const sent = canSend && isKnownToMeta(message);
  const recent = Date.now() - Date.parse(message.timestamp) < MONTH_MS;
  const copy = formatMessage(t('message.copy'));
  const reply = formatMessage(t('message.reply'));
  const reactLabel = formatMessage(t('message.react'));
  const reactButton = (
    <Action
      type="button"
      aria-label={reactLabel}
      aria-haspopup="dialog"
      aria-expanded={picking}
      title={reactLabel}
      onClick={() => setPicking(true)}
    >
      <SmileGlyph />
    </Action>
  );
  return (
    <Actions data-open={picking || undefined}>
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
      {sent && recent && !picking && reactButton}
      {sent && recent && picking && (
        <Suspense fallback={reactButton}>
          <ReactionPicker
            own={ownReaction(message)}
            onClose={() => setPicking(false)}
            onPick={(emoji) => {
              setPicking(false);
              onReact(message, emoji);
            }}
          >
            {reactButton}
          </ReactionPicker>
        </Suspense>
      )}
      {sent && (
        <Action type="button" aria-label={reply} title={reply} onClick={() => onReply(message)}>
          <ReplyGlyph />
        </Action>
      )}
    </Actions>
  );
};
