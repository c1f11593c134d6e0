import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';

/** Everything that is kept of a business account's templates, by tenant and account. */
const OF_ACCOUNT = [
  TABLES.templates,
  TABLES.templateAccounts,
  TABLES.templateAlerts,
  TABLES.templateDrafts,
  TABLES.templateSettings,
  TABLES.templateMarks,
] as const;

const OWNERLESS = 'organization_id = ? AND business_account_id NOT IN (SELECT n.business_account_id FROM';

/** What is kept of accounts of which the tenant has no number any more. */
const ownerless = (db: Database, organizationId: number): [where: string, params: number[]] => [
  `${OWNERLESS} ${db.name(TABLES.integrations)} n WHERE n.organization_id = ? AND n.business_account_id IS NOT NULL)`,
  [organizationId, organizationId],
];

const dropEditsWithoutTemplate = (db: Database, tx: Tx, organizationId: number): Promise<number> =>
  tx.run(
    `DELETE FROM ${db.name(TABLES.templateEdits)} WHERE organization_id = ? AND meta_id NOT IN ` +
      `(SELECT t.meta_id FROM ${db.name(TABLES.templates)} t WHERE t.organization_id = ?)`,
    [organizationId, organizationId],
  );

/** Forgets the templates of accounts that are nobody's here: the last number of theirs went, in this transaction. */
export const forgetOwnerless = async (db: Database, tx: Tx, organizationId: number): Promise<void> => {
  const [where, params] = ownerless(db, organizationId);
  for (const table of OF_ACCOUNT) await tx.run(`DELETE FROM ${db.name(table)} WHERE ${where}`, params);
  await dropEditsWithoutTemplate(db, tx, organizationId);
};

/**
 * The last number of an account has moved to another tenant: drafts, bindings and limits go with it. Where the new home
 * knows the account already, its own stay and these are forgotten.
 */
export const moveOwnerless = async (db: Database, tx: Tx, from: number, to: number): Promise<void> => {
  const [where, params] = ownerless(db, from);
  const known = new Set<string>();
  for (const table of OF_ACCOUNT) {
    const rows = await tx.all(
      `SELECT DISTINCT business_account_id AS id FROM ${db.name(table)} WHERE organization_id = ?`,
      [to],
    );
    rows.forEach(({ id }) => known.add(String(id)));
  }
  const accounts = await tx.all(
    `SELECT DISTINCT business_account_id AS id FROM ${db.name(TABLES.templates)} WHERE ${where}`,
    params,
  );
  for (const account of accounts.map(({ id }) => String(id)).filter((id) => !known.has(id))) {
    await tx.run(
      `UPDATE ${db.name(TABLES.templateEdits)} SET organization_id = ? WHERE organization_id = ? AND meta_id IN ` +
        `(SELECT t.meta_id FROM ${db.name(TABLES.templates)} t WHERE t.organization_id = ? AND t.business_account_id = ?)`,
      [to, from, from, account],
    );
    for (const table of OF_ACCOUNT)
      await tx.run(
        `UPDATE ${db.name(table)} SET organization_id = ? WHERE organization_id = ? AND business_account_id = ?`,
        [to, from, account],
      );
  }
  await forgetOwnerless(db, tx, from);
};
