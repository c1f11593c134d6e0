import type { ListedTemplate } from '../templates/listing';
import { componentOf, typeOf, type TemplateButton, type TemplateComponent } from '../templates/model';
import type { ParameterFormat } from '../templates/model';

/** What somebody writes; the rest of a draft is about it. */
export interface DraftContent {
  name: string;
  language: string;
  category: string;
  parameterFormat: ParameterFormat;
  components: TemplateComponent[];
  ttlSeconds: number | null;
}

/** Meta's listing gives an address for the sample; only a handle of an upload is taken back. */
const isHandle = (handle: string): boolean => !/^https?:/i.test(handle);

const withoutSampleAddresses = (component: TemplateComponent): TemplateComponent => {
  const { example } = component;
  if (!example?.header_handle) return component;
  const kept = example.header_handle.filter(isHandle);
  const { header_handle: _, ...rest } = example;
  const next = kept.length > 0 ? { ...rest, header_handle: kept } : rest;
  const { example: __, ...bare } = component;
  return Object.keys(next).length > 0 ? { ...bare, example: next } : bare;
};

const OTP_TYPE = /[?&]otp_type=([A-Z_]+)/;

/** The code button of an authentication template reads back as a URL (Meta, authentication-templates). */
const codeButton = (button: TemplateButton): TemplateButton =>
  typeOf(button) === 'URL'
    ? {
        type: 'OTP',
        otp_type: OTP_TYPE.exec(button.url ?? '')?.[1] ?? 'COPY_CODE',
        ...(button.text ? { text: button.text } : {}),
      }
    : button;

const SECURITY_ADVICE = /security/i;

/** Meta writes the texts of an authentication template; what may be given is whether and for how long. */
const ofAuthentication = (component: TemplateComponent): TemplateComponent => {
  if (typeOf(component) === 'BODY') {
    const advised = component.add_security_recommendation ?? SECURITY_ADVICE.test(component.text ?? '');
    return { type: 'BODY', ...(advised ? { add_security_recommendation: true } : {}) };
  }
  if (typeOf(component) === 'FOOTER') {
    const minutes = component.code_expiration_minutes ?? Number(/\d+/.exec(component.text ?? '')?.[0] ?? NaN);
    return Number.isFinite(minutes)
      ? { type: 'FOOTER', code_expiration_minutes: minutes }
      : { type: 'FOOTER' };
  }
  return component.buttons ? { ...component, buttons: component.buttons.map(codeButton) } : component;
};

const writable = (components: TemplateComponent[], category: string): TemplateComponent[] =>
  components.map((component) => {
    const own = category === 'AUTHENTICATION' ? ofAuthentication(component) : component;
    const { cards, ...rest } = withoutSampleAddresses(own);
    return cards
      ? {
          ...rest,
          cards: cards.map((card) => ({ ...card, components: writable(card.components, category) })),
        }
      : rest;
  });

export const emptyContent = (over: Partial<DraftContent> = {}): DraftContent => ({
  name: '',
  language: '',
  category: 'UTILITY',
  parameterFormat: 'NAMED',
  components: [{ type: 'BODY', text: '' }],
  ttlSeconds: null,
  ...over,
});

/** A template as it may be handed in again. Samples of media have to be given anew: their files stay with Meta. */
export const contentOf = (template: ListedTemplate): DraftContent => ({
  name: template.name,
  language: template.language,
  category: template.category,
  parameterFormat: template.parameterFormat,
  components: writable(template.components, template.category),
  ttlSeconds: template.ttlSeconds,
});

/** Meta's longest name. */
const NAME_MAX = 512;

/** `order_ready_copy`, `order_ready_copy_2` …: the first that is free. */
export const copyName = (name: string, taken: readonly string[]): string => {
  for (let index = 1; ; index += 1) {
    const end = index === 1 ? '_copy' : `_copy_${index}`;
    const free = name.slice(0, NAME_MAX - end.length) + end;
    if (!taken.includes(free)) return free;
  }
};

/** With keys in one order: databases keep JSON in an order of their own. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
};

export const sameContent = (a: DraftContent, b: DraftContent): boolean => {
  const keyed = ({
    name,
    language,
    category,
    parameterFormat,
    components,
    ttlSeconds,
  }: DraftContent): string =>
    JSON.stringify(inOrder([name, language, category, parameterFormat, components, ttlSeconds]));
  return keyed(a) === keyed(b);
};

/** The text of a body, to recognise a template by. */
export const bodyOf = (components: readonly TemplateComponent[]): string =>
  componentOf(components, 'BODY')?.text?.trim() ?? '';
