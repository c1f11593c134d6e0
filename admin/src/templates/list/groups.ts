import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import type { TemplateAccount, TemplateDetails } from '../../../../server/src/templates/contract';
import { componentOf } from '../../../../server/src/templates/model';
import { CHIPS, chipOf, qualityOf, type Chip } from './status';

/** One language of a name: what Meta has, or a draft of what it does not have yet. */
export type Entry =
  | { kind: 'template'; id: string; chip: Chip; template: TemplateDetails; draft: TemplateDraftRecord | null }
  | { kind: 'draft'; id: string; chip: 'draft'; draft: TemplateDraftRecord };

/** All languages of one name within one business account. */
export interface Group {
  key: string;
  name: string;
  businessAccountId: string;
  entries: Entry[];
}

export interface ListFilter {
  q: string;
  status: string;
  category: string;
  language: string;
  quality: string;
  account: string;
  number: string;
}

export const FILTERS = ['q', 'status', 'category', 'language', 'quality', 'account', 'number'] as const;

export const factsOf = (entry: Entry): TemplateDetails | TemplateDraftRecord =>
  entry.kind === 'template' ? entry.template : entry.draft;

/** Templates with the drafts that change them, then the drafts of new ones. Drafts that went to Meta are history. */
export const entriesOf = (
  templates: readonly TemplateDetails[],
  drafts: readonly TemplateDraftRecord[],
): Entry[] => {
  const open = drafts.filter(({ state }) => state !== 'submitted');
  const known = new Set(templates.map(({ id }) => id));
  return [
    ...templates.map((template): Entry => ({
      kind: 'template',
      id: template.id,
      chip: chipOf(template.status),
      template,
      draft: open.find(({ templateId }) => templateId === template.id) ?? null,
    })),
    ...open
      .filter(({ templateId }) => templateId === null || !known.has(templateId))
      .map((draft): Entry => ({ kind: 'draft', id: draft.id, chip: 'draft', draft })),
  ];
};

const textOf = (entry: Entry): string => {
  const { name, components } = factsOf(entry);
  return `${name}\n${componentOf(components, 'BODY')?.text ?? ''}`.toLocaleLowerCase();
};

const accountsOfNumber = (accounts: readonly TemplateAccount[], number: string): string[] =>
  accounts
    .filter(({ integrations }) => integrations.some(({ id }) => id === number))
    .map(({ businessAccountId }) => businessAccountId);

const fits = (entry: Entry, filter: ListFilter, accounts: readonly TemplateAccount[]): boolean => {
  const { category, language, businessAccountId } = factsOf(entry);
  const quality = entry.kind === 'template' ? qualityOf(entry.template.quality) : null;
  return (
    textOf(entry).includes(filter.q.trim().toLocaleLowerCase()) &&
    (!filter.category || category === filter.category) &&
    (!filter.language || language === filter.language) &&
    (!filter.quality || quality === filter.quality) &&
    (!filter.account || businessAccountId === filter.account) &&
    (!filter.number || accountsOfNumber(accounts, filter.number).includes(businessAccountId))
  );
};

/** A template with changes being written stands under its own state and under the drafts. */
const isUnder = (entry: Entry, chip: string): boolean =>
  entry.chip === chip || (chip === 'draft' && entry.kind === 'template' && entry.draft !== null);

const grouped = (entries: readonly Entry[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    const { name, businessAccountId } = factsOf(entry);
    const key = `${businessAccountId}:${name || `draft-${entry.id}`}`;
    const group = groups.get(key) ?? { key, name, businessAccountId, entries: [] };
    group.entries.push(entry);
    groups.set(key, group);
  }
  for (const { entries: list } of groups.values()) {
    list.sort((a, b) => factsOf(a).language.localeCompare(factsOf(b).language));
  }
  return [...groups.values()].sort(
    (a, b) => a.name.localeCompare(b.name) || a.businessAccountId.localeCompare(b.businessAccountId),
  );
};

/** What the list shows for a filter, and how many of each state the other filters leave. */
export const arrange = (
  entries: readonly Entry[],
  filter: ListFilter,
  accounts: readonly TemplateAccount[],
): { groups: Group[]; counts: Record<Chip, number> } => {
  const fitting = entries.filter((entry) => fits(entry, filter, accounts));
  const counts = Object.fromEntries(
    CHIPS.map((chip) => [chip, fitting.filter((entry) => isUnder(entry, chip)).length]),
  ) as Record<Chip, number>;
  // What is gone at Meta is history: it is shown when it is asked for.
  const shown = fitting.filter((entry) =>
    filter.status ? isUnder(entry, filter.status) : entry.chip !== 'removed',
  );
  return { groups: grouped(shown), counts };
};
