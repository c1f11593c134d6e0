import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';

/** An entry of the site's own content that stands for a person. */
export interface LinkedEntry {
  contentType: string;
  documentId: string;
}

/** What is known about a person, as other rooms may use it. */
export interface ContactCard {
  id: number;
  name: string | null;
  profileName: string | null;
  username: string | null;
  /** E.164. */
  phone: string | null;
  email: string | null;
  language: string | null;
  tags: string[];
  customAttributes: Record<string, unknown>;
  linkedEntry: LinkedEntry | null;
  /** Test sends go to this person. */
  isTest: boolean;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const json = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return value === '' ? null : (JSON.parse(value) as unknown);
};

export const linkedEntryOf = (row: Record<string, unknown>): LinkedEntry | null => {
  const [contentType, documentId] = [text(row.linked_type), text(row.linked_document_id)];
  return contentType && documentId ? { contentType, documentId } : null;
};

export const cardOf = (row: Record<string, unknown>): ContactCard => {
  const waId = text(row.wa_id);
  const tags = json(row.tags);
  const custom = json(row.custom_attributes);
  return {
    id: Number(row.id),
    name: text(row.name),
    profileName: text(row.profile_name),
    username: text(row.username),
    phone: text(row.phone) ?? (waId && `+${waId}`),
    email: text(row.email),
    language: text(row.language),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    customAttributes:
      typeof custom === 'object' && custom !== null ? (custom as Record<string, unknown>) : {},
    linkedEntry: linkedEntryOf(row),
    isTest: row.test_since !== null && row.test_since !== undefined,
  };
};

/** Which contacts a scope shows: the tenant's, or those of one's own conversations. */
export const seenContacts = (db: Database, { organizationId, assignedTo }: Scope) => ({
  where:
    'organization_id = ?' +
    (assignedTo === undefined
      ? ''
      : ` AND id IN (SELECT contact_id FROM ${db.name(TABLES.conversations)} WHERE organization_id = ? AND assignee_id = ?)`),
  params: [organizationId, ...(assignedTo === undefined ? [] : [organizationId, assignedTo])],
});

/** null: unknown, of another tenant, or not for this viewer. */
export const findCard = async (
  db: Database,
  scope: Scope,
  contactId: number | null,
): Promise<ContactCard | null> => {
  if (contactId === null) return null;
  const { where, params } = seenContacts(db, scope);
  const [row] = await db.all(`SELECT * FROM ${db.name(TABLES.contacts)} WHERE id = ? AND ${where}`, [
    contactId,
    ...params,
  ]);
  return row ? cardOf(row) : null;
};
