import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import {
  buttonsOf,
  componentOf,
  typeOf,
  type TemplateButton,
  type TemplateComponent,
} from '../../../../server/src/templates/model';
import { drop, put, type Components } from './components';

/** Kinds that can be added; each with its fields. */
export const KINDS = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'FLOW', 'CATALOG', 'MPM'] as const;
export type Kind = (typeof KINDS)[number];
/** Of a card (Meta, media-card-carousel-templates). */
export const CARD_KINDS = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER'] as const satisfies readonly Kind[];

/** Meta writes the labels of these. */
export const FIXED_LABELS: ReadonlySet<string> = new Set(['COPY_CODE', 'CATALOG', 'MPM', 'SPM']);
const WORDS: Record<string, string> = {
  COPY_CODE: 'Copy offer code',
  CATALOG: 'View catalog',
  MPM: 'View items',
};

export const newButton = (kind: Kind): TemplateButton => {
  switch (kind) {
    case 'URL':
      return { type: kind, text: '', url: 'https://' };
    case 'PHONE_NUMBER':
      return { type: kind, text: '', phone_number: '+' };
    case 'COPY_CODE':
      return { type: kind, example: '' };
    case 'FLOW':
      return { type: kind, text: '', flow_id: '', flow_action: 'navigate' };
    case 'QUICK_REPLY':
      return { type: kind, text: '' };
    default:
      return { type: kind, text: WORDS[kind] };
  }
};

const isReply = (button: TemplateButton): boolean => typeOf(button) === 'QUICK_REPLY';

/** Puts a button behind the last one of its group, so that quick replies stay together. */
export const added = (buttons: readonly TemplateButton[], button: TemplateButton): TemplateButton[] => {
  const last = buttons.reduce((at, one, index) => (isReply(one) === isReply(button) ? index : at), -1);
  const at = last < 0 ? buttons.length : last + 1;
  return [...buttons.slice(0, at), button, ...buttons.slice(at)];
};

/** Quick replies together, on the side where the first button stands. */
export const regrouped = (buttons: readonly TemplateButton[]): TemplateButton[] => {
  const replies = buttons.filter(isReply);
  const others = buttons.filter((button) => !isReply(button));
  return buttons[0] && isReply(buttons[0]) ? [...replies, ...others] : [...others, ...replies];
};

/** Whether one more of the kind fits. */
export const canAdd = (buttons: readonly TemplateButton[], kind: Kind, most: number): boolean =>
  buttons.length < most &&
  buttons.filter((button) => typeOf(button) === kind).length < (LIMITS.buttonsOfKind[kind] ?? 1);

export const withButtons = (
  components: Components,
  buttons: readonly TemplateButton[],
): TemplateComponent[] =>
  buttons.length === 0
    ? drop(components, 'BUTTONS')
    : put(components, { ...componentOf(components, 'BUTTONS'), type: 'BUTTONS', buttons: [...buttons] });

const likeOf = (shape: TemplateButton, old: readonly TemplateButton[], index: number): TemplateButton => {
  const same = old[index];
  if (same && typeOf(same) === typeOf(shape)) return same;
  const kind = KINDS.find((one) => one === typeOf(shape));
  return kind ? newButton(kind) : { ...shape, text: '' };
};

/**
 * All cards of a carousel have the kinds of header and buttons of `card` (Meta refuses uneven ones); what the others hold of
 * these kinds already stays.
 */
export const evenCards = (
  cards: readonly { components: TemplateComponent[] }[],
  card: number,
): { components: TemplateComponent[] }[] => {
  const shape = cards[card]?.components ?? [];
  const header = componentOf(shape, 'HEADER');
  const buttons = buttonsOf(shape);
  return cards.map((one, index) => {
    if (index === card) return one;
    const old = componentOf(one.components, 'HEADER');
    const keeps = old?.format?.toUpperCase() === header?.format?.toUpperCase();
    const headed = header
      ? put(one.components, keeps && old ? old : { type: 'HEADER', format: header.format })
      : drop(one.components, 'HEADER');
    const mine = buttonsOf(one.components);
    const body = componentOf(shape, 'BODY');
    const bodied = body
      ? put(headed, componentOf(headed, 'BODY') ?? { type: 'BODY', text: '' })
      : drop(headed, 'BODY');
    return {
      ...one,
      components: withButtons(
        bodied,
        buttons.map((button, at) => likeOf(button, mine, at)),
      ),
    };
  });
};

/** A card of the same kinds as the others, empty; the first one has a picture. */
export const newCard = (
  cards: readonly { components: TemplateComponent[] }[],
): { components: TemplateComponent[] } => {
  const blank = {
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: '' },
    ],
  };
  return cards.length === 0 ? blank : evenCards([cards[0]!, { components: [] }], 0)[1]!;
};
