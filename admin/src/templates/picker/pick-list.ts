import type { PickerTemplate, TemplatePicker } from '../../../../server/src/template-use/contract';
import { componentOf } from '../../../../server/src/templates/model';

export interface PickQuery {
  q: string;
  /** Meta's word; '' for all. */
  category: string;
  /** Meta's code; '' for the suggested one. */
  language: string;
  favourites: boolean;
}

export const NO_QUERY: PickQuery = { q: '', category: '', language: '', favourites: false };

/** Why a language is shown: asked for, as Meta suggests for the person, close to that, or there is no other. */
export type Because =
  'chosen' | 'contact' | 'linked_entry' | 'conversation' | 'default' | 'close' | 'only' | 'sendable';

/** One name with all its languages. */
export interface PickGroup {
  name: string;
  /** The one that a pick takes. */
  template: PickerTemplate;
  because: Because;
  /** All of that name, by language code. */
  languages: PickerTemplate[];
  favourite: boolean;
  lastUsedAt: string | null;
}

export interface PickSections {
  recent: PickGroup[];
  favourites: PickGroup[];
  others: PickGroup[];
  total: number;
}

type Suggested = TemplatePicker['meta']['language'];

/** Without accents and case, so that "siparis" finds "Sipariş". */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ı/g, 'i');

const base = (code: string): string => code.split(/[_-]/)[0]!.toLowerCase();

/** The language of a name that a pick takes, and why. Sendable ones come first: a paused one is never chosen silently. */
export const chooseLanguage = (
  languages: PickerTemplate[],
  wanted: string,
  suggested: Suggested,
): { template: PickerTemplate; because: Because } => {
  const asked = languages.find(({ language }) => language === wanted);
  if (asked) return { template: asked, because: 'chosen' };
  const [first] = languages;
  if (languages.length === 1) {
    const fits = suggested?.code === first!.language;
    return { template: first!, because: fits ? suggested.because : 'only' };
  }
  const able = languages.filter(({ sendable }) => sendable);
  const pool = able.length > 0 ? able : languages;
  const exact = pool.find(({ language }) => language === suggested?.code);
  if (exact && suggested) return { template: exact, because: suggested.because };
  const near = suggested && pool.find(({ language }) => base(language) === base(suggested.code));
  if (near) return { template: near, because: 'close' };
  if (pool.length === 1) return { template: pool[0]!, because: 'sendable' };
  const usual = pool.find(({ language }) => base(language) === 'en') ?? pool[0]!;
  return { template: usual, because: 'default' };
};

const bodyOf = ({ components }: PickerTemplate): string => componentOf(components, 'BODY')?.text ?? '';

const newest = (dates: (string | null)[]): string | null =>
  dates.reduce<string | null>(
    (last, date) => (date !== null && (last === null || date > last) ? date : last),
    null,
  );

/** How many recently used ones stand on top. */
const RECENT = 5;

const byName = (a: PickGroup, b: PickGroup): number => a.name.localeCompare(b.name);

const matches = (group: PickerTemplate[], { q, category, favourites }: PickQuery): boolean => {
  if (favourites && !group.some(({ favourite }) => favourite)) return false;
  if (category !== '' && !group.some((each) => each.category.toUpperCase() === category)) return false;
  const words = folded(q).split(/\s+/).filter(Boolean);
  const text = folded([group[0]!.name, group[0]!.name.replace(/_/g, ' '), ...group.map(bodyOf)].join(' '));
  return words.every((word) => text.includes(word));
};

/**
 * The list that people pick from: what one used last, then favourites, then the rest by name; what cannot be sent
 * stands last in its section. Each name once, with its languages behind it.
 */
export const pickSections = (
  templates: readonly PickerTemplate[],
  query: PickQuery,
  suggested: Suggested,
): PickSections => {
  const names = new Map<string, PickerTemplate[]>();
  for (const template of templates) {
    const key = `${template.businessAccountId} ${template.name}`;
    names.set(key, [...(names.get(key) ?? []), template]);
  }
  const groups = [...names.values()]
    .filter((group) => matches(group, query))
    .filter((group) => query.language === '' || group.some(({ language }) => language === query.language))
    .map((group): PickGroup => {
      const languages = [...group].sort((a, b) => a.language.localeCompare(b.language));
      return {
        name: group[0]!.name,
        ...chooseLanguage(languages, query.language, suggested),
        languages,
        favourite: group.some(({ favourite }) => favourite),
        lastUsedAt: newest(group.map(({ lastUsedAt }) => lastUsedAt)),
      };
    });
  const able = (group: PickGroup) => group.template.sendable;
  const recent = groups
    .filter((group) => able(group) && group.lastUsedAt !== null)
    .sort((a, b) => b.lastUsedAt!.localeCompare(a.lastUsedAt!))
    .slice(0, RECENT);
  const rest = groups
    .filter((group) => !recent.includes(group))
    .sort((a, b) => Number(able(b)) - Number(able(a)) || byName(a, b));
  return {
    recent,
    favourites: rest.filter(({ favourite }) => favourite),
    others: rest.filter(({ favourite }) => !favourite),
    total: groups.length,
  };
};

/** The group of one name, as the list shows it; null when it is not there or cannot be sent. */
export const groupNamed = (picker: TemplatePicker | null, name: string): PickGroup | null => {
  if (!picker) return null;
  const { recent, favourites, others } = pickSections(picker.data, NO_QUERY, picker.meta.language);
  return (
    [...recent, ...favourites, ...others].find((group) => group.name === name && group.template.sendable) ??
    null
  );
};

/** Codes that occur, for the filter. */
export const languagesOf = (templates: readonly PickerTemplate[]): string[] =>
  [...new Set(templates.map(({ language }) => language))].sort();
