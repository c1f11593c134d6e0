import { createContext, useContext } from 'react';
import type { TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import type { LintProblem } from '../../../../server/src/templates/draft';
import type { TemplateDefinition } from '../../../../server/src/templates/model';
import type { PreviewMedia } from '../preview/preview-media';
import type { DraftChange } from './draft-session';
import { useLintWords } from './lint-words';

export interface Builder {
  draft: TemplateDraftRecord;
  problems: readonly LintProblem[];
  /** The language that this one is translated from; null when it is written on its own. */
  source: TemplateDefinition | null;
  change(change: DraftChange): void;
  /** Whether the person is done with a field, and may be told what is wrong with it. */
  isTold(path: string): boolean;
  leave(path: string): void;
  /** Files that were uploaded on this page, by their handle at Meta. */
  files: ReadonlyMap<string, PreviewMedia>;
  rememberFile(handle: string, file: PreviewMedia): void;
}

export const BuilderContext = createContext<Builder | null>(null);

export const useBuilder = (): Builder => {
  const builder = useContext(BuilderContext);
  if (!builder) throw new Error('A field of the builder stands outside of it');
  return builder;
};

/** What is wrong with a field, once the person is done with it. */
export const useFieldError = (path: string): string | undefined => {
  const { draft, problems, isTold } = useBuilder();
  const wordsOf = useLintWords();
  const problem = problems.find((one) => one.path === path);
  return problem && isTold(path) ? wordsOf(problem, draft) : undefined;
};
