import type { Core } from '@strapi/strapi';
import type { RawTable } from './table-parts';

/** Call in `register`, before the schema is synchronised. */
export const registerRawTables = (strapi: Core.Strapi, tables: readonly RawTable[]): void => {
  for (const { name, tableName, attributes, indexes, foreignKeys } of tables) {
    strapi.get('models').add({
      uid: `plugin::whatsapp.${name}`,
      singularName: `whatsapp-${name}`,
      tableName,
      // A copy: Strapi writes column names into the attributes, and these are shared.
      attributes: Object.fromEntries(
        Object.entries({ id: { type: 'increments' }, ...attributes }).map(([key, value]) => [
          key,
          structuredClone(value),
        ]),
      ),
      indexes: indexes ?? [],
      foreignKeys: foreignKeys ?? [],
    });
  }
};
