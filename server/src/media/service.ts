import { imageSize } from 'image-size';
import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import { RECEIVED_MEDIA_ID_TTL_MS } from '../cloud-api/limits';
import { TABLES } from '../constants';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { StoredFile } from './serve';
import type { MediaStore } from './store';

interface Deps {
  db: Database;
  store: MediaStore;
  registry: Registry;
  clientFor(number: ConnectedNumber): GraphClient;
  maxBytes: number;
  now(): number;
  notify(): void;
}

interface MediaColumn {
  id?: string;
  mimeType?: string | null;
  fileName?: string | null;
  size?: number | null;
  state?: 'pending' | 'stored' | 'failed' | 'expired';
  width?: number | null;
  height?: number | null;
}

interface MediaRow {
  messageId: number;
  organizationId: number;
  integrationId: number;
  conversationId: number;
  receivedAt: number;
  media: MediaColumn;
}

/** Pixels of an image whose header can be read: the thread reserves its place with them. */
const pixelsOf = (bytes: Buffer): { width: number | null; height: number | null } => {
  try {
    const { width, height, orientation } = imageSize(bytes);
    // EXIF orientations 5 to 8 lie on their side.
    return (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    // No picture, or one of a kind that it does not know: shown in the fallback size.
    return { width: null, height: null };
  }
};

export const createMedia = ({ db, store, registry, clientFor, maxBytes, now, notify }: Deps) => {
  const load = async (messageId: number): Promise<MediaRow | null> => {
    const [row] = await db.all(
      `SELECT id, organization_id, integration_id, conversation_id, received_at, media FROM ${db.name(TABLES.messages)} WHERE id = ? AND media IS NOT NULL`,
      [messageId],
    );
    if (!row) return null;
    return {
      messageId: Number(row.id),
      organizationId: Number(row.organization_id),
      integrationId: Number(row.integration_id),
      conversationId: Number(row.conversation_id),
      receivedAt: Number(row.received_at),
      media: (typeof row.media === 'string' ? JSON.parse(row.media) : row.media) as MediaColumn,
    };
  };

  const write = async (row: MediaRow, media: MediaColumn): Promise<void> => {
    await db.transaction(async (tx) => {
      await tx.run(`UPDATE ${db.name(TABLES.messages)} SET media = ? WHERE id = ?`, [
        JSON.stringify({ ...row.media, ...media }),
        row.messageId,
      ]);
      const { organizationId, integrationId, conversationId, messageId } = row;
      await appendChanges(
        db,
        tx,
        [{ kind: 'message.updated', organizationId, integrationId, conversationId, messageId }],
        now(),
      );
    });
    notify();
  };

  const download = async (row: MediaRow, number: ConnectedNumber): Promise<void> => {
    const client = clientFor(number);
    const info = await client.getMedia(String(row.media.id), number.phoneNumberId);
    const bytes = await client.downloadMedia(info.url, { maxBytes });
    await store.save(row.organizationId, row.messageId, bytes);
    const mimeType = row.media.mimeType ?? info.mimeType;
    const pixels = mimeType?.startsWith('image/') ? pixelsOf(bytes) : { width: null, height: null };
    await write(row, { state: 'stored', size: bytes.length, mimeType, ...pixels });
  };

  return {
    /** Fetches the bytes of a received file. Answers true when it is worth trying again. */
    async fetch(messageId: number, lastTry: boolean): Promise<boolean> {
      const row = await load(messageId);
      if (!row || row.media.state !== 'pending') return false;
      const number = await registry.byId(row.integrationId);
      if (!number) {
        await write(row, { state: 'failed' });
        return false;
      }
      try {
        await download(row, number);
        return false;
      } catch (error) {
        const failure = toGraphError(error, { sending: false });
        const expired = row.receivedAt < now() - RECEIVED_MEDIA_ID_TTL_MS;
        // A dead token or a missing right is mended by somebody; the file waits for it as long as Meta keeps it.
        const mendable =
          failure.retryable || failure.category === 'credential' || failure.category === 'config';
        if (mendable && !lastTry && !expired) return true;
        await write(row, { state: expired ? 'expired' : 'failed' });
        return false;
      }
    },
    /** What the media route serves; null when there is no such file. */
    async file(messageId: number): Promise<StoredFile | null> {
      const row = await load(messageId);
      if (!row || row.media.state !== 'stored') return null;
      return {
        organizationId: row.organizationId,
        messageId: row.messageId,
        mimeType: row.media.mimeType ?? null,
        fileName: row.media.fileName ?? null,
      };
    },
  };
};

export type Media = ReturnType<typeof createMedia>;
