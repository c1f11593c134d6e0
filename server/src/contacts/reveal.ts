import type { Audit } from '../audit/service';
import { TABLES } from '../constants';
import { notFound } from '../errors';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { maskNumbers } from './mask';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Shows one person's full number. It is written down first: a number that was seen is always in the audit trail. */
export const createReveal =
  (db: Database, audit: Audit) =>
  async (scope: Scope, contactId: number | null): Promise<string | null> => {
    const contacts = db.name(TABLES.contacts);
    const { organizationId, assignedTo } = scope;
    const own =
      assignedTo === undefined
        ? ''
        : ` AND id IN (SELECT contact_id FROM ${db.name(TABLES.conversations)} WHERE organization_id = ? AND assignee_id = ?)`;
    const params = [organizationId, ...(assignedTo === undefined ? [] : [organizationId, assignedTo])];
    const [row] =
      contactId === null
        ? []
        : await db.all(
            `SELECT phone, wa_id, name, profile_name FROM ${contacts} WHERE id = ? AND organization_id = ?${own}`,
            [contactId, ...params],
          );
    if (!row) throw notFound('Contact');
    const name = text(row.name) ?? text(row.profile_name);
    await audit.record(null, {
      organizationId,
      action: 'contact.reveal-phone',
      target: { type: 'contact', id: contactId, label: name && maskNumbers(name) },
    });
    const waId = text(row.wa_id);
    return text(row.phone) ?? (waId && `+${waId}`);
  };
