import type { ContactCard } from '../contacts/card';
import type { EntryRef, TemplateBinding, ValueSource } from './contract';
import type { Entries } from './entries';
import { valueAt, type EntryValue } from './entry-value';
import { followPath, type ContentReader, type Path, type PathProblem } from './path';
import type { StoredBinding } from './repository';
import type { Looked } from './resolve';

/** Of whom and of what the values are. */
export interface Subject {
  contact: ContactCard | null;
  entry: EntryRef | null;
  language: string;
}

interface Loaded {
  ref: EntryRef | null;
  paths: Map<string, Path | PathProblem>;
  entry: Record<string, unknown> | null;
}

const own = (record: object, key: string): unknown =>
  Object.prototype.hasOwnProperty.call(record, key) ? (record as Record<string, unknown>)[key] : undefined;

const CONTACT_FIELDS = ['name', 'profileName', 'username', 'phone', 'email', 'language', 'tags'];

/** Whether a contact has such a field; what stands under `customAttributes` is the site's. */
export const isContactField = (path: string): boolean =>
  CONTACT_FIELDS.includes(path) || /^customAttributes(\.[^.]{1,100}){1,3}$/.test(path);

const contactValue = (contact: ContactCard, path: string): EntryValue => {
  const steps = path.split('.');
  const found = steps.reduce<unknown>(
    (place, step) => (typeof place === 'object' && place !== null ? own(place, step) : undefined),
    // What the team typed, else what the person calls himself: "Hi ," helps nobody.
    { ...contact, name: contact.name ?? contact.profileName },
  );
  const scalars = (Array.isArray(found) ? found : [found]).filter((each): each is string | number | boolean =>
    ['string', 'number', 'boolean'].includes(typeof each),
  );
  return { type: 'string', scalars, files: [] };
};

const pathsFor = (
  entries: Entries,
  ref: EntryRef | null,
  dotted: string[],
  reader: ContentReader,
): Map<string, Path | PathProblem> =>
  new Map(
    ref ? dotted.map((path) => [path, followPath(entries.schemas, ref.contentType, path, reader)]) : [],
  );

/** Reads everything that these bindings speak of, each entry once, and answers from it. */
export const lookUp = async (
  entries: Entries,
  bindings: readonly (TemplateBinding & Pick<StoredBinding, 'types'>)[],
  { contact, entry, language }: Subject,
  reader: ContentReader,
): Promise<(source: Exclude<ValueSource, { from: 'text' }>) => Looked> => {
  const linked = contact?.linkedEntry ?? null;
  const load = async (ref: EntryRef | null, dotted: string[]): Promise<Loaded> => {
    const paths = pathsFor(entries, ref, dotted, reader);
    const good = [...paths.values()].filter((path): path is Path => typeof path !== 'string');
    const found = ref && good.length > 0 ? await entries.load(ref, language, good, reader) : null;
    return { ref, paths, entry: found };
  };
  const of = (from: 'linked' | 'entry'): string[] =>
    bindings.flatMap(({ source, types }) => {
      if (source.from !== from) return [];
      if (source.from === 'entry') return source.contentType === entry?.contentType ? [source.path] : [];
      return types && linked && !types.includes(linked.contentType) ? [] : [source.path];
    });
  const [fromLinked, fromEntry] = await Promise.all([load(linked, of('linked')), load(entry, of('entry'))]);

  const read = ({ paths, entry: found }: Loaded, dotted: string): Looked => {
    const path = paths.get(dotted);
    if (path === undefined || path === 'gone') return { problem: 'field_gone' };
    if (path === 'forbidden') return { problem: 'not_readable' };
    return found ? valueAt(found, path) : { problem: 'entry_missing' };
  };

  return (source) => {
    switch (source.from) {
      case 'contact':
        if (!isContactField(source.path)) return { problem: 'field_gone' };
        return contact ? contactValue(contact, source.path) : { problem: 'no_contact' };
      case 'linked':
        if (!contact) return { problem: 'no_contact' };
        return linked ? read(fromLinked, source.path) : { problem: 'not_linked' };
      default:
        if (!entry || entry.contentType !== source.contentType) return { problem: 'no_entry' };
        return read(fromEntry, source.path);
    }
  };
};
