import { useLayoutEffect, useRef } from 'react';

const MAX_SHARE = 0.4;

/** Grows with its text to 40 % of the window's height, then scrolls. */
export const useAutoGrow = (value: string) => {
  const input = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = 'auto';
    const max = Math.round(window.innerHeight * MAX_SHARE);
    element.style.height = `${Math.min(element.scrollHeight, max)}px`;
    element.style.overflowY = element.scrollHeight > max ? 'auto' : 'hidden';
  }, [value]);
  return input;
};
