import { capText, storableText } from '../cloud-api/storable';
import type { QuarantineRecord } from '../webhooks-log/batch';
import type { Unit } from './plan';

const MAX_REASON_LENGTH = 250;

/** The query builder puts the whole statement with its values in front of MySQL's own words. */
const wordsOf = (error: unknown): string => {
  const { name, message, sqlMessage } = (error ?? {}) as Record<string, unknown>;
  return `${String(name ?? 'Error')}: ${String(sqlMessage ?? message ?? error)}`;
};

/** An event that could not be applied, with the database's own words for it. */
export const quarantineOf = (unit: Unit, error: unknown): QuarantineRecord => ({
  organizationId: unit.route.organizationId,
  receivedAt: unit.receivedAt,
  phoneNumberId: unit.event.phoneNumberId,
  reason: storableText(capText(wordsOf(error), MAX_REASON_LENGTH)),
  event: JSON.stringify(unit.event),
});
