import type { TemplatePicker } from './contract';

const plain = (code: string): string => code.replace(/-/g, '_').toLowerCase();
const baseOf = (code: string): string => plain(code).split('_')[0];

/** The language of a template that serves somebody who speaks `wanted`: the same, the language alone, a sister of it. */
export const servingLanguage = (wanted: string | null, available: readonly string[]): string | null => {
  if (!wanted) return null;
  return (
    available.find((code) => plain(code) === plain(wanted)) ??
    available.find((code) => plain(code) === baseOf(wanted)) ??
    available.find((code) => baseOf(code) === baseOf(wanted)) ??
    null
  );
};

/** The one that most templates have; of equally many, Meta's usual one. */
export const usualLanguage = (languages: readonly string[], usual: string): string | null => {
  const counts = new Map<string, number>();
  for (const code of languages) counts.set(code, (counts.get(code) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const best = [...counts].filter(([, count]) => count === most).map(([code]) => code);
  return best.includes(usual) ? usual : (best.sort()[0] ?? null);
};

type Suggestion = TemplatePicker['meta']['language'];
type Reason = NonNullable<Suggestion>['because'];

/** The first reason, in this order, that leads to a language which some template has. */
export const suggestLanguage = async (
  reasons: [Reason, () => Promise<string | null> | string | null][],
  available: readonly string[],
): Promise<Suggestion> => {
  for (const [because, wanted] of reasons) {
    const code = servingLanguage(await wanted(), available);
    if (code) return { code, because };
  }
  return null;
};
