import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { styled } from 'styled-components';

export const MIN_PANE = 200;
export const MAX_PANE = 480;
export const clampPane = (width: number): number => Math.min(MAX_PANE, Math.max(MIN_PANE, Math.round(width)));

const Bar = styled.div`
  position: relative;
  z-index: 2;
  flex: none;
  width: 1px;
  background: ${({ theme }) => theme.colors.neutral150};
  cursor: col-resize;
  touch-action: none;
  &::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline: -4px;
  }
  &:hover,
  &:focus-visible,
  &[data-dragging] {
    background: ${({ theme }) => theme.colors.primary600};
    box-shadow: 0 0 0 1px ${({ theme }) => theme.colors.primary600};
    outline: none;
  }
`;

interface Props {
  label: string;
  /** px */
  width: number;
  /** The pane whose width this is lies after the bar. */
  reversed?: boolean;
  onChange(width: number): void;
}

/** Separator that resizes a pane by pointer or by the arrow keys (WAI-ARIA window splitter). */
export const Splitter = ({ label, width, reversed = false, onChange }: Props) => {
  const drag = useRef<{ from: number; width: number } | null>(null);
  const sign = reversed ? -1 : 1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset.dragging = '';
    drag.current = { from: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    onChange(clampPane(drag.current.width + (event.clientX - drag.current.from) * sign * rtl));
  };
  const end = (event: PointerEvent<HTMLDivElement>) => {
    drag.current = null;
    delete event.currentTarget.dataset.dragging;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 40 : 10;
    const next = {
      ArrowLeft: width - step * sign,
      ArrowRight: width + step * sign,
      Home: MIN_PANE,
      End: MAX_PANE,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onChange(clampPane(next));
  };

  return (
    <Bar
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={MIN_PANE}
      aria-valuemax={MAX_PANE}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={onKeyDown}
    />
  );
};
