import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import type { LintProblem } from '../../../../server/src/templates/draft';
import { lintTemplate } from '../../../../server/src/templates/lint';

/** What only the server knows: the limits of changes, other templates of the account. */
export const SERVER_RULES: ReadonlySet<string> = new Set([
  'name_fixed',
  'language_fixed',
  'category_fixed',
  'edit_status',
  'edit_day',
  'edit_month',
  'template_gone',
  'exists',
  'account_full',
]);

/** Everything that stands between a draft and Meta: the rules at each key, the server's findings at each save. */
export const problemsOfDraft = (draft: TemplateDraftRecord): LintProblem[] => [
  ...lintTemplate({ ...draft, ttlSeconds: draft.ttlSeconds ?? undefined }),
  ...draft.problems.filter(({ rule }) => SERVER_RULES.has(rule)),
];
