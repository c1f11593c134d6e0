import { auditTables } from './audit/tables';
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
