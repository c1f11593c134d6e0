import type { Core } from '@strapi/strapi';

/**
 * Runs work and records the SQL that it caused, so that a test can hold the number of statements.
 * @returns the work's result and the statements in order (BEGIN, COMMIT and savepoints left out)
 */
export const counted = async <T>(
  strapi: Core.Strapi,
  work: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> => {
  const statements: string[] = [];
  const record = ({ sql }: { sql: string }): void => {
    if (!/^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i.test(sql)) statements.push(sql);
  };
  strapi.db.connection.on('query', record);
  try {
    return { result: await work(), statements };
  } finally {
    strapi.db.connection.removeListener('query', record);
  }
};
