import { isBsuid, isE164 } from '../cloud-api/identity-format';
import { TABLES } from '../constants';
import { chooseContact, type Alias } from '../contacts/identity';
import { aliasesToLookUp } from '../contacts/people';
import { invalid, notFound, WhatsAppError } from '../errors';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Addressee } from './contract';
import { LAST_MESSAGE } from '../conversations/last-message';
import { numberOrNull } from '../storage/cells';

/** What the gate and the insert need to know about the conversation that a message goes to. */
export interface Target {
  integrationId: number;
  /** The person, when somebody here is known by that address. */
  contactId: number | null;
  /** null: there is no thread with that person on this number yet. */
  conversation: {
    id: number;
    contactId: number;
    blocked: boolean;
    lastInboundAt: number | null;
    windowRefusedAt: number | null;
    lastMessageKey: string | null;
    lastMessageId: number | null;
  } | null;
}

export const checkAddressee = (addressee: Addressee): void => {
  if ('phone' in addressee && !isE164(addressee.phone)) {
    throw new WhatsAppError(
      'invalid_phone_number',
      'The recipient has to be in international form: a plus sign, country code and number, digits only (E.164).',
    );
  }
  if ('userId' in addressee && !isBsuid(addressee.userId)) {
    throw invalid([{ path: 'userId', message: 'Is no business-scoped user ID, like US.9x7K2m4P' }]);
  }
};

const toTarget = (row: Record<string, unknown>): Target => ({
  integrationId: Number(row.integration_id),
  contactId: Number(row.contact_id),
  conversation: {
    id: Number(row.id),
    contactId: Number(row.contact_id),
    blocked: row.blocked_at !== null,
    lastInboundAt: numberOrNull(row.last_inbound_at),
    windowRefusedAt: numberOrNull(row.window_refused_at),
    lastMessageKey: row.last_message_key === null ? null : String(row.last_message_key),
    lastMessageId: numberOrNull(row.last_message_id),
  },
});

/** Finds conversations within one tenant; another tenant's ids are simply not found. */
export const createAddressBook = (db: Database, scope: Scope) => {
  const conversations = db.name(TABLES.conversations);
  /** Whoever sees only his own conversations writes into those only. */
  const own = `v.organization_id = ?${scope.assignedTo === undefined ? '' : ' AND v.assignee_id = ?'}`;
  const ownParams = [scope.organizationId, ...(scope.assignedTo === undefined ? [] : [scope.assignedTo])];
  const select =
    `SELECT v.id, v.integration_id, v.contact_id, v.blocked_at, v.last_inbound_at, v.window_refused_at, v.last_message_key, m.id AS last_message_id ` +
    `FROM ${conversations} v LEFT JOIN ${db.name(TABLES.messages)} m ON ${LAST_MESSAGE} `;

  const byContact = async (contactId: number): Promise<Target[]> =>
    (
      await db.all(`${select} WHERE ${own} AND v.contact_id = ? ORDER BY v.last_message_at DESC`, [
        ...ownParams,
        contactId,
      ])
    ).map(toTarget);

  /**
   * As ingest recognises people: the exact name first, then the other spellings of three countries. A name that somebody
   * went by before leads to nobody: the number may be a stranger's by now.
   */
  const contactByAlias = async (alias: Alias): Promise<number | null> => {
    const wanted = aliasesToLookUp([alias]).map(({ value }) => value);
    const rows = await db.all(
      `SELECT contact_id, value FROM ${db.name(TABLES.aliases)} WHERE organization_id = ? AND kind = ? AND superseded_at IS NULL AND value IN (${wanted.map(() => '?').join(', ')})`,
      [scope.organizationId, alias.kind, ...wanted],
    );
    const byValue = new Map(rows.map((row) => [String(row.value), Number(row.contact_id)]));
    return chooseContact([alias], ({ value }) => byValue.get(value)) ?? null;
  };

  const contactOf = async (addressee: Addressee): Promise<number | null> => {
    if ('phone' in addressee) return contactByAlias({ kind: 'wa', value: addressee.phone.slice(1) });
    if ('userId' in addressee) return contactByAlias({ kind: 'bsuid', value: addressee.userId });
    if (!('contactId' in addressee) || addressee.contactId === null) throw notFound('Contact');
    // An id alone leads only to somebody whom the writer may see.
    const known =
      scope.assignedTo === undefined
        ? ''
        : ` AND id IN (SELECT v.contact_id FROM ${conversations} v WHERE ${own})`;
    const [row] = await db.all(
      `SELECT id FROM ${db.name(TABLES.contacts)} WHERE id = ? AND organization_id = ?${known}`,
      [addressee.contactId, scope.organizationId, ...(scope.assignedTo === undefined ? [] : ownParams)],
    );
    if (!row) throw notFound('Contact');
    return addressee.contactId;
  };

  return {
    /** `integrationIds`: the tenant's connected numbers. Throws when more than one could be meant. */
    async find(
      addressee: Addressee,
      integrationId: number | null,
      integrationIds: number[],
    ): Promise<Target> {
      if ('conversationId' in addressee) {
        const rows =
          addressee.conversationId === null
            ? []
            : await db.all(`${select} WHERE ${own} AND v.id = ?`, [...ownParams, addressee.conversationId]);
        if (rows.length === 0) throw notFound('Conversation');
        const target = toTarget(rows[0]);
        if (integrationId !== null && integrationId !== target.integrationId) {
          throw invalid([{ path: 'integrationId', message: 'Is not the number of this conversation' }]);
        }
        return target;
      }
      const contactId = await contactOf(addressee);
      const targets = contactId === null ? [] : await byContact(contactId);
      const meant = integrationId ?? soleNumber(targets, integrationIds);
      return (
        targets.find((target) => target.integrationId === meant) ?? {
          integrationId: meant,
          contactId,
          conversation: null,
        }
      );
    },
  };
};

const soleNumber = (targets: Target[], integrationIds: number[]): number => {
  const connected = targets.filter((target) => integrationIds.includes(target.integrationId));
  if (connected.length === 1) return connected[0].integrationId;
  if (integrationIds.length === 1) return integrationIds[0];
  if (integrationIds.length === 0) throw notFound('Integration');
  throw invalid([
    { path: 'integrationId', message: 'Name the number to send from: more than one could be meant' },
  ]);
};
