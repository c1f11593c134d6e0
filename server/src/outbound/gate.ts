import { WhatsAppError, type ErrorCode } from '../errors';
import { isWindowOpen, type WindowFacts } from '../conversations/service-window';

/** All that decides whether a message may leave, loaded once. */
export interface GateFacts {
  integrationActive: boolean;
  /** Meta takes nothing from this number: its sentence; null while it does. */
  stopped?: string | null;
  /** We blocked this person on this number. */
  blocked: boolean;
  consent: { optedOut: boolean; optedIn: boolean };
  /** Only approved templates may go outside the 24-hour window. */
  freeForm: boolean;
  window: WindowFacts;
  /** When the day's last free place for new people frees up, ms; null while there is one or nobody knows. */
  dailyLimitFreesAt: number | null;
  /** When business hours begin again, ms; null inside them or where they do not matter. */
  opensAt: number | null;
  hours: 'queue' | 'refuse' | 'ignore';
  /** What the writer saw last; null = nothing. The same as `lastMessageId` when he did not say. */
  expectedLastMessageId: number | null;
  lastMessageId: number | null;
}

/**
 * Nobody's consent is recorded on this side, so nobody is refused for it here. Who stopped a business's marketing is kept
 * by Meta, which refuses such a template (131050); the message then says so.
 */
export const CONSENT_LEFT_TO_META: GateFacts['consent'] = { optedOut: false, optedIn: true };

interface Refusal {
  verdict: 'refuse';
  code: ErrorCode;
  message: string;
  details?: Record<string, unknown>;
}

export type Verdict = { verdict: 'allow' } | { verdict: 'queue'; until: number } | Refusal;

const refuse = (code: ErrorCode, message: string, details?: Record<string, unknown>): Refusal => ({
  verdict: 'refuse',
  code,
  message,
  ...(details ? { details } : {}),
});

/** Somebody was faster: answering now would talk past a message that the writer has not seen. */
export const newerReply = (lastMessageId: number | null): Refusal =>
  refuse('newer_reply_exists', 'There is a newer message in this conversation. Read it before you answer.', {
    lastMessageId: lastMessageId === null ? null : String(lastMessageId),
  });

type Rule = (facts: GateFacts, now: number) => Verdict | null;

/** The contract's order of refusals (§8), up to the window; the template and the file are looked at after these. */
const PERSON: Rule[] = [
  ({ integrationActive }) =>
    integrationActive
      ? null
      : refuse('integration_inactive', 'This number is switched off. Switch it on to send from it.'),
  ({ stopped }) => (stopped ? refuse('integration_inactive', stopped, { reason: 'stopped_by_meta' }) : null),
  ({ blocked }) =>
    blocked ? refuse('recipient_blocked', 'This person is blocked on this number. Unblock to write.') : null,
  ({ consent }) =>
    consent.optedOut
      ? refuse('recipient_opted_out', 'This person asked for no more such messages.', {
          recipient_not_opted_in: true,
        })
      : null,
  ({ consent }) =>
    consent.optedIn
      ? null
      : refuse('recipient_not_opted_in', 'This person has not agreed to such messages on this number.'),
  ({ freeForm, window }, now) =>
    !freeForm || isWindowOpen(window, now)
      ? null
      : refuse(
          'window_closed',
          'More than 24 hours have passed since this person last wrote to this number; only an approved template may be sent now.',
          { hint: 'template' },
        ),
];

const MOMENT: Rule[] = [
  ({ dailyLimitFreesAt: at }, now) =>
    at === null || at <= now
      ? null
      : refuse(
          'rate_limit_exceeded',
          'This account has written to as many new people as Meta allows within 24 hours.',
          { freesAt: new Date(at).toISOString(), retryAfterSeconds: Math.ceil((at - now) / 1000) },
        ),
  ({ opensAt, hours }) => {
    if (opensAt === null || hours === 'ignore') return null;
    if (hours === 'queue') return { verdict: 'queue', until: opensAt };
    return refuse('outside_business_hours', 'It is outside business hours.', {
      opensAt: new Date(opensAt).toISOString(),
    });
  },
];

const NEWER: Rule = ({ expectedLastMessageId, lastMessageId }) =>
  expectedLastMessageId === lastMessageId ? null : newerReply(lastMessageId);

const first = (rules: Rule[], facts: GateFacts, now: number): Verdict | null => {
  for (const rule of rules) {
    const verdict = rule(facts, now);
    if (verdict) return verdict;
  }
  return null;
};

/** Whether this person may be written to from this number at all, in this way. Asked before a file is fetched. */
export const personGate = (facts: GateFacts, now: number): Verdict =>
  first(PERSON, facts, now) ?? { verdict: 'allow' };

/**
 * The one gate of every send path, in the contract's order of refusals. It is asked when a message is queued and again
 * at the moment of sending, since the queue may have delayed it. `queue` gives way to a newer reply: what is refused
 * need not wait.
 */
export const gate = (facts: GateFacts, now: number): Verdict => {
  const verdict = first([...PERSON, ...MOMENT], facts, now);
  if (verdict?.verdict === 'refuse') return verdict;
  return NEWER(facts, now) ?? verdict ?? { verdict: 'allow' };
};

/** The refusal as the error that a caller gets. */
export const assertAllowed = (verdict: Verdict): void => {
  if (verdict.verdict === 'refuse') throw new WhatsAppError(verdict.code, verdict.message, verdict.details);
};
