import type { ReactNode } from 'react';
import { useBuilder } from './builder-context';

/** Marks where the field of a path stands, so that a problem can lead to it. */
export const FieldAt = ({ path, children }: { path: string; children: ReactNode }) => {
  const { leave } = useBuilder();
  return (
    <div data-field={path} onBlur={() => leave(path)}>
      {children}
    </div>
  );
};

/** What is written into comes before the buttons around it. */
const FOCUSABLE = ['textarea, input:not([hidden])', 'button, [role="combobox"], [tabindex="0"]'];
const firstIn = (place: HTMLElement): HTMLElement | null =>
  FOCUSABLE.reduce<HTMLElement | null>(
    (found, selector) => found ?? place.querySelector<HTMLElement>(selector),
    null,
  );

/** Leads to the field of a path, or to the nearest one around it. @returns whether there was one. */
export const focusField = (path: string): boolean => {
  const steps = path.split('.');
  for (let count = steps.length; count > 0; count -= 1) {
    const near = steps.slice(0, count).join('.');
    for (const name of [near, near.replace(/\[\d+\]$/, '')]) {
      const place = [...document.querySelectorAll<HTMLElement>('[data-field]')].find(
        (element) => element.dataset.field === name,
      );
      if (!place) continue;
      place.scrollIntoView({ block: 'center' });
      firstIn(place)?.focus({ preventScroll: true });
      return true;
    }
  }
  return false;
};
