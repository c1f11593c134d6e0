import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Cell, RowShape } from '../storage/dialect';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { ListedTemplate } from './listing';
import { componentOf } from './model';
import { fingerprintOf, type StoredTemplate } from './sync-plan';

export type TemplateRow = Record<string, unknown>;

export interface TemplateFilter {
  businessAccountId?: string;
  status?: string;
  category?: string;
  language?: string;
  q?: string;
}

const SHAPE: RowShape = {
  document_id: 'text',
  organization_id: 'int',
  business_account_id: 'text',
  meta_id: 'text',
  name: 'text',
  language: 'text',
  category: 'text',
  template_status: 'text',
  quality: 'text',
  parameter_format: 'text',
  components: 'json',
  rejected_reason: 'text',
  search_text: 'text',
  last_synced_at: 'int',
  removed_at: 'int',
};

const searchTextOf = ({ name, components }: ListedTemplate): string =>
  [name, ...['HEADER', 'BODY', 'FOOTER'].map((type) => componentOf(components, type)?.text ?? '')]
    .join('\n')
    .toLowerCase();

const told = (template: ListedTemplate): Record<string, Cell> => ({
  name: template.name,
  language: template.language,
  category: template.category,
  template_status: template.status,
  quality: template.quality,
  parameter_format: template.parameterFormat,
  components: JSON.stringify(template.components),
  rejected_reason: template.rejectedReason,
  search_text: searchTextOf(template),
});

const json = (value: unknown): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

export const listedOf = (row: TemplateRow): ListedTemplate => ({
  metaId: String(row.meta_id),
  name: String(row.name),
  language: String(row.language),
  category: String(row.category ?? ''),
  status: String(row.template_status ?? 'UNKNOWN'),
  quality: textOrNull(row.quality),
  parameterFormat: row.parameter_format === 'NAMED' ? 'NAMED' : 'POSITIONAL',
  components: (json(row.components) ?? []) as ListedTemplate['components'],
  rejectedReason: textOrNull(row.rejected_reason),
});

const like = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export const createTemplateRepository = (db: Database, scope: Scope) => {
  const own = () => db.table(TABLES.templates).where({ organization_id: scope.organizationId });
  const ofAccount = (businessAccountId: string) => own().where({ business_account_id: businessAccountId });

  return {
    /** By name, then language; removed ones are left out unless asked for by status. */
    async list(filter: TemplateFilter, limit: number, offsetId: number): Promise<TemplateRow[]> {
      const query = own().orderBy('id').where('id', '>', offsetId);
      if (filter.businessAccountId !== undefined)
        query.where('business_account_id', filter.businessAccountId);
      if (filter.status === 'REMOVED') query.whereNotNull('removed_at');
      else query.whereNull('removed_at');
      if (filter.status !== undefined && filter.status !== 'REMOVED')
        query.where('template_status', filter.status);
      if (filter.category !== undefined) query.where('category', filter.category);
      if (filter.language !== undefined) query.where('language', filter.language);
      if (filter.q) {
        const escape = db.dialect === 'mysql' ? `escape '\\\\'` : `escape '\\'`;
        query.whereRaw(`search_text like ? ${escape}`, [like(filter.q)]);
      }
      return (await query.limit(limit)) as TemplateRow[];
    },
    async findOne(id: number): Promise<TemplateRow | null> {
      return ((await own().where({ id }).first()) as TemplateRow | undefined) ?? null;
    },
    /** The one that a send names; a removed one only when no other has the name. */
    async byName(businessAccountId: string, name: string, language: string): Promise<TemplateRow | null> {
      const rows = (await ofAccount(businessAccountId)
        .where({ name, language })
        .orderBy('id', 'desc')) as TemplateRow[];
      return rows.find((row) => row.removed_at === null) ?? rows[0] ?? null;
    },
    async languagesOf(businessAccountId: string, name: string): Promise<string[]> {
      const rows = (await ofAccount(businessAccountId)
        .where({ name })
        .whereNull('removed_at')
        .select('language')) as TemplateRow[];
      return rows.map((row) => String(row.language));
    },
    async stored(businessAccountId: string): Promise<StoredTemplate[]> {
      const rows = (await ofAccount(businessAccountId)) as TemplateRow[];
      return rows.map((row) => ({
        id: Number(row.id),
        metaId: String(row.meta_id),
        fingerprint: fingerprintOf(listedOf(row)),
        removed: row.removed_at !== null,
      }));
    },
    async insert(tx: Tx, businessAccountId: string, templates: ListedTemplate[], now: number): Promise<void> {
      await insertRows(db, tx, {
        table: TABLES.templates,
        shape: SHAPE,
        rows: templates.map((template) => {
          const row: Record<string, Cell> = {
            document_id: documentId(),
            organization_id: scope.organizationId,
            business_account_id: businessAccountId,
            meta_id: template.metaId,
            ...told(template),
            last_synced_at: now,
            removed_at: null,
          };
          return Object.keys(SHAPE).map((column) => row[column]);
        }),
        stampedAt: now,
        // Two syncs at once list the same new template.
        conflict: 'ignore',
      });
    },
    async update(tx: Tx, id: number, template: ListedTemplate, now: number): Promise<void> {
      const values = { ...told(template), last_synced_at: now, removed_at: null };
      const set = Object.keys(values).map((column) => `${column} = ?`);
      await tx.run(
        `UPDATE ${db.name(TABLES.templates)} SET ${set.join(', ')} WHERE id = ? AND organization_id = ?`,
        [...Object.values(values), id, scope.organizationId],
      );
    },
    async markRemoved(tx: Tx, ids: number[], now: number): Promise<void> {
      for (const id of ids) {
        await tx.run(
          `UPDATE ${db.name(TABLES.templates)} SET removed_at = ? WHERE id = ? AND organization_id = ? AND removed_at IS NULL`,
          [now, id, scope.organizationId],
        );
      }
    },
    /** The whole account was listed at this moment. */
    async markSynced(tx: Tx, businessAccountId: string, now: number): Promise<void> {
      await tx.run(
        `UPDATE ${db.name(TABLES.templates)} SET last_synced_at = ? WHERE organization_id = ? AND business_account_id = ? AND removed_at IS NULL`,
        [now, scope.organizationId, businessAccountId],
      );
    },
  };
};

export type TemplateRepository = ReturnType<typeof createTemplateRepository>;
