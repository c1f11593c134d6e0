import { INTERACTIVE_LIMITS as LIMITS } from '../../../../server/src/cloud-api/limits';
import type { SendInteractive } from '../../../../server/src/messages/contract';

export const KINDS = ['button', 'list', 'cta_url', 'location_request_message'] as const;
export type Kind = (typeof KINDS)[number];

export interface RowForm {
  title: string;
  description: string;
}

/** What stands in the builder; each kind reads its own part, so that switching loses nothing. */
export interface InteractiveForm {
  kind: Kind;
  header: string;
  body: string;
  footer: string;
  buttons: string[];
  listButton: string;
  rows: RowForm[];
  linkText: string;
  url: string;
}

export const EMPTY_FORM: InteractiveForm = {
  kind: 'button',
  header: '',
  body: '',
  footer: '',
  buttons: [''],
  listButton: '',
  rows: [{ title: '', description: '' }],
  linkText: '',
  url: '',
};

export const MAX_BUTTONS = LIMITS.buttons;
export const MAX_ROWS = LIMITS.listRows;

export const bodyMax = (kind: Kind): number => (kind === 'list' ? LIMITS.listBody : LIMITS.body);

/** A link's button is held to the length of a reply button (Meta, interactive-cta-url-messages). */
export const LENGTHS = {
  header: LIMITS.headerText,
  footer: LIMITS.footer,
  button: LIMITS.buttonTitle,
  listButton: LIMITS.listButton,
  rowTitle: LIMITS.rowTitle,
  rowDescription: LIMITS.rowDescription,
  linkText: LIMITS.buttonTitle,
};

const clean = (text: string): string => text.trim();
const within = (text: string, max: number): boolean => clean(text) !== '' && text.length <= max;
const short = (text: string, max: number): boolean => text.length <= max;

/** Titles that occur twice: Meta refuses them, and nobody could tell them apart. */
export const doubles = (titles: string[]): Set<string> => {
  const cleaned = titles.map(clean).filter(Boolean);
  return new Set(cleaned.filter((title, index) => cleaned.indexOf(title) !== index));
};

export const isWebAddress = (text: string): boolean => {
  try {
    return ['http:', 'https:'].includes(new URL(clean(text)).protocol);
  } catch {
    return false;
  }
};

const ownPartComplete = (form: InteractiveForm): boolean => {
  switch (form.kind) {
    case 'button':
      return form.buttons.every((title) => within(title, LENGTHS.button)) && doubles(form.buttons).size === 0;
    case 'list':
      return (
        within(form.listButton, LENGTHS.listButton) &&
        form.rows.every(
          ({ title, description }) =>
            within(title, LENGTHS.rowTitle) && short(description, LENGTHS.rowDescription),
        ) &&
        doubles(form.rows.map(({ title }) => title)).size === 0
      );
    case 'cta_url':
      return within(form.linkText, LENGTHS.linkText) && isWebAddress(form.url);
    default:
      return true;
  }
};

/** True when Meta would take it. */
export const isComplete = (form: InteractiveForm): boolean => {
  const framed = form.kind !== 'location_request_message';
  return (
    within(form.body, bodyMax(form.kind)) &&
    (!framed || (short(form.header, LENGTHS.header) && short(form.footer, LENGTHS.footer))) &&
    ownPartComplete(form)
  );
};

const frame = ({ header, body, footer }: InteractiveForm) => ({
  ...(clean(header) ? { header: { type: 'text' as const, text: clean(header) } } : {}),
  body: { text: clean(body) },
  ...(clean(footer) ? { footer: { text: clean(footer) } } : {}),
});

/** Meta's element. Ids are the places in the form: the answer's title says what was chosen. */
export const toInteractive = (form: InteractiveForm): SendInteractive => {
  switch (form.kind) {
    case 'button':
      return {
        type: 'button',
        ...frame(form),
        action: {
          buttons: form.buttons.map((title, index) => ({
            type: 'reply',
            reply: { id: `button_${index + 1}`, title: clean(title) },
          })),
        },
      };
    case 'list':
      return {
        type: 'list',
        ...frame(form),
        action: {
          button: clean(form.listButton),
          sections: [
            {
              rows: form.rows.map(({ title, description }, index) => ({
                id: `row_${index + 1}`,
                title: clean(title),
                ...(clean(description) ? { description: clean(description) } : {}),
              })),
            },
          ],
        },
      };
    case 'cta_url':
      return {
        type: 'cta_url',
        ...frame(form),
        action: {
          name: 'cta_url',
          parameters: { display_text: clean(form.linkText), url: clean(form.url) },
        },
      };
    default:
      return {
        type: 'location_request_message',
        body: { text: clean(form.body) },
        action: { name: 'send_location' },
      };
  }
};
