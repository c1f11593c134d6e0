import { createAgain } from './again';
import type { SendCommand, SendResult } from './contract';
import type { Scope } from '../storage/scope';
import { createScheduled, type Scheduled } from './scheduled';
import type { SendRights } from './rights';
import { createSend } from './send';

/** All that may be asked of sending. */
export interface Outbound {
  send(command: SendCommand): Promise<SendResult>;
  /** An editor's decision to try a failed message again, as the same bubble; the gate is asked anew. */
  retry(scope: Scope, messageId: number | null, rights?: SendRights): Promise<SendResult>;
  /** A second message with the content of one whose outcome nobody knows; only with an explicit yes. */
  sendAgain(
    scope: Scope,
    messageId: number | null,
    confirm: boolean,
    rights?: SendRights,
  ): Promise<SendResult>;
  scheduled: Scheduled;
}

type Deps = Parameters<typeof createSend>[0] & Parameters<typeof createAgain>[0];

export const createOutbound = (deps: Deps): Outbound => ({
  send: createSend(deps),
  ...createAgain(deps),
  scheduled: createScheduled(deps),
});
