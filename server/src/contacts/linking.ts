import type { Audit } from '../audit/service';
import { TABLES } from '../constants';
import { notFound } from '../errors';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { findCard, type LinkedEntry } from './card';

interface Deps {
  db: Database;
  audit: Audit;
  now(): number;
  notify(): void;
}

/** Ties a person to an entry of the site's own content; the caller has checked that it is there for him. */
export const createLinking = ({ db, audit, now, notify }: Deps) => {
  const conversations = db.name(TABLES.conversations);
  return async (scope: Scope, contactId: number | null, entry: LinkedEntry | null): Promise<void> => {
    const card = await findCard(db, scope, contactId);
    if (!card) throw notFound('Contact');
    await db.transaction(async (tx) => {
      await tx.run(
        `UPDATE ${db.name(TABLES.contacts)} SET linked_type = ?, linked_document_id = ? WHERE id = ? AND organization_id = ?`,
        [entry?.contentType ?? null, entry?.documentId ?? null, card.id, scope.organizationId],
      );
      await audit.record(tx, {
        organizationId: scope.organizationId,
        action: entry ? 'contact.link' : 'contact.unlink',
        target: { type: 'contact', id: card.id },
        before: { linkedEntry: card.linkedEntry },
        after: { linkedEntry: entry },
      });
      const threads = await tx.all(
        `SELECT id, integration_id FROM ${conversations} WHERE organization_id = ? AND contact_id = ?`,
        [scope.organizationId, card.id],
      );
      const changes = threads.map((row) => ({
        kind: 'conversation.updated' as const,
        organizationId: scope.organizationId,
        integrationId: Number(row.integration_id),
        conversationId: Number(row.id),
        messageId: null,
      }));
      await appendChanges(db, tx, changes, now());
    });
    notify();
  };
};
