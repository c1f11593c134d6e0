import {
  buttonsOf,
  componentOf,
  headerFormat,
  typeOf,
  type NamedExample,
  type TemplateButton,
  type TemplateComponent,
  type TemplateDefinition,
} from './model';
import { variablesOf } from './variables';

/** One thing that a send has to bring, or may bring (`required: false`). */
export interface TemplateParameter {
  component: 'header' | 'body' | 'buttons' | 'cards' | 'limitedTimeOffer';
  /** Variable's name or position; of a button its place among all buttons ("0"); of a media header its format. */
  name: string;
  kind:
    | 'text'
    | 'image'
    | 'video'
    | 'document'
    | 'location'
    | 'product'
    | 'urlSuffix'
    | 'couponCode'
    | 'flow'
    | 'payload'
    | 'catalog'
    | 'products'
    | 'expiry';
  required: boolean;
  /** What was given to Meta at creation, for people to see what is meant. */
  example: string | null;
  /** Label of the button that it belongs to. */
  label?: string;
  /** Place of the card in a carousel, from 0. */
  card?: number;
}

const namedExample = (list: NamedExample[] | undefined, name: string): string | undefined =>
  list?.find((item) => item.param_name === name)?.example;

const textParameters = (
  component: TemplateComponent | undefined,
  place: 'header' | 'body',
): TemplateParameter[] =>
  variablesOf(component?.text).map((name, index) => {
    const { example } = component as TemplateComponent;
    const positional = place === 'header' ? example?.header_text?.[index] : example?.body_text?.[0]?.[index];
    const named = namedExample(
      place === 'header' ? example?.header_text_named_params : example?.body_text_named_params,
      name,
    );
    return { component: place, name, kind: 'text', required: true, example: named ?? positional ?? null };
  });

const MEDIA: Record<string, TemplateParameter['kind']> = {
  IMAGE: 'image',
  VIDEO: 'video',
  GIF: 'video',
  DOCUMENT: 'document',
  LOCATION: 'location',
  PRODUCT: 'product',
};

const headerParameters = (components: readonly TemplateComponent[]): TemplateParameter[] => {
  const header = componentOf(components, 'HEADER');
  const kind = MEDIA[headerFormat(components) ?? ''];
  if (!kind) return textParameters(header, 'header');
  // The sample that was approved is not used again: every send brings its own (Meta, templates).
  return [{ component: 'header', name: kind, kind, required: true, example: null }];
};

const exampleOf = (button: TemplateButton): string | null =>
  (Array.isArray(button.example) ? button.example[0] : button.example) ?? null;

const KIND_OF_BUTTON: Record<string, TemplateParameter['kind']> = {
  COPY_CODE: 'couponCode',
  FLOW: 'flow',
  QUICK_REPLY: 'payload',
  CATALOG: 'catalog',
  MPM: 'products',
};

const NEEDED: ReadonlySet<string> = new Set(['COPY_CODE', 'MPM']);

/** An authentication template's only button reads back as URL; its code is the body's value over again. */
export const isCodeButton = (button: TemplateButton, category: string): boolean =>
  typeOf(button) === 'OTP' || (category.toUpperCase() === 'AUTHENTICATION' && typeOf(button) === 'URL');

const buttonParameter = (
  button: TemplateButton,
  index: number,
  category: string,
): TemplateParameter | null => {
  const base = { component: 'buttons' as const, name: String(index), label: button.text };
  const type = typeOf(button);
  if (isCodeButton(button, category)) return null;
  if (type === 'URL') {
    return variablesOf(button.url).length > 0
      ? { ...base, kind: 'urlSuffix', required: true, example: exampleOf(button) }
      : null;
  }
  const kind = KIND_OF_BUTTON[type];
  return kind ? { ...base, kind, required: NEEDED.has(type), example: exampleOf(button) } : null;
};

const bodyParameters = ({ components, category }: TemplateDefinition): TemplateParameter[] => {
  const body = componentOf(components, 'BODY');
  // Meta writes the body of an authentication template itself; its code is asked for all the same.
  if (category.toUpperCase() === 'AUTHENTICATION' && variablesOf(body?.text).length === 0) {
    return [{ component: 'body', name: '1', kind: 'text', required: true, example: '123456' }];
  }
  return textParameters(body, 'body');
};

const cardParameters = (definition: TemplateDefinition): TemplateParameter[] =>
  (componentOf(definition.components, 'CAROUSEL')?.cards ?? []).flatMap(({ components }, card) =>
    parametersOf({ ...definition, category: 'MARKETING', components }).map((parameter) => ({
      ...parameter,
      card,
    })),
  );

/**
 * Everything that a send of this template takes, read from its components alone: nothing is hard-wired to a kind of
 * template, so a new combination needs no new code.
 */
export const parametersOf = (definition: TemplateDefinition): TemplateParameter[] => {
  const { components, category } = definition;
  const offer = componentOf(components, 'LIMITED_TIME_OFFER');
  return [
    ...headerParameters(components),
    ...(componentOf(components, 'BODY') ? bodyParameters(definition) : []),
    ...(offer?.limited_time_offer?.has_expiration
      ? [
          {
            component: 'limitedTimeOffer' as const,
            name: 'expiresAt',
            kind: 'expiry' as const,
            required: true,
            example: null,
          },
        ]
      : []),
    ...buttonsOf(components).flatMap((button, index) => buttonParameter(button, index, category) ?? []),
    ...cardParameters(definition),
  ];
};

/** A parameter's name within its template: `body:first_name`, `header:image`, `buttons:0`, `cards[1].body:1`. */
export const bindingKey = ({ component, card, name }: TemplateParameter): string =>
  `${card === undefined ? '' : `cards[${card}].`}${component}:${name}`;
