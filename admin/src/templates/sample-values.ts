import type { TemplateDefinition } from '../../../server/src/templates/model';
import { parametersOf, type TemplateParameter } from '../../../server/src/templates/parameters';
import type { ButtonValue, TemplateValues } from '../../../server/src/templates/values';

type Part = Pick<TemplateValues, 'header' | 'body' | 'buttons'>;

/** Meta also takes the whole address as the example of its variable; then the part behind the fixed one is the value. */
const suffixOf = (example: string, url: string | undefined): string => {
  const fixed = (url ?? '').replace(/\{\{.*$/, '');
  return fixed && example.startsWith(fixed) ? example.slice(fixed.length) : example;
};

const buttonValue = ({ kind, example }: TemplateParameter, url: string | undefined): ButtonValue | null => {
  if (!example) return null;
  if (kind === 'urlSuffix') return { text: suffixOf(example, url) };
  return kind === 'couponCode' ? { couponCode: example } : null;
};

const put = (
  part: Part,
  parameter: TemplateParameter,
  urlOf: (index: number) => string | undefined,
): void => {
  const { component, name, kind, example } = parameter;
  if (component === 'buttons') {
    const index = Number(name);
    const value = buttonValue(parameter, urlOf(index));
    const buttons = [...(part.buttons ?? [])];
    while (buttons.length <= index) buttons.push(null);
    buttons[index] = value;
    part.buttons = buttons;
  } else if (kind === 'text' && example && (component === 'header' || component === 'body')) {
    part[component] = { ...part[component], [name]: example };
  }
};

const urlIn =
  (components: TemplateDefinition['components']) =>
  (index: number): string | undefined =>
    components.find(({ type }) => type.toUpperCase() === 'BUTTONS')?.buttons?.[index]?.url;

/** The examples that were written for Meta's review, as values: what a preview is filled with. */
export const sampleValues = (definition: TemplateDefinition): TemplateValues => {
  const values: TemplateValues = {};
  const cards: Part[] = [];
  const carousel = definition.components.find(({ type }) => type.toUpperCase() === 'CAROUSEL');
  for (const parameter of parametersOf(definition)) {
    const { card } = parameter;
    if (card === undefined) put(values, parameter, urlIn(definition.components));
    else {
      cards[card] ??= {};
      put(cards[card], parameter, urlIn(carousel?.cards?.[card]?.components ?? []));
    }
  }
  return cards.length > 0 ? { ...values, cards: Array.from(cards, (part) => part ?? {}) } : values;
};
