import {
  buttonsOf,
  componentOf,
  headerFormat,
  typeOf,
  type TemplateComponent,
  type TemplateDefinition,
} from './model';
import { isCodeButton } from './parameters';
import { forCards } from './product-cards';
import {
  ownOf,
  productOf,
  timeOf,
  type ButtonValue,
  type TemplateLocation,
  type TemplateValues,
} from './values';
import { variablesOf } from './variables';

/** A header's file as Meta takes it: its own id, or an address that it fetches. */
export type SendableMedia = { id: string } | { link: string };

/** Finds the sendable form of a header's file; filled by whoever uploads, so that this stays pure. */
export type MediaOf = (reference: Record<string, unknown>) => SendableMedia;

type Json = Record<string, unknown>;

const text = (value: unknown): string => String(value ?? '');

const textParameters = (
  component: TemplateComponent | undefined,
  values: Record<string, unknown>,
  named: boolean,
): Json[] =>
  variablesOf(component?.text).map((name) => ({
    type: 'text',
    ...(named ? { parameter_name: name } : {}),
    text: text(ownOf(values, name)),
  }));

const location = ({ latitude, longitude, name, address }: TemplateLocation): Json => ({
  // Meta's own samples write coordinates as text here.
  latitude: String(latitude),
  longitude: String(longitude),
  ...(name ? { name } : {}),
  ...(address ? { address } : {}),
});

const product = (value: unknown): Json => {
  const { productId, catalogId } = productOf(value) ?? { productId: '', catalogId: null };
  return { product_retailer_id: productId, ...(catalogId ? { catalog_id: catalogId } : {}) };
};

const mediaParameter = (kind: string, reference: Json, mediaOf: MediaOf): Json => ({
  type: kind,
  [kind]: {
    ...mediaOf(reference),
    ...(kind === 'document' && reference.fileName ? { filename: reference.fileName } : {}),
  },
});

const headerOf = (
  components: readonly TemplateComponent[],
  values: Record<string, unknown>,
  named: boolean,
  mediaOf: MediaOf,
): Json[] => {
  const format = headerFormat(components);
  const component = (parameters: Json[]): Json[] =>
    parameters.length === 0 ? [] : [{ type: 'header', parameters }];
  switch (format) {
    case null:
      return [];
    case 'IMAGE':
    case 'VIDEO':
    case 'GIF':
    case 'DOCUMENT': {
      const kind = format === 'GIF' ? 'video' : format.toLowerCase();
      return component([mediaParameter(kind, values[kind] as Json, mediaOf)]);
    }
    case 'LOCATION':
      return component([{ type: 'location', location: location(values.location as TemplateLocation) }]);
    case 'PRODUCT':
      return component([{ type: 'product', product: product(values.product) }]);
    default:
      return component(textParameters(componentOf(components, 'HEADER'), values, named));
  }
};

const actionOf = (value: ButtonValue): Json => ({
  ...(value.thumbnailProductId ? { thumbnail_product_retailer_id: value.thumbnailProductId } : {}),
  ...(value.sections
    ? {
        sections: value.sections.map(({ title, productIds }) => ({
          title,
          product_items: productIds.map((id) => ({ product_retailer_id: id })),
        })),
      }
    : {}),
});

const parameterOf = (type: string, value: ButtonValue): Json | null => {
  switch (type) {
    case 'URL':
      return value.text === undefined ? null : { type: 'text', text: text(value.text) };
    case 'QUICK_REPLY':
      return value.payload === undefined ? null : { type: 'payload', payload: value.payload };
    case 'COPY_CODE':
      return { type: 'coupon_code', coupon_code: text(value.couponCode) };
    case 'FLOW':
      return {
        type: 'action',
        action: {
          flow_token: value.flowToken ?? 'unused',
          ...(value.flowData ? { flow_action_data: value.flowData } : {}),
        },
      };
    case 'CATALOG':
    case 'MPM':
      return Object.keys(actionOf(value)).length === 0 ? null : { type: 'action', action: actionOf(value) };
    default:
      return null;
  }
};

/** Static buttons get no component: one too many is refused as well (132000). A flow button always needs its own. */
const buttonsPart = (definition: TemplateDefinition, values: TemplateValues): Json[] =>
  buttonsOf(definition.components).flatMap((button, index): Json[] => {
    const type = typeOf(button);
    if (isCodeButton(button, definition.category)) {
      const code = text(Object.values(values.body ?? {})[0]);
      return [
        { type: 'button', sub_type: 'url', index: String(index), parameters: [{ type: 'text', text: code }] },
      ];
    }
    const value = values.buttons?.[index] ?? (type === 'FLOW' ? {} : null);
    if (!value) return [];
    const parameter = parameterOf(type, value);
    if (!parameter) return [];
    return [{ type: 'button', sub_type: type.toLowerCase(), index: String(index), parameters: [parameter] }];
  });

const bodyPart = (
  definition: TemplateDefinition,
  values: Record<string, unknown>,
  named: boolean,
): Json[] => {
  const body = componentOf(definition.components, 'BODY');
  const parameters = textParameters(body, values, named);
  if (parameters.length > 0) return [{ type: 'body', parameters }];
  // An authentication template reads back without a variable in its body, yet the code goes there too.
  const code = Object.values(values)[0];
  if (definition.category.toUpperCase() !== 'AUTHENTICATION' || code === undefined) return [];
  return [{ type: 'body', parameters: [{ type: 'text', text: text(code) }] }];
};

const offerPart = (values: TemplateValues): Json[] => {
  const expiresAt = values.limitedTimeOffer?.expiresAt;
  if (expiresAt === undefined) return [];
  // Milliseconds here, though Meta's webhooks count seconds (cloud-api.md §16.5).
  const offer = { expiration_time_ms: timeOf(expiresAt) };
  return [
    {
      type: 'limited_time_offer',
      parameters: [{ type: 'limited_time_offer', limited_time_offer: offer }],
    },
  ];
};

const carouselPart = (definition: TemplateDefinition, values: TemplateValues, mediaOf: MediaOf): Json[] => {
  const cards = componentOf(forCards(definition, values).components, 'CAROUSEL')?.cards ?? [];
  if (cards.length === 0) return [];
  return [
    {
      type: 'carousel',
      cards: cards.map(({ components }, index) => ({
        card_index: index,
        components: componentsFor({ ...definition, components }, values.cards?.[index] ?? {}, mediaOf),
      })),
    },
  ];
};

/** The `components` of a send call. Values must be free of problems (`problemsOf`); nothing is checked again here. */
export const componentsFor = (
  definition: TemplateDefinition,
  values: TemplateValues,
  mediaOf: MediaOf,
): Json[] => {
  const named = definition.parameterFormat === 'NAMED';
  return [
    ...headerOf(definition.components, values.header ?? {}, named, mediaOf),
    ...bodyPart(definition, values.body ?? {}, named),
    ...offerPart(values),
    ...buttonsPart(definition, values),
    ...carouselPart(definition, values, mediaOf),
  ];
};

/** The `template` object of a send call. */
export const templatePayload = (
  definition: TemplateDefinition,
  values: TemplateValues,
  mediaOf: MediaOf,
): Json => {
  const components = componentsFor(definition, values, mediaOf);
  return {
    name: definition.name,
    language: { code: definition.language, policy: 'deterministic' },
    ...(components.length > 0 ? { components } : {}),
  };
};
