import { TABLES } from '../constants';
import { requiredWord, number, requiredInstant, type RawTable } from '../storage/table-parts';

export const realtimeTables: RawTable[] = [
  {
    name: 'change',
    tableName: TABLES.changes,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: number,
      conversationId: number,
      messageId: number,
      formerAssigneeId: number,
      kind: requiredWord,
      at: requiredInstant,
    },
  },
];
