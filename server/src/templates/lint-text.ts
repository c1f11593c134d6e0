import type { Report, TemplateDraft } from './draft';
import { HEADER_FORMATS, TEMPLATE_LIMITS as LIMITS } from './limits';
import { componentOf, headerFormat, type NamedExample } from './model';
import { placesOf, variablesOf } from './variables';

const EMOJI = /\p{Extended_Pictographic}/u;
const MARKUP = /(^|\s)([*_~`])\S(?:.*\S)?\2(?=\s|$)/;
const NAME = /^[a-z][a-z0-9_]*$/;

/** Names or positions: one way through the whole template, and in order. */
const lintNames = (names: string[], draft: TemplateDraft, path: string, report: Report): void => {
  if (draft.parameterFormat === 'NAMED') {
    const odd = names.filter((name) => !NAME.test(name));
    if (odd.length > 0) {
      report('variable_name', path, `Takes small letters, digits and underscores: ${odd.join(', ')}`);
    }
    return;
  }
  if (names.some((name) => !/^\d+$/.test(name))) {
    report('variable_position', path, 'Positional templates number their variables: {{1}}, {{2}}');
  } else if (names.some((name, index) => Number(name) !== index + 1)) {
    report('variable_order', path, 'Variables are numbered from 1 without a gap, in the order of the text');
  }
};

const lintBraces = (text: string, path: string, report: Report): void => {
  const rest = placesOf(text).reduceRight((left, { from, to }) => left.slice(0, from) + left.slice(to), text);
  if (/\{\{|\}\}/.test(rest)) report('variable_broken', path, 'Has braces that are no variable');
};

const namedExample = (list: NamedExample[] | undefined, name: string): string =>
  list?.find((item) => item.param_name === name)?.example ?? '';

const lintExamples = (
  names: string[],
  exampleOf: (name: string, index: number) => string | undefined,
  path: string,
  report: Report,
): void => {
  const without = names.filter((name, index) => !exampleOf(name, index)?.trim());
  if (without.length > 0) {
    report('example_missing', path, `Every variable needs an example: ${without.join(', ')}`);
  }
};

export const lintHeader = (draft: TemplateDraft, report: Report, at: string): void => {
  const path = `${at}header`;
  const format = headerFormat(draft.components);
  if (format === null) return;
  const header = componentOf(draft.components, 'HEADER');
  if (!(HEADER_FORMATS as readonly string[]).includes(format)) {
    report('header_format', path, `Is none of ${HEADER_FORMATS.join(', ')}`);
    return;
  }
  if (['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'].includes(format)) {
    if (!header?.example?.header_handle?.[0]) {
      report('header_sample', path, 'Needs a sample file for the review');
    }
    return;
  }
  if (format === 'LOCATION' && draft.category === 'AUTHENTICATION') {
    report('header_location', path, 'A place is for utility and marketing templates');
  }
  if (format !== 'TEXT') return;
  const text = header?.text ?? '';
  const names = variablesOf(text);
  if (text.trim() === '') report('header_empty', path, 'Needs a text');
  if (text.length > LIMITS.headerText) {
    report('header_long', path, `At most ${LIMITS.headerText} characters`);
  }
  if (names.length > LIMITS.headerVariables) report('header_variables', path, 'Takes one variable at most');
  if (/[\n\r]/.test(text)) report('header_lines', path, 'Is one line');
  if (EMOJI.test(text)) report('header_emoji', path, 'Takes no emoji');
  if (MARKUP.test(text)) report('header_markup', path, 'Takes no formatting');
  lintBraces(text, path, report);
  lintNames(names, draft, path, report);
  const { header_text: positional, header_text_named_params: named } = header?.example ?? {};
  lintExamples(names, (name, index) => namedExample(named, name) || positional?.[index], path, report);
};

const lintPlaces = (text: string, path: string, report: Report): void => {
  const places = placesOf(text);
  if (places.length === 0) return;
  const trimmed = text.trim();
  if (trimmed.startsWith('{{') || trimmed.endsWith('}}')) {
    report('variable_at_edge', path, 'Must not begin or end with a variable');
  }
  const adjacent = places.some(
    ({ from }, index) => index > 0 && text.slice(places[index - 1].to, from).trim() === '',
  );
  if (adjacent) report('variable_adjacent', path, 'Two variables need words between them');
  const words = text
    .replace(/\{\{.*?\}\}/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (words < LIMITS.wordsPerVariable * places.length + 1) {
    report('variable_ratio', path, 'Too many variables for so few words');
  }
};

export const lintBody = (
  draft: TemplateDraft,
  report: Report,
  { at, max, optional }: { at: string; max: number; optional: boolean },
): void => {
  const path = `${at}body`;
  const body = componentOf(draft.components, 'BODY');
  const text = body?.text ?? '';
  if (text.trim() === '') {
    if (!optional || body) report('body_missing', path, 'Needs a text');
    return;
  }
  if (text.length > max) report('body_long', path, `At most ${max} characters`);
  if (/\n{3,}/.test(text.replace(/\r/g, '')))
    report('body_lines', path, 'Has more than two line breaks in a row');
  if (/ {5,}/.test(text)) report('body_blanks', path, 'Has more than four blanks in a row');
  lintBraces(text, path, report);
  const names = variablesOf(text);
  lintNames(names, draft, path, report);
  lintPlaces(text, path, report);
  const { body_text: positional, body_text_named_params: named } = body?.example ?? {};
  lintExamples(names, (name, index) => namedExample(named, name) || positional?.[0]?.[index], path, report);
};

export const lintFooter = (draft: TemplateDraft, report: Report): void => {
  const footer = componentOf(draft.components, 'FOOTER');
  if (!footer) return;
  const text = footer.text ?? '';
  if (text.trim() === '') report('footer_empty', 'footer', 'Needs a text');
  if (text.length > LIMITS.footer) report('footer_long', 'footer', `At most ${LIMITS.footer} characters`);
  if (variablesOf(text).length > 0) report('footer_variables', 'footer', 'Takes no variables');
  if (/[\n\r]/.test(text)) report('footer_lines', 'footer', 'Is one line');
};
