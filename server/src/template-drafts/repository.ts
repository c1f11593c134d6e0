import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Cell, RowShape } from '../storage/dialect';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { DraftState, TemplateDraftRecord } from './contract';
import type { DraftContent } from './content';

export type Purpose = 'new' | 'edit' | 'duplicate' | 'translate';
export type SubmitError = NonNullable<TemplateDraftRecord['submitError']>;

/** A draft as it is stored; times in ms. */
export interface DraftRow extends DraftContent {
  id: number;
  organizationId: number;
  businessAccountId: string;
  templateId: number | null;
  purpose: Purpose;
  state: DraftState;
  version: number;
  authorId: number | null;
  authorName: string | null;
  editors: number[];
  reviewerId: number | null;
  reviewerName: string | null;
  reviewNote: string | null;
  submitError: SubmitError | null;
  /** Of an edit: `keyOf` of the template when it was handed over. */
  submittedOver: string | null;
  submittingAt: number | null;
  updatedAt: number;
}

/** Two people who begin to change one template at the same moment get one draft: the key is unique. */
const keyOf = ({ purpose, templateId }: Pick<DraftRow, 'purpose' | 'templateId'>): string =>
  purpose === 'edit' && templateId !== null ? `edit:${templateId}` : documentId();

const SHAPE: RowShape = {
  organization_id: 'int',
  draft_key: 'text',
  business_account_id: 'text',
  template_id: 'int',
  purpose: 'text',
  name: 'text',
  language: 'text',
  category: 'text',
  parameter_format: 'text',
  components: 'json',
  ttl_seconds: 'int',
  state: 'text',
  version: 'int',
  author_id: 'int',
  author_name: 'text',
  editors: 'json',
  reviewer_id: 'int',
  reviewer_name: 'text',
  review_note: 'text',
  submit_error: 'json',
  submitting_at: 'int',
  created_at: 'int',
  updated_at: 'int',
};

const json = <T>(value: unknown, otherwise: T): T =>
  value === null || value === undefined
    ? otherwise
    : ((typeof value === 'string' ? JSON.parse(value) : value) as T);
const count = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

const toDraft = (row: Record<string, unknown>): DraftRow => ({
  id: Number(row.id),
  organizationId: Number(row.organization_id),
  businessAccountId: String(row.business_account_id),
  templateId: count(row.template_id),
  purpose: row.purpose as Purpose,
  name: text(row.name) ?? '',
  language: text(row.language) ?? '',
  category: text(row.category) ?? '',
  parameterFormat: row.parameter_format === 'NAMED' ? 'NAMED' : 'POSITIONAL',
  components: json(row.components, []),
  ttlSeconds: count(row.ttl_seconds),
  state: row.state as DraftState,
  version: Number(row.version),
  authorId: count(row.author_id),
  authorName: text(row.author_name),
  editors: json(row.editors, []),
  reviewerId: count(row.reviewer_id),
  reviewerName: text(row.reviewer_name),
  reviewNote: text(row.review_note),
  submitError: json(row.submit_error, null),
  submittedOver: text(row.submitted_over),
  submittingAt: count(row.submitting_at),
  updatedAt: Number(row.updated_at),
});

const cellsOf = (draft: Partial<DraftRow>): Record<string, Cell> => {
  const cells: Record<string, Cell | undefined> = {
    template_id: draft.templateId,
    name: draft.name,
    language: draft.language,
    category: draft.category,
    parameter_format: draft.parameterFormat,
    components: draft.components && JSON.stringify(draft.components),
    ttl_seconds: draft.ttlSeconds,
    state: draft.state,
    version: draft.version,
    editors: draft.editors && JSON.stringify(draft.editors),
    reviewer_id: draft.reviewerId,
    reviewer_name: draft.reviewerName,
    review_note: draft.reviewNote,
    submit_error: draft.submitError && JSON.stringify(draft.submitError),
    submitted_over: draft.submittedOver,
    submitting_at: draft.submittingAt,
    updated_at: draft.updatedAt,
  };
  return Object.fromEntries(
    Object.entries(cells).filter((entry): entry is [string, Cell] => entry[1] !== undefined),
  );
};

const SHOWN = 500;

export const createDraftRepository = (db: Database, scope: Scope) => {
  const table = db.name(TABLES.templateDrafts);
  const own = 'organization_id = ?';

  return {
    /** Newest change first; `submitted` ones are history. */
    async list(submitted: boolean): Promise<DraftRow[]> {
      const rows = await db.all(
        `SELECT * FROM ${table} WHERE ${own} AND state ${submitted ? '=' : '<>'} 'submitted' ORDER BY updated_at DESC, id DESC LIMIT ${SHOWN}`,
        [scope.organizationId],
      );
      return rows.map(toDraft);
    },
    async findOne(id: number): Promise<DraftRow | null> {
      const [row] = await db.all(`SELECT * FROM ${table} WHERE ${own} AND id = ?`, [
        scope.organizationId,
        id,
      ]);
      return row ? toDraft(row) : null;
    },
    /** The open draft that changes this template. */
    async openEdit(templateId: number): Promise<DraftRow | null> {
      const [row] = await db.all(
        `SELECT * FROM ${table} WHERE ${own} AND template_id = ? AND purpose = 'edit' AND state <> 'submitted' ORDER BY id LIMIT 1`,
        [scope.organizationId, templateId],
      );
      return row ? toDraft(row) : null;
    },
    async insert(
      tx: Tx,
      draft: Omit<
        DraftRow,
        'id' | 'organizationId' | 'reviewerId' | 'reviewerName' | 'reviewNote' | 'submittedOver'
      >,
    ): Promise<number> {
      const row: Record<string, Cell> = {
        ...cellsOf(draft),
        organization_id: scope.organizationId,
        draft_key: keyOf(draft),
        business_account_id: draft.businessAccountId,
        purpose: draft.purpose,
        author_id: draft.authorId,
        author_name: draft.authorName,
        created_at: draft.updatedAt,
      };
      const [written] = await insertRows(db, tx, {
        table: TABLES.templateDrafts,
        shape: SHAPE,
        rows: [Object.keys(SHAPE).map((column) => row[column] ?? null)],
        returning: ['id'],
        readBackBy: ['draft_key'],
      });
      return Number(written.id);
    },
    /** Writes if the draft is still as it was read; whether it was. */
    async change(
      tx: Tx,
      { id, version, state, submittingAt }: DraftRow,
      change: Partial<DraftRow>,
    ): Promise<boolean> {
      const cells = {
        ...cellsOf(change),
        // History makes room for the next one.
        ...(change.state === 'submitted' ? { draft_key: documentId() } : {}),
      };
      const changed = await tx.run(
        `UPDATE ${table} SET ${Object.keys(cells)
          .map((column) => `${column} = ?`)
          .join(
            ', ',
          )} WHERE ${own} AND id = ? AND version = ? AND state = ? AND COALESCE(submitting_at, 0) = ?`,
        [...Object.values(cells), scope.organizationId, id, version, state, submittingAt ?? 0],
      );
      return changed > 0;
    },
    async remove(tx: Tx, { id, version }: DraftRow): Promise<boolean> {
      const gone = await tx.run(
        `DELETE FROM ${table} WHERE ${own} AND id = ? AND version = ? AND submitting_at IS NULL`,
        [scope.organizationId, id, version],
      );
      return gone > 0;
    },
  };
};
