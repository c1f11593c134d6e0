import type { TemplateEditing } from '../templates/contract';
import type { LintProblem } from '../templates/draft';
import { lintTemplate } from '../templates/lint';
import type { DraftContent } from './content';

/** The template that a draft changes, as it is now. */
export interface EditedTemplate {
  name: string;
  language: string;
  category: string;
  status: string;
  editing: TemplateEditing;
}

export interface Surroundings {
  /** null: the draft is for a new template. undefined: what it changes is no longer there. */
  edited: EditedTemplate | null | undefined;
  /** Another template of the account has this name in this language. */
  exists: boolean;
  /** Templates of the account, and the most that Meta allows. */
  count: number;
  limit: number | null;
}

const WHY: Record<NonNullable<TemplateEditing['reason']>, [rule: string, message: string]> = {
  status: ['edit_status', 'Only approved, rejected and paused templates can be changed'],
  day: ['edit_day', 'An approved template can be changed once in 24 hours'],
  month: ['edit_month', 'An approved template can be changed ten times in 30 days'],
};

const problem = (rule: string, path: string, message: string): LintProblem => ({ rule, path, message });

/** What Meta would not take of a change, besides its form (Meta, template-management). */
const editProblems = (content: DraftContent, edited: EditedTemplate): LintProblem[] => {
  const problems: LintProblem[] = [];
  if (content.name !== edited.name)
    problems.push(problem('name_fixed', 'name', 'The name cannot be changed'));
  if (content.language !== edited.language)
    problems.push(problem('language_fixed', 'language', 'The language cannot be changed'));
  if (edited.status === 'APPROVED' && content.category !== edited.category)
    problems.push(
      problem('category_fixed', 'category', 'The category of an approved template cannot be changed'),
    );
  const { reason, nextAt } = edited.editing;
  if (reason !== null) {
    const [rule, message] = WHY[reason];
    problems.push(problem(rule, '', nextAt === null ? message : `${message}; again from ${nextAt}`));
  }
  return problems;
};

/** Everything that stands between a draft and Meta; empty when it may be submitted. */
export const problemsOfDraft = (content: DraftContent, around: Surroundings): LintProblem[] => {
  const { ttlSeconds, ...definition } = content;
  const problems = lintTemplate({ ...definition, ...(ttlSeconds === null ? {} : { ttlSeconds }) });
  const { edited, exists, count, limit } = around;
  if (edited === undefined)
    return [...problems, problem('template_gone', '', 'The template that it changes is no longer there')];
  if (edited !== null) return [...problems, ...editProblems(content, edited)];
  if (exists) problems.push(problem('exists', 'name', 'There is a template of this name in this language'));
  if (limit !== null && count >= limit)
    problems.push(problem('account_full', '', `The account has all ${limit} templates that Meta allows`));
  return problems;
};
