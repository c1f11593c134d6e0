import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

/** The row in whose half the pointer is. */
export const rowAt = (middles: readonly number[], y: number, from: number): number => {
  let at = from;
  while (at > 0 && y < middles[at - 1]!) at -= 1;
  while (at < middles.length - 1 && y > middles[at + 1]!) at += 1;
  return at;
};

const middleOf = (element: Element): number => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};

/**
 * Moves the rows of a list by its handles: with the arrow keys, or by dragging. Rows are told apart by their place, so that
 * the handle under the pointer stays the same element while its content moves.
 */
export const useReorder = <List extends HTMLElement>(onMove: (from: number, to: number) => void) => {
  const list = useRef<List>(null);
  const dragged = useRef<number | null>(null);
  const rows = () => [...(list.current?.children ?? [])];

  const move = (from: number, to: number) => {
    if (to < 0 || to >= rows().length || to === from) return false;
    onMove(from, to);
    return true;
  };
  const handleProps = (index: number) => ({
    'data-handle': true,
    style: { touchAction: 'none', cursor: 'grab' },
    onKeyDown: (event: KeyboardEvent) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      if (!move(index, index + step)) return;
      requestAnimationFrame(() => rows()[index + step]?.querySelector<HTMLElement>('[data-handle]')?.focus());
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = index;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (dragged.current === null) return;
      const to = rowAt(rows().map(middleOf), event.clientY, dragged.current);
      if (move(dragged.current, to)) dragged.current = to;
    },
    onPointerUp: () => {
      dragged.current = null;
    },
    onPointerCancel: () => {
      dragged.current = null;
    },
  });
  return { list, handleProps };
};
