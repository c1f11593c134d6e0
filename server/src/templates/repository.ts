import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Cell, RowShape } from '../storage/dialect';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { announced, factsAfterListing, type TemplateFacts } from './facts';
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
  requested_category: 'text',
  next_category: 'text',
  previous_category: 'text',
  ttl_seconds: 'int',
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
  previous_category: template.previousCategory,
  ttl_seconds: template.ttlSeconds,
  search_text: searchTextOf(template),
});

const json = (value: unknown): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

const instantOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

export const factsOf = (row: TemplateRow): TemplateFacts => ({
  status: String(row.template_status ?? 'UNKNOWN'),
  statusAt: instantOrNull(row.status_at),
  category: String(row.category ?? ''),
  rejectedReason: textOrNull(row.rejected_reason),
  rejectionAdvice: textOrNull(row.rejection_advice),
  nextCategory: textOrNull(row.next_category),
  nextCategoryAt: instantOrNull(row.next_category_at),
  previousCategory: textOrNull(row.previous_category),
  pausedUntil: instantOrNull(row.paused_until),
  quality: textOrNull(row.quality),
});

export const columnsOf = (facts: TemplateFacts): Record<string, Cell> => ({
  template_status: facts.status,
  status_at: facts.statusAt,
  category: facts.category,
  rejected_reason: facts.rejectedReason,
  rejection_advice: facts.rejectionAdvice,
  next_category: facts.nextCategory,
  next_category_at: facts.nextCategoryAt,
  previous_category: facts.previousCategory,
  paused_until: facts.pausedUntil,
  quality: facts.quality,
});

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
  previousCategory: textOrNull(row.previous_category),
  correctCategory: null,
  ttlSeconds: instantOrNull(row.ttl_seconds),
});

const like = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export const createTemplateRepository = (db: Database, scope: Scope) => {
  const own = () => db.table(TABLES.templates).where({ organization_id: scope.organizationId });
  const table = db.name(TABLES.templates);
  const write = (tx: Tx, id: number, values: Record<string, Cell>): Promise<number> =>
    tx.run(
      `UPDATE ${table} SET ${Object.keys(values)
        .map((column) => `${column} = ?`)
        .join(', ')} WHERE id = ? AND organization_id = ?`,
      [...Object.values(values), id, scope.organizationId],
    );
  const locked = async (tx: Tx, id: number): Promise<TemplateRow | undefined> => {
    const lock = db.dialect === 'sqlite' ? '' : ' FOR UPDATE';
    const [row] = await tx.all(`SELECT * FROM ${table} WHERE id = ? AND organization_id = ?${lock}`, [
      id,
      scope.organizationId,
    ]);
    return row;
  };
  const ofAccount = (businessAccountId: string) => own().where({ business_account_id: businessAccountId });

  return {
    /** In the order in which they came; removed ones are left out unless asked for by status. */
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
    /** All of an account, or all languages of a name. */
    async stored(businessAccountId: string, name?: string): Promise<StoredTemplate[]> {
      const rows = (await ofAccount(businessAccountId).where(
        name === undefined ? {} : { name },
      )) as TemplateRow[];
      return rows.map((row) => ({
        id: Number(row.id),
        metaId: String(row.meta_id),
        fingerprint: fingerprintOf(listedOf(row)),
        nextCategory: textOrNull(row.next_category),
        removed: row.removed_at !== null,
        asOf: instantOrNull(row.last_synced_at),
      }));
    },
    /** `asOf`: when Meta was asked. `requestedCategory`: what was asked for, of one that was submitted here. */
    async insert(
      tx: Tx,
      businessAccountId: string,
      templates: ListedTemplate[],
      asOf: number,
      requestedCategory: string | null = null,
    ): Promise<void> {
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
            requested_category: requestedCategory,
            next_category: announced(template),
            last_synced_at: asOf,
            removed_at: null,
          };
          return Object.keys(SHAPE).map((column) => row[column]);
        }),
        stampedAt: asOf,
        // Two syncs at once list the same new template.
        conflict: 'ignore',
      });
    },
    /** The row as nobody else can change it until the commit. */
    locked,
    /**
     * What Meta tells of a template. `asOf`: when it was asked; what was told or deleted after that is newer and stays.
     * `statusSince`: a status that a webhook told since then is newer than this one.
     */
    async update(
      tx: Tx,
      id: number,
      template: ListedTemplate,
      asOf: number,
      statusSince: number = asOf,
    ): Promise<void> {
      const row = await locked(tx, id);
      if (!row || Number(row.last_synced_at ?? 0) > asOf) return;
      const facts = columnsOf(factsAfterListing(factsOf(row), template, statusSince));
      const removedAt = instantOrNull(row.removed_at);
      const isGone = removedAt !== null && removedAt >= asOf;
      await write(tx, id, {
        ...told(template),
        ...facts,
        last_synced_at: asOf,
        removed_at: isGone ? removedAt : null,
      });
    },
    /** What a webhook, or an answer to a call of ours, told. */
    async saveFacts(tx: Tx, id: number, facts: TemplateFacts): Promise<void> {
      await write(tx, id, columnsOf(facts));
    },
    async byMetaId(businessAccountId: string, metaId: string): Promise<TemplateRow | null> {
      const row = (await ofAccount(businessAccountId).where({ meta_id: metaId }).first()) as
        TemplateRow | undefined;
      return row ?? null;
    },
    async markRemoved(tx: Tx, ids: number[], now: number): Promise<void> {
      for (const id of ids) {
        await tx.run(
          `UPDATE ${db.name(TABLES.templates)} SET removed_at = ? WHERE id = ? AND organization_id = ? AND removed_at IS NULL`,
          [now, id, scope.organizationId],
        );
      }
    },
    /** The whole account was listed as of this moment. */
    async markSynced(tx: Tx, businessAccountId: string, asOf: number): Promise<void> {
      await tx.run(
        `UPDATE ${table} SET last_synced_at = ? WHERE organization_id = ? AND business_account_id = ? AND removed_at IS NULL AND COALESCE(last_synced_at, 0) < ?`,
        [asOf, scope.organizationId, businessAccountId, asOf],
      );
    },
  };
};

export type TemplateRepository = ReturnType<typeof createTemplateRepository>;
