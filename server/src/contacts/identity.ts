import type { Identity } from '../cloud-api/events';

/** Kinds of alias, strongest evidence of continuity first (see `chooseContact`). */
export type AliasKind = 'group' | 'wa' | 'bsuid' | 'parent_bsuid';

export interface Alias {
  kind: AliasKind;
  value: string;
}

const digits = (text: string): string => text.replace(/\D/g, '');

/**
 * Every alias that an event proves. Phone and wa_id share one namespace. Username is never a key: people change it at
 * will (Meta, business-scoped-user-ids).
 */
export const aliasesOf = (identity: Identity, groupId: string | null = null): Alias[] => {
  if (groupId) return [{ kind: 'group', value: groupId }];
  const aliases: Alias[] = [];
  const add = (kind: AliasKind, value: string | null): void => {
    if (value && !aliases.some((alias) => alias.kind === kind && alias.value === value)) {
      aliases.push({ kind, value });
    }
  };
  add('wa', identity.waId && digits(identity.waId));
  add('wa', identity.phone && digits(identity.phone));
  add('bsuid', identity.userId);
  add('parent_bsuid', identity.parentUserId);
  return aliases;
};

/**
 * Other spellings under which the same person may be stored. Only for the three countries where Meta's wa_id differs
 * from the dialled number (Brazil's ninth digit, Mexico's 1, Argentina's 9); used to look up, never to store.
 */
export const waVariants = (value: string): string[] => {
  if (/^521\d{10}$/.test(value)) return [`52${value.slice(3)}`];
  if (/^52[2-9]\d{9}$/.test(value)) return [`521${value.slice(2)}`];
  if (/^549\d{10}$/.test(value)) return [`54${value.slice(3)}`];
  if (/^54[1-8]\d{9}$/.test(value)) return [`549${value.slice(2)}`];
  if (/^55\d{2}9\d{8}$/.test(value)) return [`${value.slice(0, 4)}${value.slice(5)}`];
  // Mobile lines only: a landline never takes the ninth digit.
  if (/^55\d{2}[6-9]\d{7}$/.test(value)) return [`${value.slice(0, 4)}9${value.slice(4)}`];
  return [];
};

/**
 * Which stored contact an event belongs to, given what each of its aliases (and their variants) points at. The phone's
 * contact wins over the BSUID's when they differ: it holds the thread that people know (Chatwoot had to learn this).
 */
export const chooseContact = (
  aliases: Alias[],
  find: (alias: Alias) => number | undefined,
): number | undefined => {
  const order: AliasKind[] = ['group', 'wa', 'bsuid', 'parent_bsuid'];
  for (const kind of order) {
    const mine = aliases.filter((alias) => alias.kind === kind);
    for (const alias of mine) {
      const exact = find(alias);
      if (exact !== undefined) return exact;
    }
    if (kind !== 'wa') continue;
    for (const alias of mine) {
      for (const value of waVariants(alias.value)) {
        const near = find({ kind, value });
        if (near !== undefined) return near;
      }
    }
  }
  return undefined;
};

/** The name to show: what the team typed, the profile's, the username, the phone, then the tail of the BSUID. */
export const displayName = (contact: {
  name?: string | null;
  profileName?: string | null;
  username?: string | null;
  phone?: string | null;
  userId?: string | null;
}): string => {
  const named = contact.name?.trim() || contact.profileName?.trim();
  if (named) return named;
  if (contact.username) return `@${contact.username}`;
  return contact.phone ?? `WhatsApp user …${(contact.userId ?? '').slice(-6)}`;
};
