import { componentOf, headerFormat, type TemplateDefinition } from './model';
import { TEMPLATE_LIMITS } from './limits';
import { forCards } from './product-cards';
import { parametersOf, type TemplateParameter } from './parameters';
import { fill, variablesOf } from './variables';
import { isRecord } from '../collections/record';

/** A file for a header: one of the three ways that every media send has (REST contract §5). */
export interface MediaReference {
  mediaId?: string;
  uploadId?: string;
  url?: string;
  fileName?: string;
}

/** Headers that are files. */
export type MediaKind = 'image' | 'video' | 'document';

export const isMediaKind = (kind: string): kind is MediaKind => ['image', 'video', 'document'].includes(kind);

export interface TemplateLocation {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

export interface ButtonValue {
  text?: string;
  payload?: string;
  couponCode?: string;
  flowToken?: string;
  flowData?: Record<string, unknown>;
  thumbnailProductId?: string;
  sections?: { title: string; productIds: string[] }[];
}

/** A product of a header: its id alone, or with the catalog that it is in. */
export type ProductReference = string | { productId: string; catalogId?: string };

export const productOf = (value: unknown): { productId: string; catalogId: string | null } | null => {
  if (typeof value === 'string' || typeof value === 'number')
    return { productId: String(value), catalogId: null };
  if (!isRecord(value) || typeof value.productId !== 'string') return null;
  const { productId, catalogId } = value;
  return { productId, catalogId: typeof catalogId === 'string' ? catalogId : null };
};

/** Values of one send, as REST callers and the picker give them. Text by variable name or position. */
export interface TemplateValues {
  header?: Record<string, unknown>;
  body?: Record<string, unknown>;
  buttons?: (ButtonValue | null)[];
  /** ISO time or ms. */
  limitedTimeOffer?: { expiresAt?: string | number };
  cards?: {
    header?: Record<string, unknown>;
    body?: Record<string, unknown>;
    buttons?: (ButtonValue | null)[];
  }[];
}

export interface ValueProblem {
  component: string;
  name: string;
  problem: 'missing' | 'empty' | 'extra' | 'malformed' | 'too_long';
  message: string;
}

/** Meta refuses line breaks, tabs and more than four blanks in a row in a value (132018). */
const FORBIDDEN = /[\n\r\t]| {5,}/;
/** No value is longer than the longest body. */
const VALUE_MAX = TEMPLATE_LIMITS.body;
const COUPON_MAX = 20;

/** Numbers and yes/no are values too; objects and lists are not. */
const asText = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

/** Names come from outside: `constructor` is a variable like any other. */
export const ownOf = (values: Record<string, unknown> | undefined, name: string): unknown =>
  values && Object.prototype.hasOwnProperty.call(values, name) ? values[name] : undefined;

const where = ({ component, card }: TemplateParameter): string =>
  card === undefined ? component : `cards[${card}].${component}`;

type Verdict = { problem: ValueProblem['problem']; message: string } | null;

const textVerdict = (value: unknown, max: number): Verdict => {
  if (value === undefined || value === null) return { problem: 'missing', message: 'Has no value' };
  const text = asText(value);
  if (text === null) return { problem: 'malformed', message: 'Should be text' };
  if (text.trim() === '') return { problem: 'empty', message: 'Is empty' };
  if (FORBIDDEN.test(text)) {
    return {
      problem: 'malformed',
      message: 'Must not hold line breaks, tabs or more than four blanks in a row',
    };
  }
  return text.length > max ? { problem: 'too_long', message: `Is longer than ${max} characters` } : null;
};

const mediaVerdict = (value: unknown): Verdict => {
  if (value === undefined || value === null) return { problem: 'missing', message: 'Has no file' };
  if (!isRecord(value)) return { problem: 'malformed', message: 'Should be an object with a file' };
  const given = ['mediaId', 'uploadId', 'url'].filter((key) => typeof value[key] === 'string' && value[key]);
  if (given.length === 1) return null;
  return { problem: 'malformed', message: 'Should name exactly one of mediaId, uploadId and url' };
};

const productVerdict = (value: unknown): Verdict =>
  isRecord(value) && typeof value.productId !== 'string'
    ? { problem: 'malformed', message: 'Should name a productId' }
    : textVerdict(isRecord(value) ? value.productId : value, VALUE_MAX);

const locationVerdict = (value: unknown): Verdict => {
  if (value === undefined || value === null) return { problem: 'missing', message: 'Has no place' };
  const place = isRecord(value) ? value : {};
  const within = (key: string, limit: number): boolean =>
    Number.isFinite(place[key]) && Math.abs(place[key] as number) <= limit;
  return within('latitude', 90) && within('longitude', 180)
    ? null
    : { problem: 'malformed', message: 'Should have latitude and longitude' };
};

const expiryVerdict = (value: unknown): Verdict => {
  if (value === undefined || value === null) return { problem: 'missing', message: 'Has no end' };
  return Number.isFinite(timeOf(value)) ? null : { problem: 'malformed', message: 'Should be a time' };
};

/** ms of an ISO text or a number of ms. */
export const timeOf = (value: unknown): number =>
  typeof value === 'number' ? value : Date.parse(String(value));

const flowVerdict = (value: ButtonValue | null | undefined): Verdict => {
  const data = value?.flowData;
  return data === undefined || isRecord(data)
    ? null
    : { problem: 'malformed', message: 'flowData should be an object' };
};

const productsVerdict = (value: ButtonValue | null | undefined): Verdict => {
  const sections = value?.sections;
  if (!sections || sections.length === 0) return { problem: 'missing', message: 'Has no products' };
  const total = sections.reduce((sum, section) => sum + (section.productIds?.length ?? 0), 0);
  return sections.length > 10 || total > 30 || total === 0
    ? { problem: 'malformed', message: 'Takes 1 to 30 products in up to 10 sections' }
    : null;
};

const verdictOf = (parameter: TemplateParameter, values: Part): Verdict => {
  const button = parameter.component === 'buttons' ? values.buttons?.[Number(parameter.name)] : undefined;
  switch (parameter.kind) {
    case 'text':
      return textVerdict(ownOf(values[parameter.component as 'header' | 'body'], parameter.name), VALUE_MAX);
    case 'image':
    case 'video':
    case 'document':
      return mediaVerdict(values.header?.[parameter.kind]);
    case 'location':
      return locationVerdict(values.header?.location);
    case 'product':
      return productVerdict(values.header?.product);
    case 'urlSuffix':
      return textVerdict(button?.text, 2_000);
    case 'couponCode':
      return textVerdict(button?.couponCode, COUPON_MAX);
    case 'payload':
      return button?.payload === undefined ? null : textVerdict(button.payload, 256);
    case 'flow':
      return flowVerdict(button);
    case 'products':
      return productsVerdict(button);
    case 'expiry':
      return expiryVerdict(values.limitedTimeOffer?.expiresAt);
    default:
      return null;
  }
};

type Part = Pick<TemplateValues, 'header' | 'body' | 'buttons' | 'limitedTimeOffer'>;

const partOf = (values: TemplateValues, card: number | undefined): Part =>
  card === undefined ? values : (values.cards?.[card] ?? {});

/** Values that nothing takes: Meta refuses the whole message for one (132000). */
const extrasOf = (parameters: TemplateParameter[], values: TemplateValues): ValueProblem[] => {
  const problems: ValueProblem[] = [];
  const extra = (component: string, name: string): void => {
    problems.push({ component, name, problem: 'extra', message: 'This template takes no such value' });
  };
  const check = (part: Part, card: number | undefined): void => {
    const mine = parameters.filter((parameter) => parameter.card === card);
    const prefix = card === undefined ? '' : `cards[${card}].`;
    for (const component of ['header', 'body'] as const) {
      const known = mine.filter((parameter) => parameter.component === component).map(({ name }) => name);
      for (const name of Object.keys(part[component] ?? {})) {
        if (!known.includes(name)) extra(prefix + component, name);
      }
    }
    (part.buttons ?? []).forEach((value, index) => {
      if (!value || Object.values(value).every((item) => item === undefined)) return;
      if (!mine.some(({ component, name }) => component === 'buttons' && name === String(index))) {
        extra(`${prefix}buttons`, String(index));
      }
    });
  };
  check(values, undefined);
  const cards = new Set(parameters.flatMap(({ card }) => (card === undefined ? [] : [card])));
  (values.cards ?? []).forEach((part, card) => {
    if (cards.has(card)) check(part, card);
    else if (Object.keys(part).length > 0) extra('cards', String(card));
  });
  return problems;
};

/** Text with its values in it, which Meta limits as a whole (132005); the longest value is named, for it is the one to cut. */
const tooLongAsAWhole = (definition: TemplateDefinition, values: TemplateValues): ValueProblem[] => {
  const { components } = definition;
  const hasOffer = componentOf(components, 'LIMITED_TIME_OFFER') !== undefined;
  const check = (component: 'header' | 'body', max: number): ValueProblem[] => {
    const text = componentOf(components, component.toUpperCase())?.text ?? '';
    const valueOf = (name: string): string => asText(ownOf(values[component], name)) ?? '';
    const names = variablesOf(text);
    if (names.length === 0 || fill(text, valueOf).length <= max) return [];
    const longest = names.reduce((a, b) => (valueOf(b).length > valueOf(a).length ? b : a));
    const message = `With its values, the ${component} is longer than ${max} characters`;
    return [{ component, name: longest, problem: 'too_long', message }];
  };
  return [
    ...(headerFormat(components) === 'TEXT' ? check('header', TEMPLATE_LIMITS.headerText) : []),
    ...check('body', hasOffer ? TEMPLATE_LIMITS.offerBody : TEMPLATE_LIMITS.body),
  ];
};

/** Every reason why Meta would refuse these values, found before Meta sees them; empty when there is none. */
export const problemsOf = (definition: TemplateDefinition, values: TemplateValues): ValueProblem[] => {
  const parameters = parametersOf(forCards(definition, values));
  const problems = parameters.flatMap((parameter): ValueProblem[] => {
    const verdict = verdictOf(parameter, partOf(values, parameter.card));
    if (!verdict || (verdict.problem === 'missing' && !parameter.required)) return [];
    return [{ component: where(parameter), name: parameter.name, ...verdict }];
  });
  const known = [...problems, ...extrasOf(parameters, values)];
  return known.length > 0 ? known : tooLongAsAWhole(definition, values);
};

const LONG_FORM = new Set(['header', 'body', 'buttons', 'cards', 'limitedTimeOffer']);

/** Whether values are by component (header, body, buttons …) and not flat, as the seed documents write them. */
export const isLongForm = (given: Record<string, unknown>): boolean =>
  Object.keys(given).every((key) => LONG_FORM.has(key));

/**
 * The short form `templateParams {…}`: one flat object. A name goes where the template has it, the body first; media keys
 * (`image`, `video`, `document`, `location`) are the header's. What fits nowhere stays with the body, to be named as extra.
 */
export const fromFlat = (definition: TemplateDefinition, flat: Record<string, unknown>): TemplateValues => {
  const parameters = parametersOf(definition).filter(({ card }) => card === undefined);
  const has = (component: string, name: string): boolean =>
    parameters.some((parameter) => parameter.component === component && parameter.name === name);
  const values: TemplateValues = {};
  for (const [name, value] of Object.entries(flat)) {
    const place = !has('body', name) && has('header', name) ? 'header' : 'body';
    values[place] = { ...values[place], [name]: value };
  }
  return values;
};
