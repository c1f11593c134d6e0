import { css, keyframes, styled } from 'styled-components';
import { bubbleTokens, bubbleVariables, type BubbleTokens, type Palette } from '../../design/bubble-tokens';

export type Tone = 'incoming' | 'outgoing' | 'failed' | 'note';

const cache = new WeakMap<object, BubbleTokens>();

/** Bubble tokens of a theme, worked out once per theme. */
export const tokensOf = (theme: { colors: Palette }): BubbleTokens => {
  const known = cache.get(theme.colors);
  if (known) return known;
  const made = bubbleTokens(theme.colors);
  cache.set(theme.colors, made);
  return made;
};

const flash = keyframes`
  0%, 60% { box-shadow: 0 0 0 3px var(--wa-flash); }
  100% { box-shadow: 0 0 0 3px transparent; }
`;

const highlighted = css`
  --wa-flash: ${({ theme }) => theme.colors.primary600};
  box-shadow: 0 0 0 3px var(--wa-flash);
  @media (prefers-reduced-motion: no-preference) {
    animation: ${flash} 1.6s ease-out forwards;
  }
`;

/** One row of the thread. The gap lies below it, so that a page prepended above never moves the rows that were there. */
export const Row = styled.article<{ $mine: boolean; $last: boolean }>`
  position: relative;
  display: flex;
  flex-direction: column;
  align-items: ${({ $mine }) => ($mine ? 'flex-end' : 'flex-start')};
  padding: 0 20px ${({ $last }) => ($last ? 12 : 2)}px;
  @media (max-width: 519px) {
    padding-inline: 12px;
  }
`;

export const Bubble = styled.div<{
  $tone: Tone;
  $mine: boolean;
  $first: boolean;
  $last: boolean;
  $flash: boolean;
}>`
  ${({ theme, $tone }) => bubbleVariables(tokensOf(theme)[$tone])}
  position: relative;
  max-width: min(75%, 560px);
  min-width: 84px;
  padding: 6px 10px;
  border: 1px solid var(--wa-border);
  background: var(--wa-bg);
  color: var(--wa-text);
  font-size: 1.4rem;
  line-height: 1.45;
  /* The corner at the writer's side is square inside a group; the last bubble alone points at its writer. */
  border-radius: 10px;
  border-start-start-radius: ${({ $mine, $first }) => ($mine || $first ? 10 : 4)}px;
  border-start-end-radius: ${({ $mine, $first }) => (!$mine || $first ? 10 : 4)}px;
  border-end-start-radius: ${({ $mine, $last }) => ($mine ? 10 : $last ? 2 : 4)}px;
  border-end-end-radius: ${({ $mine, $last }) => (!$mine ? 10 : $last ? 2 : 4)}px;
  ${({ $tone, theme }) =>
    $tone === 'note' &&
    css`
      border-inline-start: 2px solid ${theme.colors.warning500};
    `}
  ${({ $flash }) => $flash && highlighted}
  &[data-waiting] {
    border-style: dashed;
  }
  @media (max-width: 519px) {
    max-width: 86%;
  }
`;

/** Text of a bubble. The time floats into its last line when there is room, as in WhatsApp. */
export const Body = styled.div`
  display: flow-root;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
  text-align: start;
`;

export const Meta = styled.span`
  float: inline-end;
  display: inline-flex;
  align-items: center;
  gap: 4px;
  margin-block-start: 5px;
  margin-block-end: -2px;
  margin-inline-start: 12px;
  color: var(--wa-meta);
  font-size: 1.1rem;
  line-height: 1.6rem;
  white-space: nowrap;
  unicode-bidi: isolate;
`;

export const Author = styled.span`
  display: block;
  margin-bottom: 2px;
  color: var(--wa-meta);
  font-size: 1.2rem;
  font-weight: 600;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

/** Icon and words of kinds that have no picture here. */
export const Attachment = styled.div`
  display: flex;
  align-items: center;
  gap: 10px;
  min-width: 180px;
  margin-bottom: 2px;
  padding: 8px 10px;
  border-radius: 6px;
  background: var(--wa-inset);
  svg path {
    fill: currentcolor;
  }
  svg {
    flex: none;
  }
`;

export const Muted = styled.span`
  color: var(--wa-meta);
  font-size: 1.2rem;
`;

export const Plain = styled.button`
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
`;

/** A small action inside or under a bubble; plain, because every row may have some. */
export const InlineButton = styled.button`
  min-height: 24px;
  padding: 0 4px;
  border: 0;
  border-radius: 4px;
  background: none;
  color: ${({ theme }) => theme.colors.primary700};
  font-size: 1.2rem;
  font-weight: 600;
  text-decoration: underline;
  text-underline-offset: 2px;
  cursor: pointer;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;
