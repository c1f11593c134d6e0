import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { placesOf } from '../../../../server/src/templates/variables';
import { Markup } from '../../messages/markup/Markup';

/** A dashed frame, so that a gap is told without colour. */
const Gap = styled.mark`
  padding: 0 4px;
  border: 1px dashed var(--wa-line);
  border-radius: 4px;
  background: var(--wa-inset);
  color: inherit;
  overflow-wrap: anywhere;
`;

/** Text in which variables without a value are marked. */
export const withGaps = (text: string): ReactNode => {
  const places = placesOf(text);
  if (places.length === 0) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  places.forEach(({ from, to }, index) => {
    if (from > at) parts.push(text.slice(at, from));
    parts.push(<Gap key={index}>{text.slice(from, to)}</Gap>);
    at = to;
  });
  if (at < text.length) parts.push(text.slice(at));
  return parts;
};

/** Text of a template with WhatsApp's markup. */
export const Words = ({ text, gaps }: { text: string; gaps: boolean }) => (
  <Markup text={text} words={gaps ? withGaps : undefined} />
);
