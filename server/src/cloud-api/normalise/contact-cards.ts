import type { ContactCard, ContactsContent } from '../content';
import { isObject, list, object, text, type JsonObject } from '../read';
import { cardName } from './best-text';

/** `origin` sits on the message in Meta's sample and inside the first card in live payloads seen by others: read both. */
export function contactsContent(message: JsonObject): ContactsContent {
  const cards = list(message.contacts).filter(isObject);
  const origin = text(message.origin) ?? text(cards[0]?.origin);
  const contacts = cards.map(contactCard);
  return origin === null ? { contacts } : { contacts, origin };
}

function contactCard(card: JsonObject): ContactCard {
  return {
    name: cardName(card),
    phones: each(card.phones, (phone) => ({
      phone: text(phone.phone),
      waId: text(phone.wa_id),
      type: text(phone.type),
    })),
    emails: each(card.emails, (email) => ({ email: text(email.email), type: text(email.type) })),
    urls: each(card.urls, (url) => text(url.url)).filter(isText),
    addresses: each(card.addresses, address).filter(isText),
    company: text(object(card.org)?.company),
    birthday: text(card.birthday),
    vcard: text(card.vcard),
  };
}

function address(value: JsonObject): string | null {
  const parts = [value.street, value.zip, value.city, value.state, value.country].map(text).filter(isText);
  return parts.length > 0 ? parts.join(', ') : null;
}

function each<T>(value: unknown, read: (item: JsonObject) => T): T[] {
  return list(value).filter(isObject).map(read);
}

function isText(value: string | null): value is string {
  return value !== null && value !== '';
}
