import { TABLES } from '../constants';
import { requiredWord, requiredInstant, type RawTable } from './table-parts';

export const storageTables: RawTable[] = [
  {
    name: 'once',
    tableName: TABLES.once,
    attributes: {
      name: { ...requiredWord, column: { notNullable: true, unique: true } },
      claimedAt: requiredInstant,
    },
  },
];
