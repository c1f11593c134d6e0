import { auditTables } from './audit/tables';
import { TABLES } from './constants';
import { doctorTables } from './doctor/tables';
import { inboundTables } from './inbound/tables';
import { jobsTables } from './jobs/tables';
import { organizationsTables } from './organizations/tables';
import { outboundTables } from './outbound/tables';
import { realtimeTables } from './realtime/tables';
import { storageTables } from './storage/tables';
import type { RawTable } from './storage/table-parts';
import { templateDraftsTables } from './template-drafts/tables';
import { templateUseTables } from './template-use/tables';
import { templatesTables } from './templates/tables';
import { uploadsTables } from './uploads/tables';
import { webhooksLogTables } from './webhooks-log/tables';

/** Queues and logs of all rooms. */
export const RAW_TABLES: readonly RawTable[] = [
  ...organizationsTables,
  ...webhooksLogTables,
  ...inboundTables,
  ...outboundTables,
  ...uploadsTables,
  ...templatesTables,
  ...templateDraftsTables,
  ...templateUseTables,
  ...realtimeTables,
  ...jobsTables,
  ...doctorTables,
  ...auditTables,
  ...storageTables,
];

/** The audit trail outlives what it tells of; a deleted organization's goes with its retention. */
const OUTLIVES = new Set<string>([TABLES.auditEntries]);

const owned = new Set<string>(
  RAW_TABLES.filter(({ attributes }) => 'organizationId' in attributes).map(({ tableName }) => tableName),
);
/** Tables, of content types too, whose rows are of no use once their organization is gone. Found by the column, so that a new table is among them. */
export const TENANT_TABLES = Object.values(TABLES).filter(
  (name) => name === TABLES.aliases || (owned.has(name) && !OUTLIVES.has(name)),
);
