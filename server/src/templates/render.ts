import {
  buttonsOf,
  componentOf,
  headerFormat,
  typeOf,
  type TemplateButton,
  type TemplateComponent,
  type TemplateDefinition,
} from './model';
import { forCards } from './product-cards';
import { ownOf, productOf, type ButtonValue, type TemplateValues } from './values';
import { fill } from './variables';

export type RenderedHeader =
  | { type: 'text'; text: string }
  | { type: 'image' | 'video' | 'document'; file: Record<string, unknown> | null }
  | { type: 'location'; location: Record<string, unknown> | null }
  | { type: 'product'; productId: string | null };

export interface RenderedButton {
  type: string;
  text: string;
  /** Address, phone number or code behind the button, when it has one. */
  target: string | null;
}

export interface RenderedCard {
  header: RenderedHeader | null;
  body: string;
  buttons: RenderedButton[];
}

/** What a person sees, in WhatsApp's own markup: the same for preview, bubble, REST and notifications. */
export interface RenderedTemplate {
  header: RenderedHeader | null;
  body: string;
  footer: string | null;
  buttons: RenderedButton[];
  cards: RenderedCard[];
  offer: { text: string; expiresAt: number | null } | null;
  /** All of it as plain text: header, body, footer. */
  text: string;
}

/** Words that Meta itself puts in, in English; the phone shows them in the template's language. */
const AUTH_BODY = '*{{1}}* is your verification code.';
const AUTH_ADVICE = ' For your security, do not share this code.';
const FIXED_LABEL: Record<string, string> = {
  COPY_CODE: 'Copy offer code',
  OTP: 'Copy code',
  CATALOG: 'View catalog',
  MPM: 'View items',
  SPM: 'View',
};

const valueIn =
  (values: Record<string, unknown> | undefined) =>
  (name: string): string | undefined => {
    const value = ownOf(values, name);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };

const fileOf = (values: Record<string, unknown> | undefined, kind: string): Record<string, unknown> | null =>
  (values?.[kind] as Record<string, unknown> | undefined) ?? null;

const headerOf = (
  components: readonly TemplateComponent[],
  values: Record<string, unknown> | undefined,
): RenderedHeader | null => {
  const format = headerFormat(components);
  switch (format) {
    case null:
      return null;
    case 'IMAGE':
      return { type: 'image', file: fileOf(values, 'image') };
    case 'VIDEO':
    case 'GIF':
      return { type: 'video', file: fileOf(values, 'video') };
    case 'DOCUMENT':
      return { type: 'document', file: fileOf(values, 'document') };
    case 'LOCATION':
      return { type: 'location', location: fileOf(values, 'location') };
    case 'PRODUCT':
      return { type: 'product', productId: productOf(values?.product)?.productId ?? null };
    default:
      return { type: 'text', text: fill(componentOf(components, 'HEADER')?.text ?? '', valueIn(values)) };
  }
};

const targetOf = (button: TemplateButton, value: ButtonValue | null | undefined): string | null => {
  if (button.url) return fill(button.url, () => (value?.text ? String(value.text) : undefined));
  if (button.phone_number) return button.phone_number;
  return value?.couponCode ?? null;
};

const buttonsFor = (
  components: readonly TemplateComponent[],
  values: (ButtonValue | null)[] | undefined,
): RenderedButton[] =>
  buttonsOf(components).map((button, index) => ({
    type: typeOf(button).toLowerCase(),
    text: button.text ?? FIXED_LABEL[typeOf(button)] ?? '',
    target: targetOf(button, values?.[index]),
  }));

const bodyText = ({ components, category }: TemplateDefinition): string => {
  const body = componentOf(components, 'BODY');
  if (body?.text || category.toUpperCase() !== 'AUTHENTICATION') return body?.text ?? '';
  return AUTH_BODY + (body?.add_security_recommendation ? AUTH_ADVICE : '');
};

const footerText = (components: readonly TemplateComponent[]): string | null => {
  const footer = componentOf(components, 'FOOTER');
  if (!footer) return null;
  const minutes = footer.code_expiration_minutes;
  return footer.text ?? (minutes ? `This code expires in ${minutes} minutes.` : null);
};

const offerOf = (definition: TemplateDefinition, values: TemplateValues): RenderedTemplate['offer'] => {
  const offer = componentOf(definition.components, 'LIMITED_TIME_OFFER')?.limited_time_offer;
  if (!offer) return null;
  const given = values.limitedTimeOffer?.expiresAt;
  const at = typeof given === 'number' ? given : Date.parse(given ?? '');
  return { text: offer.text ?? '', expiresAt: Number.isFinite(at) ? at : null };
};

/** Fills a template; a variable without a value stays readable as `{{name}}`. */
export const renderTemplate = (
  definition: TemplateDefinition,
  values: TemplateValues = {},
): RenderedTemplate => {
  const { components } = definition;
  const header = headerOf(components, values.header);
  const body = fill(bodyText(definition), valueIn(values.body));
  const footer = footerText(components);
  return {
    header,
    body,
    footer,
    buttons: buttonsFor(components, values.buttons),
    cards: (componentOf(forCards(definition, values).components, 'CAROUSEL')?.cards ?? []).map(
      (card, index) => ({
        header: headerOf(card.components, values.cards?.[index]?.header),
        body: fill(componentOf(card.components, 'BODY')?.text ?? '', valueIn(values.cards?.[index]?.body)),
        buttons: buttonsFor(card.components, values.cards?.[index]?.buttons),
      }),
    ),
    offer: offerOf(definition, values),
    text: [header?.type === 'text' ? header.text : '', body, footer ?? ''].filter(Boolean).join('\n'),
  };
};
