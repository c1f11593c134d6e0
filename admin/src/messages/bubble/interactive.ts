import { listOf, recordOf, textOf } from './content';

export interface Choice {
  title: string;
  description: string;
}

/** An interactive message as a bubble shows it, whichever side sent it. */
export interface InteractiveView {
  kind: string;
  /** What the person did: tapped a button, chose a row, filled in a form. */
  answer: boolean;
  header: string;
  body: string;
  footer: string;
  /** Reply buttons, or the one button of a link, list or form. */
  buttons: string[];
  sections: { title: string; rows: Choice[] }[];
  /** Of a link button; '' when it is no http(s) address. */
  url: string;
  /** Answers of a form. */
  fields: { label: string; value: string }[];
  description: string;
}

const ANSWERS = new Set(['button_reply', 'list_reply', 'nfm_reply', 'call_permission_reply']);

/** "appointment_date" → "appointment date": form authors choose these keys. */
const label = (key: string): string => key.replace(/[_-]+/g, ' ').trim();

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Keys of WhatsApp's own that mean nothing to a reader. */
const TECHNICAL = new Set(['flow_token', 'wa_flow_response_params']);

const fieldsOf = (content: Record<string, unknown>): InteractiveView['fields'] => {
  const response = recordOf(content.response);
  const values = { ...response, ...recordOf(response.values) };
  const fields = Object.entries(values)
    .filter(([key, value]) => key !== 'values' && !TECHNICAL.has(key) && plain(value) !== '')
    .map(([key, value]) => ({ label: label(key), value: plain(value) }));
  const raw = textOf(content, 'responseText');
  return fields.length > 0 || raw === '' ? fields : [{ label: '', value: raw }];
};

const titleOf = (button: Record<string, unknown>): string =>
  textOf(recordOf(button.reply), 'title') || textOf(button, 'title', 'text');

const webAddress = (url: string): string => (/^https?:\/\//i.test(url) ? url : '');

const textAt = (value: unknown): string =>
  typeof value === 'string' ? value : textOf(recordOf(value), 'text');

/** The cards of a carousel as one list: their words, and what can be tapped on each. */
const cardsOf = (action: Record<string, unknown>): InteractiveView['sections'] => {
  const rows = listOf(action.cards).map((card) => {
    const inner = recordOf(card.action);
    const taps = listOf(inner.buttons).map((button) => textOf(recordOf(button.quick_reply), 'title'));
    return {
      title: textAt(card.body) || textOf(inner, 'product_retailer_id'),
      description: [...taps, textOf(recordOf(inner.parameters), 'display_text')].filter(Boolean).join(' · '),
    };
  });
  return rows.length > 0 ? [{ title: '', rows }] : [];
};

/** Reads both shapes: Meta's own element (what we send) and ours of what people answer. */
export const readInteractive = (content: Record<string, unknown>): InteractiveView => {
  const sent =
    Object.keys(recordOf(content.interactive)).length > 0 ? recordOf(content.interactive) : content;
  const action = recordOf(sent.action);
  const parameters = recordOf(action.parameters);
  const kind = textOf(sent, 'type', 'kind') || 'unknown';
  const buttons = [
    ...listOf(action.buttons ?? sent.buttons).map(titleOf),
    textOf(parameters, 'display_text', 'displayText', 'flow_cta'),
    textOf(action, 'button'),
  ].filter(Boolean);
  return {
    kind,
    answer: ANSWERS.has(kind),
    header: textAt(sent.header),
    body: ANSWERS.has(kind) ? '' : textAt(sent.body),
    footer: textAt(sent.footer),
    buttons,
    sections: [
      ...listOf(action.sections ?? sent.sections).map((section) => ({
        title: textOf(section, 'title'),
        rows: [...listOf(section.rows), ...listOf(section.product_items)].map((row) => ({
          title: textOf(row, 'title', 'product_retailer_id'),
          description: textOf(row, 'description'),
        })),
      })),
      ...cardsOf(action),
    ],
    url: webAddress(textOf(parameters, 'url')),
    fields: kind === 'nfm_reply' ? fieldsOf(content) : [],
    description: ANSWERS.has(kind) ? textOf(content, 'description') : '',
  };
};
