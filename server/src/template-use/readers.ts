import type { Core, UID } from '@strapi/strapi';
import { contentTypes } from '@strapi/utils';
import { PLUGIN_ID } from '../constants';
import type { Attribute, Attributes, ContentReader, Schemas } from './path';

export const READ = 'plugin::content-manager.explorer.read';

/** Strapi's own users and settings, and our own types: values for customers are never taken from there. */
const CLOSED =
  /^(admin|strapi)::|^plugin::(i18n|upload|content-releases|review-workflows|content-type-builder)\./;

interface Model {
  uid: string;
  modelType?: string;
  info?: { displayName?: string };
  pluginOptions?: { 'content-manager'?: { visible?: boolean }; i18n?: { localized?: boolean } };
  attributes: Record<string, Record<string, unknown> & { type: string }>;
}

export const modelOf = (strapi: Core.Strapi, uid: string): Model | undefined =>
  strapi.getModel(uid as UID.ContentType) as unknown as Model | undefined;

export const isLocalized = (model: Model): boolean => model.pluginOptions?.i18n?.localized === true;

/** What Strapi knows about the site's content, without what is private. */
export const createSchemas = (strapi: Core.Strapi): Schemas => {
  const known = new Map<string, Attributes | undefined>();
  const readModel = (uid: string): Attributes | undefined => {
    const model = modelOf(strapi, uid);
    if (!model) return undefined;
    return Object.fromEntries(
      Object.entries(model.attributes).map(([name, attribute]) => [
        name,
        { ...attribute, private: contentTypes.isPrivateAttribute(model as never, name) } as Attribute,
      ]),
    );
  };
  return {
    attributesOf(uid) {
      if (!known.has(uid)) known.set(uid, readModel(uid));
      return known.get(uid);
    },
    isOpen(uid) {
      const model = modelOf(strapi, uid);
      if (!model || model.modelType === 'component' || CLOSED.test(uid)) return false;
      if (uid.startsWith(`plugin::${PLUGIN_ID}.`)) return false;
      return model.pluginOptions?.['content-manager']?.visible !== false;
    },
  };
};

interface Ability {
  can(action: string, subject: string, field?: string): boolean;
}

interface PermissionService {
  createPermissionsManager(options: { ability: Ability; action: string; model: string }): {
    getQuery(action: string): Record<string, unknown> | undefined | null;
  };
}

/** Reads as the content manager lets this admin read: types, fields, and only the entries that conditions leave. */
export const adminReader = (strapi: Core.Strapi, ability: Ability): ContentReader => ({
  mayRead: (uid, field) => (field === null ? ability.can(READ, uid) : ability.can(READ, uid, field)),
  filtersFor(uid) {
    const permissions = strapi.service('admin::permission') as unknown as PermissionService;
    const manager = permissions.createPermissionsManager({ ability, action: READ, model: uid });
    return manager.getQuery(READ) ?? null;
  },
});

/** What was approved by whoever saved the binding: every field that is neither private nor a password. */
export const APPROVED: ContentReader = { mayRead: () => true, filtersFor: () => null };
