import type { TemplateDefinition } from '../../../../server/src/templates/model';
import { bindingKey, type TemplateParameter } from '../../../../server/src/templates/parameters';
import { fill } from '../../../../server/src/templates/variables';
import { problemsOf, type ButtonValue, type TemplateValues } from '../../../../server/src/templates/values';
import type { TrayItem } from '../../messages/attachments/tray';
import { readPlace } from '../../messages/builder/place';

/** What stands in the field of one parameter, as it is typed. */
export interface FieldValue {
  text: string;
  /** Of a media header: a file that was chosen here. */
  file?: TrayItem | null;
  /** Of a media header: a file that the server found, sent as it is unless another one is chosen. */
  given?: Record<string, unknown>;
  /** Of a location: coordinates or a map's address as typed; `text` is its name. */
  place?: { where: string; address: string };
}

/** By `bindingKey` of the parameter. */
export type FieldValues = Record<string, FieldValue>;

/** The file that was chosen for the template's own header. */
export const headerFile = (fields: FieldValues): TrayItem | null =>
  Object.entries(fields).find(([key, { file }]) => key.startsWith('header:') && file)?.[1].file ?? null;

/** Files that were chosen for cards. */
export const cardFiles = (fields: FieldValues): TrayItem[] =>
  Object.entries(fields).flatMap(([key, { file }]) => (key.startsWith('cards[') && file ? [file] : []));

export const EMPTY: FieldValue = { text: '' };

/** Parts of values that a template and each card of a carousel have alike. */
type Part = Pick<TemplateValues, 'header' | 'body' | 'buttons' | 'limitedTimeOffer'>;

export const isMedia = ({ kind }: TemplateParameter): boolean =>
  kind === 'image' || kind === 'video' || kind === 'document';

/** JSON of an object; other text is handed on as it is, to be told as malformed. */
const objectOf = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return text as unknown as Record<string, unknown>;
  }
};

/** WhatsApp wants a heading over every list, and shows one that stands alone nowhere. */
const UNTITLED = '•';

/**
 * Products as they are typed: one per line, a line with a colon at its end is the title of those that follow.
 * `Drinks:\nsku-1\nsku-2` is one section.
 */
export const sectionsOf = (text: string): NonNullable<ButtonValue['sections']> => {
  const sections: NonNullable<ButtonValue['sections']> = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    if (line.endsWith(':')) sections.push({ title: line.slice(0, -1).trim(), productIds: [] });
    else {
      if (sections.length === 0) sections.push({ title: UNTITLED, productIds: [] });
      sections[sections.length - 1]!.productIds.push(line);
    }
  }
  return sections.filter(({ productIds }) => productIds.length > 0);
};

const buttonOf = (kind: TemplateParameter['kind'], text: string): ButtonValue | null => {
  if (text === '') return null;
  switch (kind) {
    case 'urlSuffix':
      return { text };
    case 'couponCode':
      return { couponCode: text };
    case 'payload':
      return { payload: text };
    case 'flow':
      return { flowData: objectOf(text) };
    case 'catalog':
      return { thumbnailProductId: text };
    case 'products': {
      const sections = sectionsOf(text);
      return { sections, thumbnailProductId: sections[0]?.productIds[0] };
    }
    default:
      return null;
  }
};

const mediaOf = (kind: string, { file, given, text }: FieldValue): Record<string, unknown> | undefined => {
  const name = kind === 'document' && file ? { fileName: file.name } : {};
  // The upload's id is known once it is through; until then its key stands in for it (see `bodyOf`).
  if (file) return { uploadId: file.key, ...name };
  if (given) return given;
  return text.trim() === '' ? undefined : { url: text.trim() };
};

const headerOf = ({ kind, name }: TemplateParameter, field: FieldValue): Record<string, unknown> => {
  if (kind === 'location') {
    const { place, text } = field;
    if (!place || place.where.trim() === '') return {};
    const address = place.address.trim();
    return {
      location: {
        ...readPlace(place.where),
        ...(text.trim() ? { name: text.trim() } : {}),
        ...(address ? { address } : {}),
      },
    };
  }
  if (kind === 'image' || kind === 'video' || kind === 'document') {
    const media = mediaOf(kind, field);
    return media ? { [kind]: media } : {};
  }
  return field.text === '' ? {} : { [name]: field.text };
};

const put = (part: Part, parameter: TemplateParameter, field: FieldValue): void => {
  const { component, name, kind } = parameter;
  if (component === 'header') {
    const header = headerOf(parameter, field);
    if (Object.keys(header).length > 0) part.header = { ...part.header, ...header };
  } else if (component === 'body') {
    if (field.text !== '') part.body = { ...part.body, [name]: field.text };
  } else if (component === 'limitedTimeOffer') {
    if (field.text !== '') part.limitedTimeOffer = { expiresAt: new Date(field.text).getTime() };
  } else if (component === 'buttons') {
    const value = buttonOf(kind, field.text);
    if (value === null) return;
    const buttons = [...(part.buttons ?? [])];
    while (buttons.length <= Number(name)) buttons.push(null);
    buttons[Number(name)] = value;
    part.buttons = buttons;
  }
};

/** What is sent for what stands in the fields; empty fields are left out. */
export const toValues = (parameters: readonly TemplateParameter[], fields: FieldValues): TemplateValues => {
  const values: TemplateValues = {};
  for (const parameter of parameters) {
    const field = fields[bindingKey(parameter)] ?? EMPTY;
    if (parameter.card === undefined) {
      put(values, parameter, field);
      continue;
    }
    const cards = [...(values.cards ?? [])];
    while (cards.length <= parameter.card) cards.push({});
    values.cards = cards;
    put(cards[parameter.card]!, parameter, field);
  }
  return values;
};

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

const fromButton = (kind: TemplateParameter['kind'], value: ButtonValue | null | undefined): string => {
  if (!value) return '';
  if (kind === 'flow') return value.flowData ? JSON.stringify(value.flowData, null, 2) : '';
  if (kind === 'products') {
    return (value.sections ?? [])
      .map(({ title, productIds }) =>
        [...(title !== UNTITLED ? [`${title}:`] : []), ...productIds].join('\n'),
      )
      .join('\n');
  }
  return asText(value.text ?? value.payload ?? value.couponCode ?? value.thumbnailProductId);
};

const pad = (value: number): string => String(value).padStart(2, '0');

/** As `<input type="datetime-local">` takes it, in the viewer's zone. */
const localTime = (value: unknown): string => {
  const date = new Date(value as string | number);
  if (value === undefined || Number.isNaN(date.getTime())) return '';
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
};

const fromPart = ({ component, kind, name }: TemplateParameter, part: Part): FieldValue => {
  if (component === 'body') return { text: asText(part.body?.[name]) };
  if (component === 'limitedTimeOffer') return { text: localTime(part.limitedTimeOffer?.expiresAt) };
  if (component === 'buttons') return { text: fromButton(kind, part.buttons?.[Number(name)]) };
  const value = part.header?.[name];
  if (typeof value !== 'object' || value === null) return { text: asText(value) };
  const record = value as Record<string, unknown>;
  if (kind === 'product') return { text: asText(record.productId) };
  if (kind !== 'location') return { text: '', given: record };
  const { latitude, longitude, name: title, address } = record;
  return {
    text: asText(title),
    place: { where: `${asText(latitude)}, ${asText(longitude)}`, address: asText(address) },
  };
};

/** The fields for values that are known already. */
export const fromValues = (parameters: readonly TemplateParameter[], values: TemplateValues): FieldValues =>
  Object.fromEntries(
    parameters.map((parameter) => {
      const part = parameter.card === undefined ? values : (values.cards?.[parameter.card] ?? {});
      return [bindingKey(parameter), fromPart(parameter, part)];
    }),
  );

export type ProblemKind = ReturnType<typeof problemsOf>[number]['problem'];

/** What stands in the way of sending, by field. */
export const fieldProblems = (
  definition: TemplateDefinition,
  values: TemplateValues,
): Record<string, ProblemKind> =>
  Object.fromEntries(
    problemsOf(definition, values).map(({ component, name, problem }) => [`${component}:${name}`, problem]),
  );

/** The address behind a URL button once its last part is filled in. */
export const resolvedUrl = (
  definition: TemplateDefinition,
  { card, name }: TemplateParameter,
  suffix: string,
): string | null => {
  const own = definition.components;
  const cards = own.find(({ type }) => type.toUpperCase() === 'CAROUSEL')?.cards ?? [];
  const components = card === undefined ? own : (cards[card]?.components ?? []);
  const buttons = components.find(({ type }) => type.toUpperCase() === 'BUTTONS')?.buttons ?? [];
  const url = buttons[Number(name)]?.url;
  return url ? fill(url, () => (suffix === '' ? '…' : suffix)) : null;
};
