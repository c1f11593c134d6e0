import type { KeyboardEvent } from 'react';

/** Arrow up and down walk through what matches `selector`, in the order of the page; Home and End within a list. */
export const moveFocus = (event: KeyboardEvent<HTMLElement>, selector: string): void => {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = all.indexOf(event.target as HTMLElement);
  const isInput = event.target instanceof HTMLInputElement;
  const to =
    event.key === 'ArrowDown'
      ? at + 1
      : event.key === 'ArrowUp'
        ? at - 1
        : !isInput && event.key === 'Home'
          ? 0
          : !isInput && event.key === 'End'
            ? all.length - 1
            : null;
  if (to === null || !all[to]) return;
  event.preventDefault();
  all[to].focus();
  all[to].scrollIntoView?.({ block: 'nearest' });
};
