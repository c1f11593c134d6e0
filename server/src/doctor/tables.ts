import { TABLES } from '../constants';
import { requiredWord, requiredInstant, type RawTable } from '../storage/table-parts';

export const doctorTables: RawTable[] = [
  {
    name: 'process',
    tableName: TABLES.processes,
    attributes: {
      /** Host, process id and a random part. */
      owner: { ...requiredWord, column: { notNullable: true, unique: true } },
      /** `embedded`: its jobs live in the process itself, so there should be one. */
      engine: requiredWord,
      startedAt: requiredInstant,
      seenAt: requiredInstant,
    },
  },
];
