import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { TemplateEditing } from './contract';
import { createBeside } from './details';
import { editingOf } from './editing';
import type { ListedTemplate } from './listing';
import { createTemplateRepository, factsOf, listedOf, type TemplateRow } from './repository';

/** A stored template as drafts and calls to Meta need it. */
export interface KnownTemplate {
  id: number;
  businessAccountId: string;
  listed: ListedTemplate;
  /** Meta's word, or `REMOVED`. */
  status: string;
  removed: boolean;
  pausedUntil: number | null;
  editing: TemplateEditing;
}

const MILLION = 1_000_000;

/** What other rooms may know of, and do to, what is stored of templates. */
export const createTemplateLedger = (db: Database, now: () => number) => {
  const table = db.name(TABLES.templates);
  const beside = createBeside(db, now);

  const known = async (scope: Scope, row: TemplateRow): Promise<KnownTemplate> => {
    const removed = row.removed_at !== null;
    const status = removed ? 'REMOVED' : factsOf(row).status;
    const of = await beside(scope, [row]);
    return {
      id: Number(row.id),
      businessAccountId: String(row.business_account_id),
      listed: listedOf(row),
      status,
      removed,
      pausedUntil: factsOf(row).pausedUntil,
      editing: editingOf(status, of(row).edits, now()),
    };
  };

  return {
    async find(scope: Scope, id: number): Promise<KnownTemplate | null> {
      const row = await createTemplateRepository(db, scope).findOne(id);
      return row ? known(scope, row) : null;
    },
    /** Names in use in an account, and whether one is there in a language. */
    async names(scope: Scope, businessAccountId: string): Promise<string[]> {
      const rows = await db.all(
        `SELECT DISTINCT name FROM ${table} WHERE organization_id = ? AND business_account_id = ? AND removed_at IS NULL`,
        [scope.organizationId, businessAccountId],
      );
      return rows.map(({ name }) => String(name));
    },
    async exists(scope: Scope, businessAccountId: string, name: string, language: string): Promise<boolean> {
      const row = await createTemplateRepository(db, scope).byName(businessAccountId, name, language);
      return row !== null && row.removed_at === null;
    },
    /** How many templates an account has, and the most that Meta allows, where it has told. */
    async room(scope: Scope, businessAccountId: string): Promise<{ count: number; limit: number | null }> {
      const place = [scope.organizationId, businessAccountId];
      const [[counted], [account]] = await Promise.all([
        db.all(
          `SELECT count(*) AS n FROM ${table} WHERE organization_id = ? AND business_account_id = ? AND removed_at IS NULL`,
          place,
        ),
        db.all(
          `SELECT template_limit FROM ${db.name(TABLES.templateAccounts)} WHERE organization_id = ? AND business_account_id = ?`,
          place,
        ),
      ]);
      const limit = Number(account?.template_limit ?? 0);
      return { count: Number(counted?.n ?? 0), limit: limit > 0 && limit < MILLION ? limit : null };
    },
    /** Meta has it now: stored under its id, which is answered. */
    async store(
      tx: Tx,
      scope: Scope,
      businessAccountId: string,
      template: ListedTemplate,
      requestedCategory: string | null,
    ): Promise<number> {
      const repository = createTemplateRepository(db, scope);
      await repository.insert(tx, businessAccountId, [template], now(), requestedCategory);
      const [row] = await tx.all(
        `SELECT id FROM ${table} WHERE organization_id = ? AND business_account_id = ? AND meta_id = ?`,
        [scope.organizationId, businessAccountId, template.metaId],
      );
      const id = Number(row.id);
      // A listing or webhook may have been faster; who asked for which category is known here alone.
      await tx.run(`UPDATE ${table} SET requested_category = ? WHERE id = ?`, [requestedCategory, id]);
      return id;
    },
    /** Meta took a change: what the template says now, and that one of its few changes is used up. */
    async noteEdit(
      tx: Tx,
      scope: Scope,
      id: number,
      template: ListedTemplate,
      askedAt: number,
    ): Promise<void> {
      await createTemplateRepository(db, scope).update(tx, id, template, now(), askedAt);
      await tx.run(
        `INSERT INTO ${db.name(TABLES.templateEdits)} (organization_id, meta_id, at) VALUES (?, ?, ?)`,
        [scope.organizationId, template.metaId, now()],
      );
    },
    markRemoved: (tx: Tx, scope: Scope, ids: number[]): Promise<void> =>
      createTemplateRepository(db, scope).markRemoved(tx, ids, now()),
    /** All languages of a name. */
    async family(
      scope: Scope,
      businessAccountId: string,
      name: string,
    ): Promise<{ id: number; language: string }[]> {
      const rows = await db.all(
        `SELECT id, language FROM ${table} WHERE organization_id = ? AND business_account_id = ? AND name = ? AND removed_at IS NULL`,
        [scope.organizationId, businessAccountId, name],
      );
      return rows.map(({ id, language }) => ({ id: Number(id), language: String(language) }));
    },
    async noteStatus(tx: Tx, scope: Scope, id: number, status: string): Promise<void> {
      const repository = createTemplateRepository(db, scope);
      const row = await repository.locked(tx, id);
      if (!row) return;
      const facts = factsOf(row);
      await repository.saveFacts(tx, id, {
        ...facts,
        status,
        ...(status === 'PAUSED' ? {} : { pausedUntil: null }),
      });
    },
  };
};

export type TemplateLedger = ReturnType<typeof createTemplateLedger>;
