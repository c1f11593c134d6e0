import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import type { TemplateDetails } from '../../../../server/src/templates/contract';
import type { TemplateDefinition } from '../../../../server/src/templates/model';
import { entriesOf, factsOf, type Entry } from '../list/groups';
import { chipOf } from '../list/status';

interface Mine {
  id: string;
  name: string;
  businessAccountId: string;
  templateId: string | null;
}

/** The other languages of a draft's name: at Meta, or being written. */
export const siblingsOf = (
  draft: Mine,
  templates: readonly TemplateDetails[],
  drafts: readonly TemplateDraftRecord[],
): Entry[] =>
  entriesOf(
    templates.filter(({ status }) => chipOf(status) !== 'removed'),
    drafts,
  ).filter((entry) => {
    const { name, businessAccountId } = factsOf(entry);
    if (!draft.name || name !== draft.name || businessAccountId !== draft.businessAccountId) return false;
    return entry.kind === 'draft' ? entry.id !== draft.id : entry.id !== draft.templateId;
  });

/** `template-12`, `draft-7`: how an address names the language that is translated from. */
export const sourceKey = (entry: Entry): string => `${entry.kind}-${entry.id}`;

export const sourceOf = (key: string | null, siblings: readonly Entry[]): TemplateDefinition | null => {
  const entry = siblings.find((one) => sourceKey(one) === key);
  return entry ? factsOf(entry) : null;
};
