import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import { randomToken } from './ids';

interface Place {
  host?: string;
  port?: number | string;
  database?: string;
  schema?: string;
  filename?: string;
  connectionString?: string;
}

/** Where a database is, without user and password. */
const placeOf = ({ host, port, database, schema, filename, connectionString }: Place): string => {
  const url = connectionString && URL.canParse(connectionString) ? new URL(connectionString) : null;
  const file = filename && path.resolve(filename);
  return JSON.stringify([url?.host ?? host, url?.pathname ?? port, database, schema, file]);
};

/**
 * Tells this database apart from every other, copies of it included: a random part kept in it, which two servers with one
 * address inside their own networks do not share, and its place, which a copy does not share.
 */
export const createDatabaseName = (strapi: Core.Strapi): (() => Promise<string>) => {
  let known: Promise<string> | null = null;
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_ID, key: 'database' });

  const name = async (): Promise<string> => {
    const kept = (await store().get({})) as { id?: unknown } | null;
    if (typeof kept?.id !== 'string') await store().set({ value: { id: randomToken(16) } });
    // Read back: of two processes that start together one wrote last.
    const { id } = (await store().get({})) as { id: string };
    const place = placeOf(strapi.config.get<Place>('database.connection.connection', {}));
    return createHash('sha256').update(`${id} ${place}`).digest('hex').slice(0, 16);
  };
  return () =>
    (known ??= name().catch((error: unknown) => {
      known = null;
      throw error;
    }));
};
