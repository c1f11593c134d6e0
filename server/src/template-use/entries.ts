import type { Core, UID } from '@strapi/strapi';
import { notFound } from '../errors';
import type { BindableEntry, BindableType, EntryRef, LinkedEntryCard } from './contract';
import { languageTag } from './formats';
import { bindableFields } from './bindable-fields';
import { isTellable, type ContentReader, type Path } from './path';
import { queryFor } from './populate';
import { createSchemas, isLocalized, modelOf } from './readers';

type Entry = Record<string, unknown>;

interface Documents {
  findFirst(query: object): Promise<Entry | null>;
  findMany(query: object): Promise<Entry[]>;
}

const MOST_ENTRIES = 25;

const LABELS = /^(title|name|label|displayName|subject|slug)$/i;
const WORDS = new Set(['string', 'text', 'uid', 'email']);

/** The locale of a site that a template's language means: the same one, else the language alone. */
export const localeFor = (language: string, codes: readonly string[]): string | null => {
  const wanted = languageTag(language).toLowerCase();
  const [base] = wanted.split('-');
  const find = (tag: string) => codes.find((code) => code.replace(/_/g, '-').toLowerCase() === tag);
  return (
    find(wanted) ?? find(base) ?? codes.find((code) => code.toLowerCase().startsWith(`${base}-`)) ?? null
  );
};

/** The site's own content, seen with somebody's eyes. Published entries only. */
export const createEntries = (strapi: Core.Strapi) => {
  const schemas = createSchemas(strapi);
  const documents = (uid: string): Documents =>
    strapi.documents(uid as UID.ContentType) as unknown as Documents;

  const locales = async (): Promise<{ codes: string[]; usual: string | null }> => {
    const service = (strapi.plugins as Record<string, Core.Plugin | undefined>).i18n?.service('locales') as
      { find(): Promise<{ code: string }[]>; getDefaultLocale(): Promise<string | null> } | undefined;
    if (!service) return { codes: [], usual: null };
    return { codes: (await service.find()).map(({ code }) => code), usual: await service.getDefaultLocale() };
  };

  /** In which locales an entry is looked for, best first; `undefined` for a type without locales. */
  const localesToTry = async (
    uid: string,
    language: string,
    asked: string | undefined,
  ): Promise<(string | undefined)[]> => {
    const model = modelOf(strapi, uid);
    if (!model || !isLocalized(model)) return [undefined];
    const { codes, usual } = await locales();
    const wanted = [asked, localeFor(language, codes), usual];
    return [...new Set(wanted.filter((code): code is string => Boolean(code)))];
  };

  const filtersOf = (uid: string, reader: ContentReader, own: object[]): object => {
    const allowed = reader.filtersFor(uid);
    return { $and: [...own, ...(allowed ? [allowed] : [])] };
  };

  const mainFieldOf = (uid: string, reader: ContentReader): string | null => {
    const fields = Object.entries(schemas.attributesOf(uid) ?? {})
      .filter(
        ([name, attribute]) =>
          WORDS.has(attribute.type) && isTellable(attribute) && reader.mayRead(uid, name),
      )
      .map(([name]) => name);
    return fields.find((name) => LABELS.test(name)) ?? fields[0] ?? null;
  };

  const assertReadable = (uid: string, reader: ContentReader): void => {
    if (!schemas.isOpen(uid) || !reader.mayRead(uid, null)) throw notFound('Content type');
  };

  return {
    schemas,
    /** Every type and field that may be bound with these eyes. */
    types(reader: ContentReader): BindableType[] {
      return Object.keys(strapi.contentTypes)
        .filter((uid) => schemas.isOpen(uid) && reader.mayRead(uid, null))
        .map((uid) => ({
          uid,
          label: modelOf(strapi, uid)?.info?.displayName ?? uid,
          fields: bindableFields(schemas, uid, reader),
        }))
        .filter(({ fields }) => fields.length > 0);
    },
    /** Brings what these paths lead to; null when the entry is deleted, unpublished or not for these eyes. */
    async load(
      ref: EntryRef,
      language: string,
      paths: readonly Path[],
      reader: ContentReader,
    ): Promise<Entry | null> {
      const { contentType: uid, documentId } = ref;
      if (!schemas.isOpen(uid) || !reader.mayRead(uid, null)) return null;
      const { fields, populate } = queryFor(paths, reader);
      const filters = filtersOf(uid, reader, [{ documentId: { $eq: documentId } }]);
      for (const locale of await localesToTry(uid, language, ref.locale)) {
        const entry = await documents(uid).findFirst({
          filters,
          status: 'published',
          fields: ['documentId', ...fields],
          populate,
          ...(locale === undefined ? {} : { locale }),
        });
        if (entry) return entry;
      }
      return null;
    },
    /** Whether these eyes may see the entry, in whatever locale and state. */
    async exists({ contentType: uid, documentId }: EntryRef, reader: ContentReader): Promise<boolean> {
      if (!schemas.isOpen(uid) || !reader.mayRead(uid, null)) return false;
      const filters = filtersOf(uid, reader, [{ documentId: { $eq: documentId } }]);
      return (await strapi.db.query(uid).findOne({ where: filters, select: ['id'] })) !== null;
    },
    /** How an entry is called, in whatever locale and state; null when it is deleted or not for these eyes. */
    async describe(ref: EntryRef, reader: ContentReader): Promise<LinkedEntryCard> {
      const { contentType: uid, documentId } = ref;
      const model = modelOf(strapi, uid);
      const card = { contentType: uid, documentId, type: model?.info?.displayName ?? uid };
      const single = (model as { kind?: string } | undefined)?.kind === 'singleType';
      if (!model || !schemas.isOpen(uid) || !reader.mayRead(uid, null))
        return { ...card, title: null, single };
      const label = mainFieldOf(uid, reader);
      const filters = filtersOf(uid, reader, [{ documentId: { $eq: documentId } }]);
      const fields = ['documentId', ...(label ? [label] : [])];
      // In the site's own language, as it was chosen; else in whichever there is.
      const entry =
        (await documents(uid).findFirst({ filters, fields })) ??
        ((await strapi.db.query(uid).findOne({ where: filters, select: ['id', ...fields] })) as Entry | null);
      const title = entry && String((label && entry[label]) || entry.documentId);
      return { ...card, title, single };
    },
    /** The locale of an entry that exists in one only; several tell nothing about the person. */
    async soleLocaleOf({ contentType: uid, documentId }: EntryRef): Promise<string | null> {
      if (!schemas.isOpen(uid) || !isLocalizedUid(strapi, uid)) return null;
      const found = (await strapi.db.query(uid).findMany({ where: { documentId }, select: ['locale'] })) as {
        locale: string;
      }[];
      const [only, second] = [...new Set(found.map(({ locale }) => locale))];
      return second === undefined ? (only ?? null) : null;
    },
    /** Entries to choose from, newest first. */
    async list(
      uid: string,
      { q, locale }: { q?: string; locale?: string },
      reader: ContentReader,
    ): Promise<BindableEntry[]> {
      assertReadable(uid, reader);
      const label = mainFieldOf(uid, reader);
      const search = q && label ? [{ [label]: { $containsi: q } }] : [];
      const localized = isLocalizedUid(strapi, uid);
      const inLocale = localized && locale ? { locale } : {};
      const found = await documents(uid).findMany({
        filters: filtersOf(uid, reader, search),
        fields: ['documentId', ...(label ? [label] : []), ...(localized ? ['locale'] : [])],
        sort: ['updatedAt:desc', 'id:desc'],
        limit: MOST_ENTRIES,
        ...inLocale,
      });
      const drafts = modelOf(strapi, uid) && hasDrafts(strapi, uid);
      const published = drafts
        ? await documents(uid).findMany({
            filters: { documentId: { $in: found.map(({ documentId }) => documentId) } },
            fields: ['documentId'],
            status: 'published',
            ...inLocale,
          })
        : [];
      const out = new Set(published.map(({ documentId }) => documentId));
      return found.map((entry) => ({
        documentId: String(entry.documentId),
        label: label && entry[label] ? String(entry[label]) : String(entry.documentId),
        locale: localized ? String(entry.locale) : null,
        status: drafts ? (out.has(entry.documentId) ? 'published' : 'draft') : null,
      }));
    },
  };
};

export type Entries = ReturnType<typeof createEntries>;

const isLocalizedUid = (strapi: Core.Strapi, uid: string): boolean => {
  const model = modelOf(strapi, uid);
  return model !== undefined && isLocalized(model);
};

const hasDrafts = (strapi: Core.Strapi, uid: string): boolean =>
  (strapi.getModel(uid as UID.ContentType) as unknown as { options?: { draftAndPublish?: boolean } }).options
    ?.draftAndPublish === true;
