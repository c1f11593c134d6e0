import type { ParameterFormat, TemplateComponent } from '../../../../server/src/templates/model';
import { fill, variablesOf } from '../../../../server/src/templates/variables';
import { componentOf } from '../../../../server/src/templates/model';
import { put, scopeOf, withScope, type Components } from './components';

/** Example by variable. */
export type Samples = Record<string, string>;
export type TextPlace = 'HEADER' | 'BODY';

const listOf = (component: TemplateComponent | undefined, place: TextPlace) => {
  const { example } = component ?? {};
  return place === 'HEADER'
    ? { positional: example?.header_text, named: example?.header_text_named_params }
    : { positional: example?.body_text?.[0], named: example?.body_text_named_params };
};

/** The examples that a component holds, whichever way they are written. */
export const samplesOf = (component: TemplateComponent | undefined, place: TextPlace): Samples => {
  const { positional, named } = listOf(component, place);
  const samples: Samples = {};
  variablesOf(component?.text).forEach((name, index) => {
    const text = named?.find((item) => item.param_name === name)?.example ?? positional?.[index];
    if (text) samples[name] = text;
  });
  return samples;
};

const exampleOf = (
  names: string[],
  samples: Samples,
  place: TextPlace,
  format: ParameterFormat,
): TemplateComponent['example'] => {
  if (names.length === 0) return undefined;
  const named = names.map((name) => ({ param_name: name, example: samples[name] ?? '' }));
  const positional = names.map((name) => samples[name] ?? '');
  if (place === 'HEADER') {
    return format === 'NAMED' ? { header_text_named_params: named } : { header_text: positional };
  }
  return format === 'NAMED' ? { body_text_named_params: named } : { body_text: [positional] };
};

/** A component with this text and the examples of its variables, written as Meta wants them. */
export const withText = (
  component: TemplateComponent,
  place: TextPlace,
  text: string,
  samples: Samples,
  format: ParameterFormat,
): TemplateComponent => {
  const { example: _, ...rest } = component;
  const example = exampleOf(variablesOf(text), samples, place, format);
  return { ...rest, text, ...(example ? { example } : {}) };
};

const renamed = (text: string, names: Record<string, string>): string =>
  fill(text, (name) => (name in names ? `{{${names[name]}}}` : undefined));

const carried = (samples: Samples, names: Record<string, string>): Samples =>
  Object.fromEntries(Object.entries(samples).map(([name, text]) => [names[name] ?? name, text]));

/** Gives variables other names and takes their examples along. */
export const rename = (
  component: TemplateComponent,
  place: TextPlace,
  names: Record<string, string>,
  format: ParameterFormat,
): TemplateComponent =>
  withText(
    component,
    place,
    renamed(component.text ?? '', names),
    carried(samplesOf(component, place), names),
    format,
  );

/** {{1}}, {{2}} … in the order of the text. */
export const renumbered = (component: TemplateComponent, place: TextPlace): TemplateComponent =>
  rename(
    component,
    place,
    Object.fromEntries(variablesOf(component.text).map((name, index) => [name, String(index + 1)])),
    'POSITIONAL',
  );

/** The next variable of a text: its number, or a name that is free. */
export const nextVariable = (text: string, format: ParameterFormat): string => {
  const names = variablesOf(text);
  if (format === 'POSITIONAL') return String(names.length + 1);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'value' : `value_${number}`;
    if (!names.includes(name)) return name;
  }
};

const NAME = /^[a-z][a-z0-9_]*$/;

const named = (component: TemplateComponent, place: TextPlace): TemplateComponent => {
  const base = place === 'HEADER' ? 'title' : 'value';
  const names = variablesOf(component.text).map((name, index): [string, string] => [
    name,
    NAME.test(name) ? name : `${base}_${index + 1}`,
  ]);
  return rename(component, place, Object.fromEntries(names), 'NAMED');
};

const convertScope = (scope: Components, format: ParameterFormat): TemplateComponent[] =>
  (['HEADER', 'BODY'] as const).reduce<TemplateComponent[]>(
    (list, place) => {
      const component = componentOf(list, place);
      if (component?.text === undefined) return list;
      return put(list, format === 'NAMED' ? named(component, place) : renumbered(component, place));
    },
    [...scope],
  );

/** The whole template with names instead of positions, or the other way round. Addresses of buttons keep their {{1}}. */
export const convertFormat = (components: Components, format: ParameterFormat): TemplateComponent[] => {
  const cards = componentOf(components, 'CAROUSEL')?.cards ?? [];
  return cards.reduce<TemplateComponent[]>(
    (list, _, card) => withScope(list, card, convertScope(scopeOf(list, card), format)),
    convertScope(components, format),
  );
};
