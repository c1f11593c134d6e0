import { WhatsAppError, type ErrorCode } from '../errors';
import { isWindowOpen, type WindowFacts } from '../conversations/service-window';

/** All that decides whether a message may leave, loaded once. */
export interface GateFacts {
  integrationActive: boolean;
  /** Only approved templates may go outside the 24-hour window; this sends are free-form. */
  freeForm: boolean;
  window: WindowFacts;
  /** What the writer saw last; null = nothing. The same as `lastMessageId` when he did not say. */
  expectedLastMessageId: number | null;
  lastMessageId: number | null;
}

interface Refusal {
  verdict: 'refuse';
  code: ErrorCode;
  message: string;
  details?: Record<string, unknown>;
}

export type Verdict = { verdict: 'allow' } | Refusal;

/** Somebody was faster: answering now would talk past a message that the writer has not seen. */
export const newerReply = (lastMessageId: number | null): Refusal => ({
  verdict: 'refuse',
  code: 'newer_reply_exists',
  message: 'There is a newer message in this conversation. Read it before you answer.',
  details: { lastMessageId: lastMessageId === null ? null : String(lastMessageId) },
});

/**
 * The one gate of every send path, in the contract's order of refusals. It is asked when a message is queued and again
 * at the moment of sending, since the queue may have delayed it.
 */
export const gate = (facts: GateFacts, now: number): Verdict => {
  if (!facts.integrationActive) {
    return {
      verdict: 'refuse',
      code: 'integration_inactive',
      message: 'This number is switched off. Switch it on to send from it.',
    };
  }
  if (facts.freeForm && !isWindowOpen(facts.window, now)) {
    return {
      verdict: 'refuse',
      code: 'window_closed',
      message:
        'More than 24 hours have passed since this person last wrote to this number; only an approved template may be sent now.',
      details: { hint: 'template' },
    };
  }
  if (facts.expectedLastMessageId !== facts.lastMessageId) return newerReply(facts.lastMessageId);
  return { verdict: 'allow' };
};

/** The refusal as the error that a caller gets. */
export const assertAllowed = (verdict: Verdict): void => {
  if (verdict.verdict === 'refuse') throw new WhatsAppError(verdict.code, verdict.message, verdict.details);
};
