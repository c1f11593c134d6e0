import { Popover } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';
import { QUICK_REACTIONS } from './list';

const EmojiPanel = lazy(() => import('./EmojiPanel').then(({ EmojiPanel: Panel }) => ({ default: Panel })));

const Bar = styled.div`
  display: flex;
  gap: 2px;
  padding: 6px;
`;
const Key = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 36px;
  height: 36px;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: none;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 2rem;
  line-height: 1;
  cursor: pointer;
  &:hover,
  &[aria-pressed='true'] {
    background: ${({ theme }) => theme.colors.primary100};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
  svg path {
    fill: currentcolor;
  }
`;

interface Props {
  /** Our present reaction, '' for none; choosing it again takes it back. */
  own: string;
  onPick(emoji: string): void;
  onClose(): void;
  /** The button that opened it. */
  children: ReactNode;
}

/** Six reactions and a way to more. Mount it when it is wanted: each mounted row would carry its machinery. */
export const ReactionPicker = ({ own, onPick, onClose, children }: Props) => {
  const { formatMessage } = useIntl();
  const [more, setMore] = useState(false);
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>{children}</Popover.Anchor>
      <Popover.Content side="top" sideOffset={4} aria-label={formatMessage(t('reaction.choose'))}>
        {more ? (
          <Suspense fallback={<Bar style={{ width: 300, height: 280 }} />}>
            <EmojiPanel onPick={onPick} />
          </Suspense>
        ) : (
          <Bar>
            {QUICK_REACTIONS.map((emoji) => (
              <Key
                key={emoji}
                type="button"
                aria-pressed={emoji === own}
                aria-label={formatMessage(t(emoji === own ? 'reaction.remove' : 'reaction.add'), { emoji })}
                onClick={() => onPick(emoji)}
              >
                {emoji}
              </Key>
            ))}
            <Key type="button" aria-label={formatMessage(t('reaction.more'))} onClick={() => setMore(true)}>
              <Plus width={16} height={16} aria-hidden />
            </Key>
          </Bar>
        )}
      </Popover.Content>
    </Popover.Root>
  );
};
