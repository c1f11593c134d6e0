import { isWindowOpen } from '../conversations/service-window';
import { isStopped, type ConnectedNumber } from '../integrations/registry';
import type { Scope } from '../storage/scope';
import type { Target } from './addressee';
import type { SendCommand } from './contract';
import { CONSENT_LEFT_TO_META, type GateFacts } from './gate';

interface Deps {
  now(): number;
  /** When the account may write to one more new person, ms; null = now, or nobody knows. */
  dailyLimitFreesAt(number: ConnectedNumber, contactId: number | null): Promise<number | null>;
  /** When business hours begin again, ms; null inside them. */
  opensAt(scope: Scope, at: number): Promise<number | null>;
}

export type FactsOf = (
  scope: Scope,
  number: ConnectedNumber,
  target: Target,
  wish: Pick<SendCommand, 'expectedLastMessageId' | 'hours' | 'content' | 'scheduledAt'>,
) => Promise<GateFacts>;

const isFreeForm = (content: SendCommand['content']): boolean =>
  content.kind === 'reaction' || content.element.type !== 'template';

/** Everything that the gate wants to know, loaded once. */
export const createFactsOf =
  (deps: Deps): FactsOf =>
  async (scope, number, { contactId, conversation }, wish) => {
    const lastMessageId = conversation?.lastMessageId ?? null;
    const window = {
      lastInboundAt: conversation?.lastInboundAt ?? null,
      refusedAt: conversation?.windowRefusedAt ?? null,
    };
    const freeForm = isFreeForm(wish.content);
    // Meta's limit and business hours are about conversations that the business opens.
    const opens = !freeForm && !isWindowOpen(window, deps.now());
    const at = Math.max(wish.scheduledAt ?? 0, deps.now());
    return {
      integrationActive: number.active,
      stopped: isStopped(number) ? number.problemMessage : null,
      blocked: conversation?.blocked ?? false,
      consent: CONSENT_LEFT_TO_META,
      freeForm,
      window,
      dailyLimitFreesAt: opens ? await deps.dailyLimitFreesAt(number, contactId) : null,
      opensAt: opens ? await deps.opensAt(scope, at) : null,
      hours: wish.hours,
      // Not asked for: whatever is last is what was expected.
      expectedLastMessageId:
        wish.expectedLastMessageId === undefined ? lastMessageId : wish.expectedLastMessageId,
      lastMessageId,
    };
  };
