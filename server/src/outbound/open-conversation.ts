import { savePeople } from '../contacts/batch';
import { createPeople } from '../contacts/people';
import { touchConversations } from '../conversations/batch';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { TABLES } from '../constants';
import { notFound } from '../errors';
import type { Addressee } from './contract';

const identityOf = (addressee: Addressee) => ({
  phone: 'phone' in addressee ? addressee.phone : null,
  // Meta's own spelling is learned from its answer; until then the dialled digits lead to the person.
  waId: 'phone' in addressee ? addressee.phone.slice(1) : null,
  userId: 'userId' in addressee ? addressee.userId : null,
  parentUserId: null,
  username: null,
  profileName: null,
});

/** A contact for somebody whom nobody here knows. Throws RaceLost when another process was faster. */
const newContact = async (
  db: Database,
  tx: Tx,
  scope: Scope,
  addressee: Addressee,
  now: number,
): Promise<number> => {
  const people = createPeople(() => undefined);
  const person = people.resolve(scope.organizationId, identityOf(addressee), null, now);
  await savePeople(db, tx, people, now);
  if (!person || person.id === null) throw new Error('Nobody is addressed');
  return person.id;
};

/** Whoever sees only his own conversations did not find this one; that it is there is not for him to know or to write into. */
const assertOwn = async (
  db: Database,
  tx: Tx,
  { assignedTo }: Scope,
  integrationId: number,
  contactId: number | null,
): Promise<void> => {
  if (assignedTo === undefined || contactId === null) return;
  const [foreign] = await tx.all(
    `SELECT id FROM ${db.name(TABLES.conversations)} WHERE integration_id = ? AND contact_id = ?`,
    [integrationId, contactId],
  );
  if (foreign) throw notFound('Conversation');
};

/** The thread with a person on a number, made when there is none: the first message of it is a template of ours. */
export const openConversation = async (
  db: Database,
  tx: Tx,
  scope: Scope,
  to: { integrationId: number; contactId: number | null; addressee: Addressee },
  now: number,
): Promise<number> => {
  await assertOwn(db, tx, scope, to.integrationId, to.contactId);
  const contactId = to.contactId ?? (await newContact(db, tx, scope, to.addressee, now));
  const ids = await touchConversations(
    db,
    tx,
    [
      {
        organizationId: scope.organizationId,
        integrationId: to.integrationId,
        contactId,
        unread: 0,
        inboundAt: null,
        lastMessageKey: '',
        lastMessageAt: 0,
      },
    ],
    () => undefined,
    now,
  );
  const id = ids.get(to.integrationId, contactId) as number;
  if (scope.assignedTo !== undefined)
    await tx.run(`UPDATE ${db.name(TABLES.conversations)} SET assignee_id = ? WHERE id = ?`, [
      scope.assignedTo,
      id,
    ]);
  return id;
};
