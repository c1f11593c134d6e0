import { TABLES } from '../constants';
import type { Database } from '../storage/database';

interface HeldTemplate {
  organizationId: number;
  name: string;
  language: string;
}

const BATCH = 1_000;

/**
 * Lets the messages that wait for a template be looked at now, because its status has changed. Answers the numbers whose
 * lanes have something to do.
 */
export const releaseHeld = async (
  db: Database,
  { organizationId, name, language }: HeldTemplate,
): Promise<number[]> => {
  const outbox = db.name(TABLES.outbox);
  const numbers = new Set<number>();
  for (let after = 0; ;) {
    const rows = await db.all(
      `SELECT o.id, o.integration_id FROM ${outbox} o JOIN ${db.name(TABLES.templateSends)} s ON s.message_id = o.message_id ` +
        `WHERE o.organization_id = ? AND o.state = 'queued' AND o.held = 1 AND s.name = ? AND s.language = ? AND o.id > ? ORDER BY o.id LIMIT ${BATCH}`,
      [organizationId, name, language, after],
    );
    if (rows.length === 0) return [...numbers];
    const ids = rows.map(({ id }) => Number(id));
    await db.table(TABLES.outbox).whereIn('id', ids).where({ state: 'queued' }).update({ not_before: 0 });
    rows.forEach((row) => numbers.add(Number(row.integration_id)));
    after = ids[ids.length - 1];
  }
};
