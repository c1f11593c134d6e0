import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { FileKind } from './rules';

export interface UploadRow {
  id: number;
  organizationId: number;
  kind: FileKind;
  mimeType: string;
  fileName: string | null;
  size: number;
  sha256: string;
  width: number | null;
  height: number | null;
  converted: string | null;
}

const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));

const toRow = (row: Record<string, unknown>): UploadRow => ({
  id: Number(row.id),
  organizationId: Number(row.organization_id),
  kind: String(row.kind) as FileKind,
  mimeType: String(row.mime_type),
  fileName: textOrNull(row.file_name),
  size: Number(row.size),
  sha256: String(row.digest),
  width: numberOrNull(row.width),
  height: numberOrNull(row.height),
  converted: textOrNull(row.converted),
});

/** Files that wait to be sent. */
export const createUploadRepository = (db: Database) => {
  const table = () => db.table(TABLES.uploads);
  return {
    async insert(row: Omit<UploadRow, 'id'>, now: number): Promise<number> {
      const values = {
        organization_id: row.organizationId,
        kind: row.kind,
        mime_type: row.mimeType,
        file_name: row.fileName,
        size: row.size,
        digest: row.sha256,
        width: row.width,
        height: row.height,
        converted: row.converted,
        created_at: now,
        used_at: now,
      };
      const [made] = (await (db.dialect === 'mysql'
        ? table().insert(values)
        : table().insert(values).returning('id'))) as (number | { id: unknown })[];
      return Number(typeof made === 'object' ? made.id : made);
    },
    async findOne(scope: Scope, id: number): Promise<UploadRow | null> {
      const row = (await table().where({ id, organization_id: scope.organizationId }).first()) as
        Record<string, unknown> | undefined;
      return row ? toRow(row) : null;
    },
    /** Without a tenant: for a link that was signed for somebody who may see it. */
    async findSigned(id: number): Promise<UploadRow | null> {
      const row = (await table().where({ id }).first()) as Record<string, unknown> | undefined;
      return row ? toRow(row) : null;
    },
    async touch(id: number, now: number): Promise<void> {
      await table().where({ id }).update({ used_at: now });
    },
    async unusedSince(before: number, limit: number): Promise<UploadRow[]> {
      const rows = (await table().where('used_at', '<', before).orderBy('used_at').limit(limit)) as Record<
        string,
        unknown
      >[];
      return rows.map(toRow);
    },
    async remove(id: number): Promise<void> {
      await table().where({ id }).delete();
    },
  };
};

/** Ids that Meta gave for our files, by number and content. */
export const createMetaFiles = (db: Database) => {
  const name = db.name(TABLES.metaFiles);
  const key = 'integration_id = ? AND digest = ? AND mime_type = ?';
  return {
    async find(
      integrationId: number,
      sha256: string,
      mimeType: string,
      since: number,
    ): Promise<string | null> {
      const [row] = await db.all(`SELECT media_id FROM ${name} WHERE ${key} AND uploaded_at > ?`, [
        integrationId,
        sha256,
        mimeType,
        since,
      ]);
      return row ? String(row.media_id) : null;
    },
    /** Two processes that uploaded the same file at once: either id works, the later one is kept. */
    remember: (
      at: { organizationId: number; integrationId: number; sha256: string; mimeType: string },
      mediaId: string,
      now: number,
    ): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.run(`DELETE FROM ${name} WHERE ${key}`, [at.integrationId, at.sha256, at.mimeType]);
        await tx.run(
          `INSERT INTO ${name} (organization_id, integration_id, digest, mime_type, media_id, uploaded_at) VALUES (?, ?, ?, ?, ?, ?)`,
          [at.organizationId, at.integrationId, at.sha256, at.mimeType, mediaId, now],
        );
      }),
    async forget(integrationId: number, sha256: string, mimeType: string): Promise<void> {
      await db.all(`DELETE FROM ${name} WHERE ${key}`, [integrationId, sha256, mimeType]);
    },
    async dropOlder(before: number): Promise<void> {
      await db.all(`DELETE FROM ${name} WHERE uploaded_at < ?`, [before]);
    },
  };
};
