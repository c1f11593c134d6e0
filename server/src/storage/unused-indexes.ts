import type { Core } from '@strapi/strapi';
import { TABLES } from '../constants';
import type { TableName } from './database';

/** Strapi indexes the document of every content type, and who made and changed it; we find rows by row id and by key. */
const DOCUMENT_PARTS = ['documents_idx', 'created_by_id_fk', 'updated_by_id_fk'];

/**
 * Indexes of the tables that every webhook writes to which nobody asks: what cost a third of a message's insert
 * (bench/README.md). A relation's index goes where one of ours begins with its column; the foreign key itself stays.
 */
const UNUSED: Partial<Record<TableName, string[]>> = {
  [TABLES.messages]: [...DOCUMENT_PARTS, 'conversation_id_fk'],
  [TABLES.conversations]: [...DOCUMENT_PARTS, 'organization_id_fk', 'integration_id_fk'],
  [TABLES.contacts]: DOCUMENT_PARTS,
  [TABLES.aliases]: DOCUMENT_PARTS,
};

/** Keys of columns that stay empty. */
const EMPTY_COLUMNS = ['created_by_id_fk', 'updated_by_id_fk'];

/** Takes them out of the schema that Strapi is about to compare with the database. */
export const trimIndexes = (strapi: Core.Strapi): void => {
  strapi.hook('strapi::content-types.beforeSync').register(async () => {
    for (const table of strapi.db.schema.schema.tables) {
      const unused = UNUSED[table.name as TableName];
      if (!unused) continue;
      const named = (parts: string[]) => new Set(parts.map((part) => `${table.name}_${part}`));
      const [indexes, keys] = [named(unused), named(EMPTY_COLUMNS)];
      table.indexes = table.indexes.filter(({ name }) => !indexes.has(name));
      table.foreignKeys = table.foreignKeys.filter(({ name }) => !keys.has(name));
    }
  });
};
