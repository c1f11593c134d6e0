import { TABLES } from '../constants';
import { text, word, requiredWord, number, requiredInstant, type RawTable } from '../storage/table-parts';

export const uploadsTables: RawTable[] = [
  {
    name: 'upload',
    tableName: TABLES.uploads,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      kind: requiredWord,
      mimeType: requiredWord,
      fileName: word,
      size: { ...number, column: { notNullable: true } },
      digest: requiredWord,
      width: number,
      height: number,
      converted: text,
      createdAt: requiredInstant,
      usedAt: requiredInstant,
    },
    indexes: [{ name: 'wa_upload_used_idx', columns: ['used_at'] }],
  },
  {
    /** Ids that Meta gave for files of ours; they work for one number and thirty days. */
    name: 'meta-file',
    tableName: TABLES.metaFiles,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      digest: requiredWord,
      mimeType: requiredWord,
      mediaId: requiredWord,
      uploadedAt: requiredInstant,
    },
    indexes: [
      { name: 'wa_meta_file_uq', columns: ['integration_id', 'digest', 'mime_type'], type: 'unique' },
    ],
  },
];
