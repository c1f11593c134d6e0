import { useEffect, useRef } from 'react';

const TYPED_INTO = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

const isTyped = (event: KeyboardEvent): boolean =>
  event.isComposing ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target instanceof Element && event.target.closest(TYPED_INTO) !== null);

/**
 * A single letter that acts while nothing is typed and nothing lies over the page. Whoever offers it lets it be switched
 * off (WCAG 2.1.4): speech input types letters too.
 */
export const useSingleKey = (letter: string, on: boolean, act: () => void): void => {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!on) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isTyped(event)) return;
      if (event.key.toLowerCase() !== letter || document.querySelector(LAYERS)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [letter, on]);
};
