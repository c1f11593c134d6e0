import { useRef, useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t, type TranslationId } from '../../translate';
import { EMOJI } from './list';
import { recentEmoji, rememberEmoji } from './recent';

const COLUMNS = 8;

const Frame = styled.div`
  width: 300px;
  max-width: calc(100vw - 32px);
  max-height: 280px;
  padding: 8px 12px 12px;
  overflow: hidden auto;
`;
const Title = styled.h3`
  padding: 8px 0 4px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.1rem;
  font-weight: 600;
`;
const Grid = styled.div`
  display: grid;
  grid-template-columns: repeat(${COLUMNS}, 1fr);
`;
const Key = styled.button`
  height: 34px;
  padding: 0;
  border: 0;
  border-radius: 4px;
  background: none;
  font-size: 2rem;
  line-height: 1;
  cursor: pointer;
  &:hover {
    background: ${({ theme }) => theme.colors.neutral150};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

const STEP: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: COLUMNS,
  ArrowUp: -COLUMNS,
};

/** Emoji to choose from; the arrow keys walk through them. */
export const EmojiPanel = ({ onPick }: { onPick(emoji: string): void }) => {
  const { formatMessage } = useIntl();
  const frame = useRef<HTMLDivElement>(null);
  const [recent] = useState(recentEmoji);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEP[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const keys = [...(frame.current?.querySelectorAll('button') ?? [])];
    keys[keys.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
  };
  const pick = (emoji: string) => {
    rememberEmoji(emoji);
    onPick(emoji);
  };
  const groups = recent.length > 0 ? [{ group: 'recent', emoji: recent }, ...EMOJI] : EMOJI;
  return (
    <Frame ref={frame} onKeyDown={onKeyDown}>
      {groups.map(({ group, emoji }) => (
        <section key={group} aria-label={formatMessage(t(`emoji.${group}` as TranslationId))}>
          <Title aria-hidden>{formatMessage(t(`emoji.${group}` as TranslationId))}</Title>
          <Grid>
            {emoji.map((one) => (
              <Key key={one} type="button" onClick={() => pick(one)}>
                {one}
              </Key>
            ))}
          </Grid>
        </section>
      ))}
    </Frame>
  );
};
