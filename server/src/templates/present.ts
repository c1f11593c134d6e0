import type { Template } from './contract';
import { parametersOf } from './parameters';
import { listedOf, type TemplateRow } from './repository';

/** A stored template as both doors answer it. */
export const presentTemplate = (row: TemplateRow, integrationId: number | null): Template => {
  const { metaId, name, language, category, status, quality, parameterFormat, components, rejectedReason } =
    listedOf(row);
  const synced = row.last_synced_at;
  return {
    id: String(row.id),
    metaId,
    integrationId: integrationId === null ? null : String(integrationId),
    businessAccountId: String(row.business_account_id),
    name,
    language,
    category,
    status: row.removed_at === null ? status : 'REMOVED',
    quality,
    parameterFormat,
    components,
    parameters: parametersOf({ name, language, category, parameterFormat, components }),
    rejectedReason,
    lastSyncedAt: synced === null || synced === undefined ? null : new Date(Number(synced)).toISOString(),
  };
};
