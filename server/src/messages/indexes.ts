import type { Core } from '@strapi/strapi';
import { TABLES } from '../constants';

/**
 * What Strapi adds to every content type and nobody asks of messages: they are found by row id, wamid, send key or
 * conversation, and `created_by_id`/`updated_by_id` stay empty. Together they cost a third of an insert
 * (bench/README.md). `conversation_id` keeps its foreign key: `wa_msg_thread_idx` begins with it.
 */
const UNUSED_INDEXES = new RegExp(
  `^${TABLES.messages}_(documents_idx|(created_by|updated_by|conversation)_id_fk)$`,
);
const UNUSED_KEYS = new RegExp(`^${TABLES.messages}_(created_by|updated_by)_id_fk$`);

/** Takes the unused ones out of the schema that Strapi is about to compare with the database. */
export const trimMessageIndexes = (strapi: Core.Strapi): void => {
  strapi.hook('strapi::content-types.beforeSync').register(async () => {
    const table = strapi.db.schema.schema.tables.find(({ name }) => name === TABLES.messages);
    if (!table) return;
    table.indexes = table.indexes.filter(({ name }) => !UNUSED_INDEXES.test(name));
    table.foreignKeys = table.foreignKeys.filter(({ name }) => !UNUSED_KEYS.test(name));
  });
};
