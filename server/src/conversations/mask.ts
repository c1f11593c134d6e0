import { maskDeep, maskNumbers, ownNumbers } from '../contacts/mask';
import { holdsNumbers } from '../messages/mask';
import type { Conversation } from './contract';

const nameWithout = (name: string | null): string | null => name && maskNumbers(name);

/** A conversation for somebody who may not see full phone numbers; a contact without a name is often called by his. */
export const maskConversation = (conversation: Conversation): Conversation => {
  const { contact, lastMessage } = conversation;
  const own = ownNumbers(contact.phone, contact.waId);
  return {
    ...conversation,
    contact: {
      ...maskDeep(contact, { own }),
      name: nameWithout(contact.name),
      profileName: nameWithout(contact.profileName),
      username: nameWithout(contact.username),
    },
    lastMessage: lastMessage && maskDeep(lastMessage, { own, strict: holdsNumbers(lastMessage.type) }),
  };
};
