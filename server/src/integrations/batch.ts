import { TABLES } from '../constants';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import { effectOf, hasEffect, type AccountEffect } from './account-rule';
import { alertsOf, momentOrNull, textOrNull, type Alert } from './row';

/** An account-level event and a number that it came in on. */
export interface AccountNews {
  organizationId: number;
  integrationId: number;
  field: string;
  value: Record<string, unknown>;
  /** Meta's time of it, ms. */
  at: number;
}

/** What is kept of Meta's notices, newest first. */
const ALERTS_KEPT = 20;

interface State {
  status: string;
  message: string | null;
  problem: string | null;
  messagingLimit: string | null;
  nameStatus: string | null;
  alerts: Alert[];
  eventAt: number | null;
  dueAt: number | null;
}

const stateOf = (row: Record<string, unknown>): State => ({
  status: String(row.connection_status),
  message: textOrNull(row.connection_message),
  problem: textOrNull(row.connection_problem),
  messagingLimit: textOrNull(row.messaging_limit),
  nameStatus: textOrNull(row.name_status),
  alerts: alertsOf(row.alerts),
  eventAt: momentOrNull(row.account_event_at),
  dueAt: momentOrNull(row.health_due_at),
});

/** Told again, a notice is no news. */
const withAlert = (alerts: Alert[], told: AccountEffect['alert'], at: number): Alert[] => {
  if (told === null || alerts.some((known) => known.kind === told.kind && known.at === at)) return alerts;
  return [{ ...told, at }, ...alerts].sort((a, b) => b.at - a.at).slice(0, ALERTS_KEPT);
};

/** Only the newest word on sending counts: "disabled" delivered again after "reinstated" stops nothing. */
const withSending = (state: State, { sending }: AccountEffect, at: number): State => {
  if (sending === null || (state.eventAt !== null && at < state.eventAt)) return state;
  const told = { ...state, eventAt: at };
  if (sending.to === 'stop')
    return { ...told, status: 'error', message: sending.message, problem: 'account' };
  return state.problem === 'account' ? { ...told, status: 'unverified', message: null, problem: null } : told;
};

const after = (state: State, effect: AccountEffect, at: number): State => ({
  ...withSending(state, effect, at),
  messagingLimit: effect.set.messagingLimit ?? state.messagingLimit,
  nameStatus: effect.set.nameStatus ?? state.nameStatus,
  alerts: withAlert(state.alerts, effect.alert, at),
  // Due at once: 0 sorts before every real time.
  dueAt: effect.refresh ? 0 : state.dueAt,
});

const concerns = (effect: AccountEffect, phoneNumber: unknown): boolean =>
  effect.displayDigits === null || effect.displayDigits === String(phoneNumber).replace(/\D/g, '');

/**
 * Writes what Meta told about accounts: one read for all numbers concerned and one write for each that changed. Answers
 * how many did.
 */
export const applyAccountNews = async (
  db: Database,
  tx: Tx,
  news: AccountNews[],
  now: number,
): Promise<number> => {
  const effects = news.map((item) => ({ item, effect: effectOf(item.field, item.value) }));
  const relevant = effects.filter(({ effect }) => hasEffect(effect));
  if (relevant.length === 0) return 0;
  const ids = [...new Set(relevant.map(({ item }) => item.integrationId))];
  const table = db.name(TABLES.integrations);
  const lock = db.dialect === 'sqlite' ? '' : ' FOR UPDATE';
  const rows = await tx.all(
    `SELECT * FROM ${table} WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY id${lock}`,
    ids,
  );
  const changed: { organizationId: number; integrationId: number }[] = [];
  for (const row of rows) {
    const before = stateOf(row);
    const mine = relevant.filter(
      ({ item, effect }) => item.integrationId === Number(row.id) && concerns(effect, row.phone_number),
    );
    const next = mine.reduce((state, { item, effect }) => after(state, effect, item.at), before);
    if (JSON.stringify(next) === JSON.stringify(before)) continue;
    await tx.run(
      `UPDATE ${table} SET connection_status = ?, connection_message = ?, connection_problem = ?, messaging_limit = ?, name_status = ?, alerts = ?, account_event_at = ?, health_due_at = ? WHERE id = ?`,
      [
        next.status,
        next.message,
        next.problem,
        next.messagingLimit,
        next.nameStatus,
        JSON.stringify(next.alerts),
        next.eventAt,
        next.dueAt,
        Number(row.id),
      ],
    );
    changed.push({ organizationId: Number(row.organization_id), integrationId: Number(row.id) });
  }
  const changes = changed.map((ids) => ({
    ...ids,
    kind: 'integration.updated' as const,
    conversationId: null,
    messageId: null,
  }));
  await appendChanges(db, tx, changes, now);
  return changed.length;
};
