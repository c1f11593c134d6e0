import type { TemplateElement } from '../cloud-api/element';
import { invalid } from '../errors';
import { HOLD_MS } from './template-hold';
import { isRecord } from '../collections/record';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Meta keeps what is uploaded for 30 days (Meta, media); some of it may pass while the template is held. */
export const CARD_FILES_MS = 30 * DAY_MS - HOLD_MS;

const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** Whether a card of a carousel shows a file by its id at Meta, which ends. */
const hasCardFiles = ({ components }: TemplateElement): boolean =>
  listOf(components)
    .flatMap(({ cards }) => listOf(cards))
    .flatMap((card) => listOf(card.components))
    .flatMap(({ parameters }) => listOf(parameters))
    .some((parameter) =>
      ['image', 'video'].some((kind) => {
        const file = parameter[kind];
        return isRecord(file) && file.id !== undefined;
      }),
    );

/** The files of cards are uploaded when the message is accepted: it has to go while Meta still has them. */
export const assertCardsLive = (template: TemplateElement, acceptedAt: number, dueAt: number): void => {
  if (dueAt - acceptedAt <= CARD_FILES_MS || !hasCardFiles(template)) return;
  const days = CARD_FILES_MS / DAY_MS;
  const message = `WhatsApp keeps the files of a carousel for a month: schedule it at most ${days} days ahead`;
  throw invalid([{ path: 'scheduledAt', message }]);
};
