import { newUuid } from './ids';

/**
 * Writes a problem to the browser's console under a short reference, which panes show, so that a person and whoever
 * looks into the console speak of the same event. Nothing of the messages' text is written.
 * @returns the reference
 */
export const report = (what: string, cause: unknown): string => {
  const reference = newUuid().slice(0, 8);
  // eslint-disable-next-line no-console -- the one place where the panel writes to the console
  console.warn(`[whatsapp] ${reference} ${what}`, cause);
  return reference;
};
