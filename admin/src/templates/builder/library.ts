import type { LibraryTemplate } from '../../../../server/src/template-drafts/contract';
import { CATEGORIES } from '../../../../server/src/templates/limits';
import type { TemplateComponent } from '../../../../server/src/templates/model';
import { variablesOf } from '../../../../server/src/templates/variables';
import { KINDS, newButton, regrouped } from './buttons';
import type { DraftChange } from './draft-session';
import { withText } from './samples';

/** A template of Meta's library as a draft; what the library does not tell (addresses, examples) is still to be written. */
export const fromLibrary = ({ header, body, buttons, category }: LibraryTemplate): DraftChange => {
  const numbered = variablesOf(body).every((name) => /^\d+$/.test(name));
  const parameterFormat = numbered && variablesOf(body).length > 0 ? 'POSITIONAL' : 'NAMED';
  const known = buttons.flatMap(({ type, text }) => {
    const kind = KINDS.find((one) => one === type.toUpperCase());
    return kind ? [{ ...newButton(kind), text }] : [];
  });
  const components: TemplateComponent[] = [
    ...(header ? [withText({ type: 'HEADER', format: 'TEXT' }, 'HEADER', header, {}, parameterFormat)] : []),
    withText({ type: 'BODY' }, 'BODY', body, {}, parameterFormat),
    ...(known.length > 0 ? [{ type: 'BUTTONS', buttons: regrouped(known) }] : []),
  ];
  const given = CATEGORIES.find((one) => one === category.toUpperCase());
  return { components, parameterFormat, ...(given ? { category: given } : {}) };
};
