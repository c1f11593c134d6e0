import { searchContacts, type FoundContact } from '../contacts/search';
import { maskNumbers, maskPhone } from '../contacts/mask';
import { isWindowOpen } from '../conversations/service-window';
import { notFound } from '../errors';
import type { Registry } from '../integrations/registry';
import { createAddressBook } from '../outbound/addressee';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { FindPeople, StartPerson } from './contract';
import { readPhone } from './read-phone';

const MOST_PEOPLE = 20;

interface Deps {
  db: Database;
  registry: Registry;
  now(): number;
}

/** Whom a conversation could be started with: people by name, and the one behind a number that was typed in full. */
export const createStart = ({ db, registry, now }: Deps) => {
  const present = ({ masked }: Scope, person: FoundContact, typedId: number | null): StartPerson => {
    const { conversation, phone } = person;
    const text = (value: string | null): string | null => value && (masked ? maskNumbers(value) : value);
    return {
      contactId: String(person.id),
      name: text(person.name),
      profileName: text(person.profileName),
      phone: phone && masked ? maskPhone(phone) : phone,
      userId: person.userId,
      username: text(person.username),
      conversation: conversation && {
        id: String(conversation.id),
        windowOpen: isWindowOpen(conversation, now()),
        blocked: conversation.blocked,
      },
      isTyped: person.id === typedId,
    };
  };

  return async (
    scope: Scope,
    integrationId: number | null,
    q: string,
  ): Promise<FindPeople.Response['data']> => {
    const number = (await registry.all()).find(
      ({ id, organizationId }) => id === integrationId && organizationId === scope.organizationId,
    );
    if (!number) throw notFound('Integration');
    const phone = readPhone(q, number.phoneNumber);
    const book = createAddressBook(db, scope);
    const typedId = phone?.number
      ? (await book.find({ phone: phone.number }, number.id, [number.id])).contactId
      : null;
    const people = await searchContacts(db, scope, {
      integrationId: number.id,
      q,
      also: typedId,
      limit: MOST_PEOPLE,
    });
    return { people: people.map((person) => present(scope, person, typedId)), phone };
  };
};

export type Start = ReturnType<typeof createStart>;
