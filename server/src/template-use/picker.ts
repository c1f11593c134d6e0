import { USUAL_TEMPLATE_LANGUAGE } from '../cloud-api/limits';
import { notFound } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import { findCard } from '../contacts/card';
import type { Conversation } from '../conversations/contract';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { presentTemplate } from '../templates/present';
import { accessRefusal } from './access';
import type { PickerTemplate, TemplatePicker } from './contract';
import type { Entries } from './entries';
import { accessOf, createTemplateUseRepository, type PickerRow } from './repository';
import { suggestLanguage, usualLanguage } from './suggest-language';

interface Deps {
  db: Database;
  registry: Registry;
  entries: Entries;
  conversation(scope: Scope, id: number | null): Promise<Conversation>;
}

/** Who looks: favourites and recent ones are his; `roles` null when no role limits him. */
export interface Picking {
  userId: number;
  roles: string[] | null;
}

/** A conversation; or one of our numbers, with the person to whom it would be the first message. */
export type PickerPlace =
  { conversationId: number | null } | { integrationId: number | null; contactId?: number | null };

const iso = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(Number(value)).toISOString();

const hasBindings = (bindings: unknown): boolean =>
  typeof bindings === 'string' && bindings !== '' && bindings !== '[]';

const reasonOf = (
  row: PickerRow,
  status: string,
  number: ConnectedNumber,
  roles: string[] | null,
  blocked: boolean,
): PickerTemplate['reason'] => {
  if (status !== 'APPROVED') return { key: 'status', facts: { status } };
  const refused = accessRefusal(accessOf(row), String(number.id), roles && { roles });
  if (refused) return { key: refused, facts: refused === 'number' ? { number: number.name } : {} };
  return blocked ? { key: 'blocked', facts: {} } : null;
};

const contactIdOf = (place: PickerPlace, thread: Conversation | null): number | null => {
  if (thread) return Number(thread.contact.id);
  return 'contactId' in place ? (place.contactId ?? null) : null;
};

/** All that the picker shows, in one statement for the templates whatever their number. */
export const createPicker = ({ db, registry, entries, conversation }: Deps) => {
  const numberOf = async (scope: Scope, id: number | null): Promise<ConnectedNumber> => {
    const number = (await registry.all()).find(
      (each) => each.id === id && each.organizationId === scope.organizationId,
    );
    if (!number) throw notFound('Integration');
    return number;
  };

  return async (scope: Scope, place: PickerPlace, { userId, roles }: Picking): Promise<TemplatePicker> => {
    const thread = 'conversationId' in place ? await conversation(scope, place.conversationId) : null;
    const number = await numberOf(
      scope,
      'integrationId' in place ? place.integrationId : Number(thread?.integrationId),
    );
    const repository = createTemplateUseRepository(db, scope);
    const rows = await repository.picker(number.businessAccountId, userId);
    const blocked = thread?.contact.blocked === true;
    const data = rows.map((row): PickerTemplate => {
      const template = presentTemplate(row, number.id);
      const reason = reasonOf(row, template.status, number, roles, blocked);
      return {
        ...template,
        favourite: row.favourite_at !== null,
        lastUsedAt: iso(row.last_used_at),
        sendable: reason === null,
        reason,
        hasBindings: hasBindings(row.bindings),
      };
    });
    const languages = data.filter(({ status }) => status === 'APPROVED').map(({ language }) => language);
    const contact = await findCard(db, scope, contactIdOf(place, thread));
    const linked = contact?.linkedEntry ?? null;
    const language = await suggestLanguage(
      [
        ['contact', () => contact?.language ?? null],
        ['linked_entry', () => (linked ? entries.soleLocaleOf(linked) : null)],
        ['conversation', () => (thread ? repository.lastLanguageIn(Number(thread.id)) : null)],
        ['default', () => usualLanguage(languages, USUAL_TEMPLATE_LANGUAGE)],
      ],
      [...new Set(languages)],
    );
    return { data, meta: { language } };
  };
};

export type Picker = ReturnType<typeof createPicker>;
