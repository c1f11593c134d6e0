import { TABLES } from '../constants';
import { addJobs, type NewJob } from '../jobs/batch';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';

/** What a message keeps of its file; JSON in one column. */
export interface MediaColumn {
  id?: string;
  mimeType?: string | null;
  sha256?: string | null;
  fileName?: string | null;
  size?: number | null;
  state?: 'pending' | 'stored' | 'failed' | 'expired';
  width?: number | null;
  height?: number | null;
  /** False when the bytes are others than Meta announced, time and again. */
  verified?: boolean;
  /** The copy in the Media Library. */
  libraryId?: number | null;
}

export interface MediaRow {
  messageId: number;
  organizationId: number;
  integrationId: number;
  conversationId: number;
  receivedAt: number;
  revoked: boolean;
  media: MediaColumn;
}

const parsed = (value: unknown): MediaColumn =>
  (typeof value === 'string' ? JSON.parse(value) : value) as MediaColumn;

/** Files of messages. Ids come from jobs and signed links; who asks for himself brings his organization. */
export const createMediaRepository = (db: Database, now: () => number) => {
  const messages = db.name(TABLES.messages);

  return {
    async load(messageId: number, organizationId: number | null = null): Promise<MediaRow | null> {
      const scoped = organizationId === null ? '' : ' AND organization_id = ?';
      const [row] = await db.all(
        `SELECT id, organization_id, integration_id, conversation_id, received_at, revoked_at, media FROM ${messages} WHERE id = ? AND media IS NOT NULL${scoped}`,
        organizationId === null ? [messageId] : [messageId, organizationId],
      );
      if (!row) return null;
      return {
        messageId: Number(row.id),
        organizationId: Number(row.organization_id),
        integrationId: Number(row.integration_id),
        conversationId: Number(row.conversation_id),
        receivedAt: Number(row.received_at),
        revoked: row.revoked_at !== null,
        media: parsed(row.media),
      };
    },
    async existing(organizationId: number, messageIds: number[]): Promise<Set<number>> {
      const rows = (await db
        .table(TABLES.messages)
        .where({ organization_id: organizationId })
        .whereIn('id', messageIds)
        .select('id')) as { id: unknown }[];
      return new Set(rows.map(({ id }) => Number(id)));
    },
    /** Answers false when the message is gone meanwhile. */
    async write(row: MediaRow, media: MediaColumn, jobs: NewJob['kind'][] = []): Promise<boolean> {
      return db.transaction(async (tx: Tx) => {
        const { organizationId, integrationId, conversationId, messageId } = row;
        const written = await tx.run(`UPDATE ${messages} SET media = ? WHERE id = ?`, [
          JSON.stringify({ ...row.media, ...media }),
          messageId,
        ]);
        if (written === 0) return false;
        const payload = { messageId };
        await addJobs(
          db,
          tx,
          jobs.map((kind) => ({ kind, organizationId, payload })),
          now(),
        );
        await appendChanges(
          db,
          tx,
          [{ kind: 'message.updated', organizationId, integrationId, conversationId, messageId }],
          now(),
        );
        return true;
      });
    },
  };
};
