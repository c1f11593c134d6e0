import type { AuditAction } from '../audit/contract';
import type { Scope } from '../storage/scope';
import type { DraftRow } from './repository';

/** Who writes. */
export interface Author {
  id: number;
  name: string;
}

/** What is said of a draft in the audit trail: never its texts. */
export const draftEvent = (
  { organizationId }: Scope,
  action: AuditAction,
  { id, name, language, category }: Pick<DraftRow, 'id' | 'name' | 'language' | 'category'>,
) => ({
  organizationId,
  action,
  target: { type: 'template-draft', id, label: name },
  after: { language, category },
});
