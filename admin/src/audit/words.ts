import type { AuditAction, AuditEntry } from '../../../server/src/audit/contract';
import type { TranslationId } from '../translate';

/** What was done, in words; an action that has none does not compile. */
export const wordsOf = (action: AuditAction): TranslationId => `audit.action.${action}`;

/** One line of what changed: the field, and its value before and after as short text. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

const asText = (value: unknown): string | null => {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The fields that differ, in the order of their names. */
export const changesOf = ({ before, after }: Pick<AuditEntry, 'before' | 'after'>): FieldChange[] => {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return fields
    .map((field) => ({ field, before: asText(before?.[field]), after: asText(after?.[field]) }))
    .filter((change) => change.before !== change.after);
};
