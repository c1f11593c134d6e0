import { forCards } from '../templates/product-cards';
import { bindingKey, parametersOf, type TemplateParameter } from '../templates/parameters';
import type { TemplateDefinition } from '../templates/model';
import {
  isMediaKind,
  ownOf,
  type ButtonValue,
  type MediaKind,
  type TemplateValues,
} from '../templates/values';
import type { ResolvedValues, TemplateBinding, ValueProblemKey, ValueSource } from './contract';
import type { EntryValue, LibraryFileFacts, Scalar } from './entry-value';
import { writeValue, type Writing } from './formats';
import { oneLine } from './plain-text';

/** What stands at a source, or why nothing does. */
export type Looked = EntryValue | { problem: ValueProblemKey };

export interface Resolving {
  bindings: readonly TemplateBinding[];
  look(source: Exclude<ValueSource, { from: 'text' }>): Looked;
  /** The form in which a file can be sent, by its id in the Media Library. */
  fileOf(file: LibraryFileFacts, kind: MediaKind): { uploadId: string } | { problem: ValueProblemKey };
  /** What the asking person may not see in full, a phone number for instance. */
  isHidden(text: string, from: ValueSource['from']): boolean;
  writing: Writing;
}

/** Parameters that a value from content can fill; flows, products and places are chosen by people. */
const FILLABLE = new Set<TemplateParameter['kind']>([
  'text',
  'urlSuffix',
  'couponCode',
  'payload',
  'product',
  'expiry',
  'image',
  'video',
  'document',
]);

type Found = { text: string } | { file: { uploadId: string }; name: string } | { problem: ValueProblemKey };

const MIME_OF: Record<MediaKind, RegExp> = { image: /^image\//, video: /^video\//, document: /./ };

const mediaOf = (value: EntryValue, kind: MediaKind, { fileOf }: Resolving): Found => {
  const [file] = value.files;
  if (!file) return { problem: value.type === 'media' ? 'empty' : 'wrong_kind' };
  if (!MIME_OF[kind].test(file.mime)) return { problem: 'wrong_kind' };
  const sendable = fileOf(file, kind);
  return 'problem' in sendable ? sendable : { file: sendable, name: file.name ?? file.url };
};

/** A moment for Meta's countdown: as ISO, never as people write it. */
const momentOf = (scalar: Scalar): Found => {
  const at = scalar instanceof Date ? scalar : new Date(String(scalar));
  return Number.isNaN(at.getTime()) ? { problem: 'not_a_date' } : { text: at.toISOString() };
};

const textOf = (value: EntryValue, binding: TemplateBinding, writing: Writing): Found => {
  if (value.type === 'media') return { problem: 'wrong_kind' };
  const words: string[] = [];
  for (const scalar of value.scalars) {
    const written = writeValue(scalar, value.type, binding.format, writing);
    if ('problem' in written) return written;
    words.push(oneLine(written.text));
  }
  const text = words.filter(Boolean).join(', ');
  return text === '' ? { problem: 'empty' } : { text };
};

const findFor = (parameter: TemplateParameter, binding: TemplateBinding, resolving: Resolving): Found => {
  const { source } = binding;
  if (source.from === 'text') {
    if (isMediaKind(parameter.kind)) return { problem: 'wrong_kind' };
    const text = oneLine(source.text);
    return text === '' ? { problem: 'empty' } : { text };
  }
  const value = resolving.look(source);
  if ('problem' in value) return value;
  if (isMediaKind(parameter.kind)) return mediaOf(value, parameter.kind, resolving);
  if (parameter.kind === 'expiry')
    return value.scalars.length > 0 ? momentOf(value.scalars[0]) : { problem: 'empty' };
  // Judged before it is written too: a format would group the digits of a number so that it looks like none.
  if (value.scalars.some((scalar) => resolving.isHidden(String(scalar), source.from)))
    return { problem: 'hidden' };
  const found = textOf(value, binding, resolving.writing);
  return 'text' in found && resolving.isHidden(found.text, source.from) ? { problem: 'hidden' } : found;
};

type Part = Pick<TemplateValues, 'header' | 'body' | 'buttons' | 'limitedTimeOffer'>;

/** The part of the values that a parameter belongs to, made when it is not there yet. */
const partFor = (values: TemplateValues, { card }: TemplateParameter): Part => {
  if (card === undefined) return values;
  values.cards ??= [];
  while (values.cards.length <= card) values.cards.push({});
  return values.cards[card];
};

const BUTTON_FIELD: Partial<Record<TemplateParameter['kind'], keyof ButtonValue>> = {
  urlSuffix: 'text',
  couponCode: 'couponCode',
  payload: 'payload',
};

const put = (values: TemplateValues, parameter: TemplateParameter, value: unknown): void => {
  const part = partFor(values, parameter);
  const { component, name, kind } = parameter;
  if (component === 'limitedTimeOffer') part.limitedTimeOffer = { expiresAt: String(value) };
  else if (component === 'buttons') {
    const field = BUTTON_FIELD[kind];
    if (!field) return;
    part.buttons ??= [];
    while (part.buttons.length <= Number(name)) part.buttons.push(null);
    part.buttons[Number(name)] = { ...part.buttons[Number(name)], [field]: value };
  } else if (component === 'header' || component === 'body') {
    part[component] = { ...part[component], [name]: value };
  }
};

/** Whether the sender brought a value for it himself, an unusable one included: his word counts. */
const isGiven = (values: TemplateValues, { component, name, kind, card }: TemplateParameter): boolean => {
  const part: Part | undefined = card === undefined ? values : values.cards?.[card];
  if (component === 'limitedTimeOffer') return part?.limitedTimeOffer?.expiresAt !== undefined;
  if (component === 'header' || component === 'body') return ownOf(part?.[component], name) !== undefined;
  const button = part?.buttons?.[Number(name)];
  const field = BUTTON_FIELD[kind];
  return field ? button?.[field] !== undefined : button !== null && button !== undefined;
};

type Row = ResolvedValues['parameters'][number];

/**
 * Fills a template's parameters from its bindings: what was given stays, what a source brings comes next, then the
 * binding's fallback. What is still empty is named with the reason.
 */
export const resolveValues = (
  template: TemplateDefinition,
  given: TemplateValues,
  resolving: Resolving,
): Omit<ResolvedValues, 'needsEntry'> => {
  const values = structuredClone(given);
  const byKey = new Map(resolving.bindings.map((binding) => [binding.parameter, binding]));
  const parameters = parametersOf(forCards(template, given)).map((parameter): Row => {
    const key = bindingKey(parameter);
    const row: Row = { parameter, key, value: null, source: null, problem: null };
    const binding = byKey.get(key);
    if (isGiven(given, parameter)) return row;
    if (!binding) return { ...row, problem: parameter.required ? 'unbound' : null };
    if (!FILLABLE.has(parameter.kind)) return { ...row, source: binding.source, problem: 'wrong_kind' };
    const found = findFor(parameter, binding, resolving);
    if ('file' in found) {
      put(values, parameter, found.file);
      return { ...row, value: found.name, source: binding.source };
    }
    if ('text' in found) {
      put(values, parameter, found.text);
      return { ...row, value: found.text, source: binding.source };
    }
    const takesFallback = !isMediaKind(parameter.kind) && found.problem !== 'hidden';
    const fallback = takesFallback ? oneLine(binding.fallback ?? '') : '';
    if (fallback === '') return { ...row, source: binding.source, problem: found.problem };
    put(values, parameter, fallback);
    // Why the source brought nothing is still worth telling.
    const worthTelling = found.problem === 'empty' ? null : found.problem;
    return { ...row, value: fallback, source: { from: 'fallback' }, problem: worthTelling };
  });
  return { values, parameters };
};
