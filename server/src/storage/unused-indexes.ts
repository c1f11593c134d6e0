import type { Core } from '@strapi/strapi';
import { TABLES } from '../constants';
import type { TableName } from './database';

/** Who made and changed a row: columns that stay empty, so that their foreign keys go as well. */
const MAKERS = ['created_by_id_fk', 'updated_by_id_fk'];

/** Strapi indexes the document of every content type; we find rows by row id and by keys of our own. */
const DOCUMENT_PARTS = ['documents_idx', ...MAKERS];

/**
 * Indexes of the tables that every webhook writes to which nobody asks: what cost a third of a message's insert
 * (bench/README.md). A relation's index goes where one of ours begins with its column; the foreign key itself stays.
 */
const UNUSED: Partial<Record<TableName, string[]>> = {
  [TABLES.messages]: [...DOCUMENT_PARTS, 'conversation_id_fk'],
  [TABLES.conversations]: [...DOCUMENT_PARTS, 'organization_id_fk', 'integration_id_fk'],
  // MySQL, which has no RETURNING, finds new ones again by their document.
  [TABLES.contacts]: MAKERS,
  [TABLES.aliases]: MAKERS,
};

/** Takes them out of the schema that Strapi is about to compare with the database. */
export const trimIndexes = (strapi: Core.Strapi): void => {
  strapi.hook('strapi::content-types.beforeSync').register(async () => {
    for (const table of strapi.db.schema.schema.tables) {
      const unused = UNUSED[table.name as TableName];
      if (!unused) continue;
      const named = (parts: string[]) => new Set(parts.map((part) => `${table.name}_${part}`));
      const [indexes, keys] = [named(unused), named(MAKERS)];
      table.indexes = table.indexes.filter(({ name }) => !indexes.has(name));
      table.foreignKeys = table.foreignKeys.filter(({ name }) => !keys.has(name));
    }
  });
};
