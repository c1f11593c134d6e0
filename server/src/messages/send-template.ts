import { z } from '@strapi/utils';
import type { TemplateElement } from '../cloud-api/element';
import { FREE_FIELD_MAX, TEMPLATE_LIMITS, USUAL_TEMPLATE_LANGUAGE } from '../cloud-api/limits';
import { WhatsAppError } from '../errors';
import { words } from './send-fields';
import { headerFile } from './send-media';

const values = z.record(z.string(), z.union([z.string(), z.number()]));

const button = z
  .object({
    text: z.union([z.string(), z.number()]).optional(),
    payload: z.string().max(256).optional(),
    couponCode: z.string().max(20).optional(),
    flowToken: z.string().max(200).optional(),
    flowData: z.record(z.string(), z.unknown()).optional(),
    /** Of a catalog or product list: the picture, and what is in the list. */
    thumbnailProductId: z.string().min(1).max(200).optional(),
    sections: z
      .array(
        z.object({
          title: words(TEMPLATE_LIMITS.productSectionTitle),
          productIds: z.array(z.string().min(1).max(200)).min(1),
        }),
      )
      .min(1)
      .max(TEMPLATE_LIMITS.productSections)
      .optional(),
  })
  .nullable();

const place = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: words(FREE_FIELD_MAX, 0).optional(),
  address: words(FREE_FIELD_MAX, 0).optional(),
});

const header = z.union([
  z.object({ image: headerFile }),
  z.object({ video: headerFile }),
  z.object({ document: headerFile }),
  z.object({ location: place }),
  /** By its id in the catalog; the catalog itself where there are several. */
  z.object({
    product: z.object({
      productId: z.string().min(1).max(200),
      catalogId: z.string().min(1).max(200).optional(),
    }),
  }),
  values,
]);

const part = {
  header: header.optional(),
  /** By name, or by position (`"1"`, `"2"`). */
  body: values.optional(),
  /** In button order, `null` where nothing is needed. */
  buttons: z.array(button).max(TEMPLATE_LIMITS.buttons).optional(),
};

/** Values of a template, as every sender gives them. */
export const templateParameters = z.object({
  ...part,
  /** When a limited-time offer ends: ISO time, or ms. */
  limitedTimeOffer: z.object({ expiresAt: z.union([z.string().max(40), z.number()]) }).optional(),
  /** Of a carousel, in their order. */
  cards: z.array(z.object(part)).max(TEMPLATE_LIMITS.cards).optional(),
});

/** An entry of the site's content, from which bindings of the template take what `parameters` leave out. */
export const entryRef = z.object({
  contentType: z.string().min(1).max(200),
  documentId: z.string().min(1).max(200),
  locale: z.string().min(1).max(20).optional(),
});

/** The long form; `components` is Meta's own naming for programs that build it themselves. */
export const sendTemplate = z
  .object({
    name: z
      .string()
      .regex(/^[a-z0-9_]+$/, 'Is no template name: lower-case letters, digits and _ only')
      .max(TEMPLATE_LIMITS.name),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, 'Must be like "en" or "en_US"')
      .optional(),
    parameters: templateParameters.optional(),
    entry: entryRef.optional(),
    /** Fill what `parameters` leave out from the template's bindings; implied by `entry`. */
    bound: z.boolean().optional(),
    components: z.array(z.record(z.string(), z.unknown())).max(20).optional(),
  })
  .refine((value) => value.components === undefined || !isBound(value), {
    path: ['components'],
    message: 'Are sent as they are: nothing can be filled in from bindings',
  });

export type SendTemplateInput = z.infer<typeof sendTemplate>;
export type TemplateParametersInput = z.infer<typeof templateParameters>;
type Parameters = TemplateParametersInput;
export type TemplateFileKind = 'image' | 'video' | 'document';

interface Problem {
  component: string;
  name: string;
  problem: 'empty' | 'malformed';
}

/** Meta, support/error-codes 132018: line breaks, tabs and more than four spaces in a row are refused. */
const MALFORMED = /\p{Cc}| {5,}|\p{Surrogate}/u;

const textsOf = (component: string, given: Record<string, string | number>, problems: Problem[]) => {
  const positional = Object.keys(given).every((key) => /^\d+$/.test(key));
  const names = Object.keys(given).sort((a, b) => (positional ? Number(a) - Number(b) : 0));
  return names.map((name, index) => {
    const text = String(given[name]);
    if (text.trim() === '') problems.push({ component, name, problem: 'empty' });
    else if (MALFORMED.test(text)) problems.push({ component, name, problem: 'malformed' });
    // A gap would shift every later value by one.
    if (positional && Number(name) !== index + 1) problems.push({ component, name, problem: 'malformed' });
    return positional ? { type: 'text', text } : { type: 'text', parameter_name: name, text };
  });
};

const FILES: TemplateFileKind[] = ['image', 'video', 'document'];

const headerOf = (given: NonNullable<Parameters['header']>, problems: Problem[]) => {
  const file = FILES.find((kind) => kind in given && typeof given[kind as never] === 'object');
  if (file) return [{ type: file, [file]: {} }];
  if ('location' in given && typeof given.location === 'object')
    return [{ type: 'location', location: given.location }];
  if ('product' in given && typeof given.product === 'object') {
    const { productId, catalogId } = given.product as { productId: string; catalogId?: string };
    return [
      {
        type: 'product',
        product: { product_retailer_id: productId, ...(catalogId ? { catalog_id: catalogId } : {}) },
      },
    ];
  }
  return textsOf('header', given as Record<string, string | number>, problems);
};

const buttonsOf = (given: NonNullable<Parameters['buttons']>, problems: Problem[]) =>
  given.flatMap((each, index) => {
    if (each === null) return [];
    const component = (sub_type: string, parameter: object) => [
      { type: 'button', sub_type, index: String(index), parameters: [parameter] },
    ];
    if (each.text !== undefined) {
      const [parameter] = textsOf(`button ${index}`, { 1: each.text }, problems);
      return component('url', parameter);
    }
    if (each.payload !== undefined)
      return component('quick_reply', { type: 'payload', payload: each.payload });
    if (each.couponCode !== undefined)
      return component('copy_code', { type: 'coupon_code', coupon_code: each.couponCode });
    // What only the template could tell apart is not guessed: it is sent when the template is known.
    if (each.flowToken === undefined && each.flowData === undefined) return [];
    const action = { flow_token: each.flowToken, flow_action_data: each.flowData };
    return component('flow', { type: 'action', action });
  });

type Part = Pick<Parameters, 'header' | 'body' | 'buttons'>;

const partOf = (given: Part, problems: Problem[]): Record<string, unknown>[] => {
  const components: Record<string, unknown>[] = [];
  if (given.header) components.push({ type: 'header', parameters: headerOf(given.header, problems) });
  if (given.body && Object.keys(given.body).length > 0)
    components.push({ type: 'body', parameters: textsOf('body', given.body, problems) });
  if (given.buttons) components.push(...buttonsOf(given.buttons, problems));
  return components;
};

const componentsOf = (given: Parameters): Record<string, unknown>[] => {
  const problems: Problem[] = [];
  const components = partOf(given, problems);
  if (given.cards) {
    const cards = given.cards.map((card, index) => ({
      card_index: index,
      components: partOf(card, problems),
    }));
    components.push({ type: 'carousel', cards });
  }
  if (problems.length > 0) {
    const names = problems.map(({ component, name }) => `${component} ${name}`).join(', ');
    throw new WhatsAppError('template_parameters_invalid', `Some values cannot be sent: ${names}.`, {
      parameters: problems,
    });
  }
  return components;
};

/** Whether bindings fill in what `parameters` leave out. */
export const isBound = ({ bound, entry }: { bound?: boolean; entry?: unknown }): boolean =>
  bound === true || entry !== undefined;

/** The template as Meta names its parts; a header file is put in when it is sent. */
export const templateElement = (input: SendTemplateInput): TemplateElement => {
  // What bindings are to fill in has gaps; it is put together once the template is known.
  const given = isBound(input) || !input.parameters ? [] : componentsOf(input.parameters);
  const components = input.components ?? given;
  return {
    name: input.name,
    language: { code: input.language ?? USUAL_TEMPLATE_LANGUAGE },
    ...(components.length > 0 ? { components } : {}),
  };
};

/** The file of a template's header, if it has one. */
export const templateFile = ({ parameters: given }: SendTemplateInput) => {
  const kind = FILES.find(
    (each) => given?.header && each in given.header && typeof given.header[each as never] === 'object',
  );
  if (!kind || !given?.header) return null;
  return { kind, file: (given.header as Record<TemplateFileKind, z.infer<typeof headerFile>>)[kind] };
};
