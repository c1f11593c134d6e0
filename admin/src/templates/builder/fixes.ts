import type { LintProblem } from '../../../../server/src/templates/draft';
import {
  buttonsOf,
  componentOf,
  type ParameterFormat,
  type TemplateComponent,
} from '../../../../server/src/templates/model';
import { templateName } from '../new/template-name';
import { regrouped, withButtons } from './buttons';
import { drop, put, scopeOf, withScope, type Components } from './components';
import { renumbered, samplesOf, withText, type TextPlace } from './samples';

/** What a fix looks at and changes. */
export interface Fixable {
  name: string;
  parameterFormat: ParameterFormat;
  components: TemplateComponent[];
}

type Mend = (scope: Components, place: TextPlace, format: ParameterFormat) => Components;

const mendText =
  (change: (text: string) => string): Mend =>
  (scope, place, format) => {
    const component = componentOf(scope, place);
    if (!component) return scope;
    const text = change(component.text ?? '');
    return put(scope, withText(component, place, text, samplesOf(component, place), format));
  };

const mendNumbers: Mend = (scope, place) => {
  const component = componentOf(scope, place);
  return component ? put(scope, renumbered(component, place)) : scope;
};

const mendFooter =
  (change: (text: string) => string): Mend =>
  (scope) => {
    const footer = componentOf(scope, 'FOOTER');
    return footer ? put(scope, { ...footer, text: change(footer.text ?? '') }) : scope;
  };

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();

/** Rules whose one right answer needs no thought. */
const MENDS: Record<string, Mend> = {
  variable_order: mendNumbers,
  variable_position: mendNumbers,
  body_lines: mendText((text) => text.replace(/\r/g, '').replace(/\n{3,}/g, '\n\n')),
  body_blanks: mendText((text) => text.replace(/ {5,}/g, ' ')),
  header_lines: mendText(oneLine),
  header_emoji: mendText((text) =>
    text
      .replace(/\p{Extended_Pictographic}\uFE0F?/gu, '')
      .replace(/ {2,}/g, ' ')
      .trim(),
  ),
  header_markup: mendText((text) => text.replace(/(^|\s)([*_~`])(\S(?:.*?\S)?)\2(?=\s|$)/g, '$1$3')),
  footer_lines: mendFooter(oneLine),
  footer_empty: (scope) => drop(scope, 'FOOTER'),
  auth_header: (scope) => drop(scope, 'HEADER'),
  auth_body: (scope) => put(scope, { type: 'BODY', add_security_recommendation: true }),
  card_footer: (scope) => drop(scope, 'FOOTER'),
  offer_footer: (scope) => drop(scope, 'FOOTER'),
  buttons_empty: (scope) => drop(scope, 'BUTTONS'),
  button_grouping: (scope) => withButtons(scope, regrouped(buttonsOf(scope))),
};

const CARD = /^cards\[(\d+)\]\./;

/** The draft without this problem; null when only a person can tell what is right. */
export const fixOf = (problem: LintProblem, draft: Fixable): Partial<Fixable> | null => {
  if (problem.rule === 'name_form') {
    const name = templateName(draft.name);
    return name && name !== draft.name ? { name } : null;
  }
  const mend = MENDS[problem.rule];
  if (!mend) return null;
  const inCard = CARD.exec(problem.path);
  const card = inCard ? Number(inCard[1]) : null;
  const place: TextPlace = problem.path.endsWith('header') ? 'HEADER' : 'BODY';
  const scope = mend(scopeOf(draft.components, card), place, draft.parameterFormat);
  return { components: withScope(draft.components, card, scope) };
};
