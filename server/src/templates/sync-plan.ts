import type { ListedTemplate } from './listing';

/** What is stored of a template, as far as comparing goes. */
export interface StoredTemplate {
  id: number;
  metaId: string;
  fingerprint: string;
  removed: boolean;
  nextCategory: string | null;
  /** Of when Meta's word about it is that is stored, ms; null: nobody noted it. */
  asOf: number | null;
}

export interface SyncPlan {
  created: ListedTemplate[];
  updated: { id: number; template: ListedTemplate }[];
  /** Ids of rows that Meta no longer lists. */
  removed: number[];
  unchanged: number;
}

/** Meta signs the address of a sample anew with each listing: that is no change. */
const withoutSignature = (handle: unknown): unknown =>
  typeof handle === 'string' && /^https?:/i.test(handle) ? 'address' : handle;

/** With the keys of every object in one order: PostgreSQL keeps JSON in an order of its own. */
const inOrder = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => inOrder(item, key));
  if (typeof value !== 'object' || value === null)
    return key === 'header_handle' ? withoutSignature(value) : value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, inOrder(item, name)]));
};

/** Equal text, equal template: everything that Meta says about it, in one order. */
export const fingerprintOf = (template: ListedTemplate): string =>
  JSON.stringify(
    inOrder([
      template.name,
      template.language,
      template.category,
      template.status,
      template.quality,
      template.parameterFormat,
      template.components,
      template.rejectedReason,
      template.previousCategory,
      template.ttlSeconds,
    ]),
  );

/** Meta announces another category that is not known here yet. */
const announcesCategory = (row: StoredTemplate, { category, correctCategory }: ListedTemplate): boolean =>
  correctCategory !== null && correctCategory !== category && correctCategory !== row.nextCategory;

/**
 * Compares a listing with what is stored. `complete: false` (the listing broke off) removes nothing: half a list would
 * take every template behind the break away. `askedAt`: when the listing began; what Meta told later than that is not in it
 * and stays. A template that comes back is an update.
 */
export const planSync = (
  stored: readonly StoredTemplate[],
  listed: readonly ListedTemplate[],
  complete: boolean,
  askedAt = Infinity,
): SyncPlan => {
  const byMetaId = new Map(stored.map((row) => [row.metaId, row]));
  const seen = new Set<string>();
  const plan: SyncPlan = { created: [], updated: [], removed: [], unchanged: 0 };
  for (const template of listed) {
    if (seen.has(template.metaId)) continue;
    seen.add(template.metaId);
    const row = byMetaId.get(template.metaId);
    if (!row) plan.created.push(template);
    else if (row.removed || row.fingerprint !== fingerprintOf(template) || announcesCategory(row, template))
      plan.updated.push({ id: row.id, template });
    else plan.unchanged += 1;
  }
  if (complete) {
    plan.removed = stored
      .filter((row) => !row.removed && !seen.has(row.metaId) && (row.asOf ?? 0) < askedAt)
      .map(({ id }) => id);
  }
  return plan;
};
