import type { Core } from '@strapi/strapi';
import type { People } from '../access/people';
import type { Audit } from '../audit/service';
import type { LinkedEntry } from '../contacts/card';
import type { ContactLink } from '../contacts/contract';
import { customFieldsOf } from '../contacts/custom-fields';
import { createLinking } from '../contacts/linking';
import { createTestContacts } from '../contacts/test-contacts';
import type { Conversation } from '../conversations/contract';
import { invalid, notFound } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { SendCommand, SendResult } from '../outbound/contract';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Template } from '../templates/contract';
import type { MediaKind } from '../templates/values';
import { labelOf } from './bindable-fields';
import { createBindings } from './bindings';
import type {
  BindableField,
  BindableType,
  EntryRef,
  LinkedEntryCard,
  ResolvedValues,
  TemplateBinding,
} from './contract';
import { createEntries } from './entries';
import type { LibraryFileFacts } from './entry-value';
import { createFill } from './fill';
import { createTemplateLimits } from './limits';
import type { ContentReader } from './path';
import { createPicker } from './picker';
import { createTemplateUseRepository } from './repository';
import { createTestSend, type TestOrder } from './test-send';

interface Deps {
  strapi: Core.Strapi;
  db: Database;
  audit: Audit;
  registry: Registry;
  people: Pick<People, 'roles'>;
  template(scope: Scope, id: number | null): Promise<Template>;
  conversation(scope: Scope, id: number | null): Promise<Conversation>;
  timeZoneOf(scope: Scope): Promise<string>;
  attach(scope: Scope, file: LibraryFileFacts, kind: MediaKind): Promise<string>;
  send(command: SendCommand): Promise<SendResult>;
  now(): number;
  notify(): void;
}

/** Whose values: of a thread's person, of a contact, or of nobody yet. */
export interface ValuesOrder {
  conversationId?: number | null;
  contactId?: number | null;
  entry: EntryRef | null;
  /** To try out; absent: those that are saved. */
  bindings?: TemplateBinding[];
}

const CONTACT_FIELDS: BindableField[] = (
  [
    ['name', 'Name'],
    ['profileName', 'Profile name'],
    ['phone', 'Phone'],
    ['email', 'Email'],
    ['language', 'Language'],
    ['username', 'Username'],
  ] as const
).map(([path, label]) => ({ path, label, type: 'text' }));

/** With what programs have added to contacts. */
const contactType = (custom: string[]): BindableType => ({
  uid: 'contact',
  label: 'Contact',
  fields: [
    ...CONTACT_FIELDS,
    ...custom.map((path) => ({
      path: `customAttributes.${path}`,
      label: labelOf(path),
      type: 'text' as const,
    })),
  ],
});

/** The type of which an entry has to be chosen before a binding can bring its value. */
const neededEntry = (
  bindings: readonly TemplateBinding[],
  parameters: ResolvedValues['parameters'],
): string | null => {
  const open = parameters.find(({ problem }) => problem === 'no_entry');
  const source = bindings.find(({ parameter }) => parameter === open?.key)?.source;
  return source?.from === 'entry' ? source.contentType : null;
};

/** Using a template: where its values come from, who may use it, what the picker shows, trying it out. */
export const createTemplateUse = (deps: Deps) => {
  const { db, audit, registry, now, notify } = deps;
  const entries = createEntries(deps.strapi);
  const bindings = createBindings({ db, audit, entries });
  const fill = createFill({ db, entries, timeZoneOf: deps.timeZoneOf, attach: deps.attach, now });
  const limits = createTemplateLimits({ db, audit, registry, roles: deps.people.roles });
  const linking = createLinking({ db, audit, now, notify });
  const testContacts = createTestContacts({ db, audit, now });
  const testSend = createTestSend({ audit, testContacts, send: deps.send });

  const contactOf = async (scope: Scope, { conversationId, contactId }: ValuesOrder) => {
    if (conversationId !== undefined) {
      const { contact } = await deps.conversation(scope, conversationId);
      return fill.contactOf(scope, Number(contact.id));
    }
    if (contactId === undefined) return null;
    const card = await fill.contactOf(scope, contactId);
    if (!card) throw notFound('Contact');
    return card;
  };

  return {
    bindings,
    fill,
    testContacts,
    picker: createPicker({ db, registry, entries, conversation: deps.conversation }),
    async types(scope: Scope, reader: ContentReader): Promise<BindableType[]> {
      return [contactType(await customFieldsOf(db, scope)), ...entries.types(reader)];
    },
    entries: entries.list,
    async getBindings(scope: Scope, id: number | null) {
      return bindings.get(scope, await deps.template(scope, id));
    },
    async saveBindings(scope: Scope, id: number | null, wanted: TemplateBinding[], reader: ContentReader) {
      return bindings.save(scope, await deps.template(scope, id), wanted, reader);
    },
    async getAccess(scope: Scope, id: number | null) {
      return limits.get(scope, await deps.template(scope, id));
    },
    async saveAccess(scope: Scope, id: number | null, wanted: { roles: string[]; integrations: string[] }) {
      return limits.save(scope, await deps.template(scope, id), wanted);
    },
    /** What a template's parameters get, read with the asking person's eyes. */
    async values(
      scope: Scope,
      id: number | null,
      order: ValuesOrder,
      reader: ContentReader,
    ): Promise<ResolvedValues> {
      const template = await deps.template(scope, id);
      const contact = await contactOf(scope, order);
      const used = order.bindings ?? (await bindings.stored(scope, template));
      const { entry } = order;
      const found = await fill.values(scope, template, { bindings: used, given: {}, contact, entry, reader });
      return { ...found, needsEntry: neededEntry(used, found.parameters) };
    },
    async favourite(scope: Scope, id: number | null, userId: number, isOne: boolean): Promise<void> {
      const template = await deps.template(scope, id);
      const at = isOne ? now() : null;
      await db.transaction((tx) =>
        createTemplateUseRepository(db, scope).markFavourite(tx, template, userId, at),
      );
    },
    /** A person sent it: his picker shows it among the recent ones. */
    async noteUse(scope: Scope, number: ConnectedNumber, name: string, userId: number): Promise<void> {
      const template = { businessAccountId: number.businessAccountId, name };
      await db.transaction((tx) =>
        createTemplateUseRepository(db, scope).markUsed(tx, template, userId, now()),
      );
    },
    async test(scope: Scope, id: number | null, order: Omit<TestOrder, 'template'>) {
      return testSend(scope, { ...order, template: await deps.template(scope, id) });
    },
    async linkOf(
      scope: Scope,
      contactId: number | null,
      reader: ContentReader,
    ): Promise<LinkedEntryCard | null> {
      const card = await fill.contactOf(scope, contactId);
      if (!card) throw notFound('Contact');
      return card.linkedEntry && entries.describe(card.linkedEntry, reader);
    },
    /** Ties a contact to an entry that this person may read; null takes the link away. */
    async link(
      scope: Scope,
      contactId: number | null,
      entry: LinkedEntry | null,
      reader: ContentReader,
    ): Promise<ContactLink> {
      if (!(await fill.contactOf(scope, contactId))) throw notFound('Contact');
      if (entry && !(await entries.exists(entry, reader)))
        throw invalid([{ path: 'documentId', message: 'There is no such entry, or you may not read it' }]);
      await linking(scope, contactId, entry);
      return { id: String(contactId), linkedEntry: entry };
    },
  };
};

export type TemplateUse = ReturnType<typeof createTemplateUse>;
