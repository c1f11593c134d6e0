import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { hoursOf } from './business-hours';
import { opensAt } from './opens-at';

/** When a tenant's business hours begin again, ms; null inside them. */
export const createOpening =
  (db: Database) =>
  async ({ organizationId }: Scope, at: number): Promise<number | null> => {
    const row = (await db.table(TABLES.organizations).where({ id: organizationId }).first()) as
      { time_zone?: unknown; business_hours?: unknown } | undefined;
    return opensAt(at, String(row?.time_zone ?? 'UTC'), hoursOf(row?.business_hours));
  };
