import { capText, storableText } from '../cloud-api/storable';
import type { QuarantineRecord } from '../webhooks-log/batch';
import type { Unit } from './plan';

const MAX_REASON_LENGTH = 250;

/** An event that could not be applied, with the database's own words for it. */
export const quarantineOf = (unit: Unit, error: unknown): QuarantineRecord => ({
  organizationId: unit.route.organizationId,
  receivedAt: unit.receivedAt,
  phoneNumberId: unit.event.phoneNumberId,
  reason:
    error instanceof Error
      ? storableText(capText(`${error.name}: ${error.message}`, MAX_REASON_LENGTH))
      : 'unknown error',
  event: JSON.stringify(unit.event),
});
