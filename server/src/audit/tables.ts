import { TABLES } from '../constants';
import { text, word, requiredWord, number, requiredInstant, type RawTable } from '../storage/table-parts';

export const auditTables: RawTable[] = [
  {
    name: 'audit-entry',
    tableName: TABLES.auditEntries,
    attributes: {
      /** null: it concerns the whole installation. */
      organizationId: number,
      at: requiredInstant,
      actorType: requiredWord,
      actorId: word,
      actorName: word,
      action: requiredWord,
      targetType: requiredWord,
      targetId: word,
      targetLabel: word,
      fieldsBefore: text,
      fieldsAfter: text,
      ip: word,
    },
    indexes: [
      { name: 'wa_audit_recent_idx', columns: ['organization_id', 'at', 'id'] },
      { name: 'wa_audit_target_idx', columns: ['organization_id', 'target_type', 'target_id'] },
    ],
  },
];
