import type { Audit } from '../audit/service';
import type { GraphClient } from '../cloud-api/client';
import { describeMetaError, toGraphError } from '../cloud-api/errors';
import { blockPayload } from '../cloud-api/payloads';
import { isWindowOpen } from '../conversations/service-window';
import { TABLES } from '../constants';
import { notFound, WhatsAppError } from '../errors';
import type { ConnectedNumber } from '../integrations/registry';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';

interface Deps {
  db: Database;
  audit: Audit;
  number(integrationId: number): Promise<ConnectedNumber | undefined>;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
  notify(): void;
}

interface Person {
  conversationId: number;
  phone: string | null;
  userId: string | null;
  blockedAt: number | null;
  lastInboundAt: number | null;
}

/** Meta's block list: one per number, kept by Meta, remembered here on the conversation. */
export const createBlocking = ({ db, audit, number: numberOf, clientFor, now, notify }: Deps) => {
  const personOf = async (scope: Scope, contactId: number, integrationId: number): Promise<Person> => {
    const own = scope.assignedTo === undefined ? '' : ' AND v.assignee_id = ?';
    const [row] = await db.all(
      `SELECT v.id, v.blocked_at, v.last_inbound_at, c.phone, c.wa_id, c.user_id FROM ${db.name(TABLES.conversations)} v ` +
        `JOIN ${db.name(TABLES.contacts)} c ON c.id = v.contact_id ` +
        `WHERE v.organization_id = ? AND v.contact_id = ? AND v.integration_id = ? AND c.group_id IS NULL${own}`,
      [
        scope.organizationId,
        contactId,
        integrationId,
        ...(scope.assignedTo === undefined ? [] : [scope.assignedTo]),
      ],
    );
    if (!row) throw notFound('Contact');
    return {
      conversationId: Number(row.id),
      phone: row.wa_id ? `+${String(row.wa_id)}` : row.phone ? String(row.phone) : null,
      userId: row.user_id === null ? null : String(row.user_id),
      blockedAt: row.blocked_at === null ? null : Number(row.blocked_at),
      lastInboundAt: row.last_inbound_at === null ? null : Number(row.last_inbound_at),
    };
  };

  const ask = async (number: ConnectedNumber, person: Person, wish: 'block' | 'unblock'): Promise<void> => {
    try {
      const { refused } = await clientFor(number)[wish](number.phoneNumberId, blockPayload(person));
      if (refused === null) return;
      const { hint } = describeMetaError({ code: 139100, title: null, message: null, details: null });
      throw new WhatsAppError(
        'provider_error',
        `WhatsApp did not ${wish} this person. ${hint ?? ''}`.trim(),
        {
          meta: { code: refused.code, title: null, details: refused.message, fbtraceId: null },
        },
      );
    } catch (error) {
      if (error instanceof WhatsAppError) throw error;
      const failure = toGraphError(error, { sending: false });
      throw new WhatsAppError('provider_error', failure.message, {
        meta: failure.meta && { ...failure.meta },
      });
    }
  };

  const write = (scope: Scope, contactId: number, integrationId: number, person: Person, at: number | null) =>
    db.transaction(async (tx) => {
      const { conversationId } = person;
      const conversations = db.name(TABLES.conversations);
      await tx.run(`UPDATE ${conversations} SET blocked_at = ? WHERE id = ?`, [at, conversationId]);
      const [others] = await tx.all(
        `SELECT count(*) AS n FROM ${conversations} WHERE organization_id = ? AND contact_id = ? AND blocked_at IS NOT NULL`,
        [scope.organizationId, contactId],
      );
      await tx.run(
        `UPDATE ${db.name(TABLES.contacts)} SET blocked = ${Number(others?.n ?? 0) > 0 ? 'TRUE' : 'FALSE'} WHERE id = ?`,
        [contactId],
      );
      const change = { organizationId: scope.organizationId, integrationId, conversationId, messageId: null };
      await appendChanges(db, tx, [{ ...change, kind: 'conversation.updated' }], now());
      await audit.record(tx, {
        organizationId: scope.organizationId,
        action: at === null ? 'contact.unblock' : 'contact.block',
        target: { type: 'contact', id: contactId },
        after: { integrationId },
      });
    });

  return {
    async set(
      scope: Scope,
      contactId: number | null,
      integrationId: number | null,
      blocked: boolean,
    ): Promise<{ blocked: boolean }> {
      const number = integrationId === null ? undefined : await numberOf(integrationId);
      if (number?.organizationId !== scope.organizationId) throw notFound('Integration');
      if (contactId === null) throw notFound('Contact');
      const person = await personOf(scope, contactId, number.id);
      if (!number.active)
        throw new WhatsAppError('integration_inactive', 'This number is switched off. Switch it on first.');
      // Meta, block-users: only people who wrote within the last 24 hours.
      const recent = isWindowOpen({ lastInboundAt: person.lastInboundAt, refusedAt: null }, now());
      if (blocked && person.blockedAt === null && !recent)
        throw new WhatsAppError(
          'window_closed',
          'WhatsApp lets you block only people who wrote to this number within the last 24 hours.',
        );
      if (blocked !== (person.blockedAt !== null)) {
        await ask(number, person, blocked ? 'block' : 'unblock');
        await write(scope, contactId, number.id, person, blocked ? now() : null);
        notify();
      }
      return { blocked };
    },
  };
};
