import { findCard, type ContactCard } from '../contacts/card';
import { maskNumbers, maskOwnNumbers, ownNumbers } from '../contacts/mask';
import { WhatsAppError } from '../errors';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { TemplateDefinition } from '../templates/model';
import { bindingKey, parametersOf } from '../templates/parameters';
import { isMediaKind, type MediaKind, type TemplateValues } from '../templates/values';
import type { EntryRef, ResolvedValues, TemplateBinding, ValueSource } from './contract';
import type { Entries } from './entries';
import type { LibraryFileFacts } from './entry-value';
import { lookUp } from './look';
import type { ContentReader } from './path';
import { APPROVED } from './readers';
import type { StoredBinding } from './repository';
import { resolveValues, type Looked } from './resolve';

interface Deps {
  db: Database;
  entries: Entries;
  timeZoneOf(scope: Scope): Promise<string>;
  /** Makes a file of the Media Library sendable; answers the upload's id. */
  attach(scope: Scope, file: LibraryFileFacts, kind: MediaKind): Promise<string>;
  now(): number;
}

export interface FillOrder {
  bindings: readonly StoredBinding[];
  /** What the sender brought himself. */
  given: TemplateValues;
  contact: ContactCard | null;
  entry: EntryRef | null;
  /** null: what was approved by whoever saved the bindings. */
  reader: ContentReader | null;
}

/** An upload that nothing uses is kept for a month: within this time it is there for certain. */
const REUSE_MS = 60 * 60 * 1000;
const MOST_KEPT = 500;

type Sendable = ReturnType<Parameters<typeof resolveValues>[2]['fileOf']>;

const isTelling = (scope: Scope, contact: ContactCard | null) => {
  const own = ownNumbers(contact?.phone);
  return (text: string, from: ValueSource['from']): boolean =>
    scope.masked === true &&
    (from === 'contact' ? maskNumbers(text) !== text : maskOwnNumbers(text, own) !== text);
};

/** Somebody whom we do not know yet is known by what he is written to. */
export const strangerWith = (phone: string | null): ContactCard => ({
  id: 0,
  name: null,
  profileName: null,
  username: null,
  phone,
  email: null,
  language: null,
  tags: [],
  customAttributes: {},
  linkedEntry: null,
  isTest: false,
});

/** Fills templates from their bindings. */
export const createFill = ({ db, entries, timeZoneOf, attach, now }: Deps) => {
  const kept = new Map<string, { uploadId: string; at: number }>();

  const sendable = async (scope: Scope, file: LibraryFileFacts, kind: MediaKind): Promise<Sendable> => {
    const key = [scope.organizationId, file.id, file.version, kind].join(':');
    const known = kept.get(key);
    if (known && known.at > now() - REUSE_MS) return { uploadId: known.uploadId };
    try {
      const uploadId = await attach(scope, file, kind);
      kept.delete(key);
      kept.set(key, { uploadId, at: now() });
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
      return { uploadId };
    } catch (error) {
      if (error instanceof WhatsAppError) return { problem: 'file_unusable' };
      throw error;
    }
  };

  /** Files have to be made sendable before the values are put together. */
  const filesFor = async (
    scope: Scope,
    template: TemplateDefinition,
    bindings: readonly TemplateBinding[],
    look: (source: Exclude<ValueSource, { from: 'text' }>) => Looked,
  ): Promise<Map<string, Sendable>> => {
    const files = new Map<string, Sendable>();
    for (const parameter of parametersOf(template)) {
      const { kind } = parameter;
      const source = bindings.find((each) => each.parameter === bindingKey(parameter))?.source;
      if (!isMediaKind(kind) || !source || source.from === 'text') continue;
      const value = look(source);
      const file = 'problem' in value ? undefined : value.files[0];
      if (file) files.set(`${file.id}:${kind}`, await sendable(scope, file, kind));
    }
    return files;
  };

  return {
    contactOf: (scope: Scope, contactId: number | null) => findCard(db, scope, contactId),
    async values(
      scope: Scope,
      template: TemplateDefinition,
      { bindings, given, contact, entry, reader }: FillOrder,
    ): Promise<Omit<ResolvedValues, 'needsEntry'>> {
      const { language } = template;
      // A person's own rights decide for him; types that were approved are for those who bring none.
      const asked = reader ? bindings.map(({ types: _types, ...binding }) => binding) : bindings;
      const look = await lookUp(entries, asked, { contact, entry, language }, reader ?? APPROVED);
      const files = await filesFor(scope, template, asked, look);
      return resolveValues(template, given, {
        bindings: asked,
        look,
        fileOf: (file, kind) => files.get(`${file.id}:${kind}`) ?? { problem: 'wrong_kind' },
        isHidden: isTelling(scope, contact),
        writing: { language, timeZone: await timeZoneOf(scope) },
      });
    },
  };
};

export type Fill = ReturnType<typeof createFill>;
