import type { ConversationContact } from '../../../server/src/conversations/contract';

type Named = Pick<
  ConversationContact,
  'name' | 'profileName' | 'username' | 'phone' | 'userId' | 'waId' | 'id'
>;

export type DisplayName = { text: string; isPhone: boolean } | { text: null; tail: string };

/**
 * What a person is called on screen: the team's name, else their own, else @username, else the number. Username users
 * may have none of these; then the end of their id tells two strangers apart (`text` null, `tail` for the sentence).
 */
export const displayName = (contact: Named): DisplayName => {
  const named = contact.name?.trim() || contact.profileName?.trim();
  if (named) return { text: named, isPhone: false };
  if (contact.username) return { text: `@${contact.username}`, isPhone: false };
  if (contact.phone) return { text: contact.phone, isPhone: true };
  if (contact.waId) return { text: `+${contact.waId}`, isPhone: true };
  return { text: null, tail: (contact.userId ?? contact.id).slice(-6) };
};

const graphemes = (text: string): string[] => {
  if (typeof Intl.Segmenter === 'function') {
    return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
      (part) => part.segment,
    );
  }
  return [...text];
};

/** Up to two initials; '' for numbers and nameless people, who get a symbol instead. */
export const initialsOf = (name: DisplayName): string => {
  if (name.text === null || name.isPhone) return '';
  const words = name.text
    .replace(/^@/, '')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0] ? (graphemes(words[0])[0] ?? '') : '';
  const last = words.length > 1 ? (graphemes(words[words.length - 1]!)[0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
};

/** Stable small number from an id, for the avatar's colour. */
export const hashOf = (id: string): number => {
  let hash = 5381;
  for (let index = 0; index < id.length; index += 1) hash = ((hash * 33) ^ id.charCodeAt(index)) >>> 0;
  return hash;
};
