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
  values,
]);

const parameters = z.object({
  header: header.optional(),
  /** By name, or by position (`"1"`, `"2"`). */
  body: values.optional(),
  /** In button order, `null` where nothing is needed. */
  buttons: z.array(button).max(TEMPLATE_LIMITS.buttons).optional(),
});

/** The long form; `components` is Meta's own naming for programs that build it themselves. */
export const sendTemplate = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9_]+$/, 'Is no template name: lower-case letters, digits and _ only')
    .max(TEMPLATE_LIMITS.name),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, 'Must be like "en" or "en_US"')
    .optional(),
  parameters: parameters.optional(),
  components: z.array(z.record(z.string(), z.unknown())).max(20).optional(),
});

export type SendTemplateInput = z.infer<typeof sendTemplate>;
type Parameters = z.infer<typeof parameters>;
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
    const action = { flow_token: each.flowToken, flow_action_data: each.flowData };
    return component('flow', { type: 'action', action });
  });

const componentsOf = (given: Parameters): Record<string, unknown>[] => {
  const problems: Problem[] = [];
  const components: Record<string, unknown>[] = [];
  if (given.header) components.push({ type: 'header', parameters: headerOf(given.header, problems) });
  if (given.body && Object.keys(given.body).length > 0)
    components.push({ type: 'body', parameters: textsOf('body', given.body, problems) });
  if (given.buttons) components.push(...buttonsOf(given.buttons, problems));
  if (problems.length > 0) {
    const names = problems.map(({ component, name }) => `${component} ${name}`).join(', ');
    throw new WhatsAppError('template_parameters_invalid', `Some values cannot be sent: ${names}.`, {
      parameters: problems,
    });
  }
  return components;
};

/** The template as Meta names its parts; a header file is put in when it is sent. */
export const templateElement = (input: SendTemplateInput): TemplateElement => {
  const components = input.components ?? (input.parameters ? componentsOf(input.parameters) : []);
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
