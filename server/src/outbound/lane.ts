import { toGraphError } from '../cloud-api/errors';
import type { GraphClient } from '../cloud-api/client';
import type { GraphError } from '../cloud-api/graph-error';
import { textMessage } from '../cloud-api/payloads';
import type { ConnectedNumber } from '../integrations/registry';
import type { MessageError } from '../messages/contract';
import { failureOfCall, CHECKING } from './failure';
import { gate, type Verdict } from './gate';
import type { Outbox, OutboxRow, SendFacts } from './outbox';
import { createPace, createPairLimit, type Pace } from './pace';
import { nextAfter } from './retry';

interface Deps {
  outbox: Outbox;
  number(integrationId: number): Promise<ConnectedNumber | undefined>;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
  random(): number;
  messagesPerSecond: number;
  /** After each commit: wakes the streams. */
  notify(): void;
  /** A status may have been parked before our answer came. */
  afterAccepted(row: OutboxRow, wamid: string): Promise<void>;
  /** Meta called the token dead (code 190); the lane waits for another one. */
  onDeadToken(integrationId: number, error: GraphError): Promise<void>;
  /** Meta's 131047 as a direct answer. */
  onWindowClosed(row: OutboxRow): Promise<void>;
}

/** Sends under way per number; more waits in the outbox. */
const CONCURRENCY = 40;
const THROTTLED = [130429, 4, 80007];
const WINDOW_CLOSED = 131047;
/** The row could not be read just now. */
const UNREAD_WAIT_MS = 1_000;
/** How long a lane without a working token sleeps before it looks whether there is a new one. */
const PAUSED_LOOK_MS = 5_000;

const NO_ADDRESS: MessageError = {
  code: 'no_address',
  title: 'Not sent',
  message: 'WhatsApp has told us neither a phone number nor a user ID for this conversation.',
  hint: null,
  retryable: false,
};

const DISCONNECTED: MessageError = {
  code: 'not_found',
  title: 'Not sent',
  message: 'The number is not connected any more.',
  hint: null,
  retryable: false,
};

/** What the thread shows when the gate, asked again, says no; null when it still says yes. */
const refusalOf = (verdict: Verdict): MessageError | null => {
  if (verdict.verdict === 'allow') return null;
  const { code, message } = verdict;
  return { code, title: 'Not sent', message, hint: null, retryable: code === 'integration_inactive' };
};

export const createSendLanes = (deps: Deps) => {
  const { outbox, now } = deps;
  const paces = new Map<number, Pace>();
  const pairs = createPairLimit();
  const inFlight = new Map<number, number>();
  const deadTokens = new Map<number, string | null>();

  const paceOf = (integrationId: number): Pace => {
    let pace = paces.get(integrationId);
    if (!pace) paces.set(integrationId, (pace = createPace(deps.messagesPerSecond)));
    return pace;
  };

  const judge = (number: ConnectedNumber, facts: SendFacts): Verdict =>
    gate(
      {
        integrationActive: number.active,
        freeForm: true,
        window: { lastInboundAt: facts.lastInboundAt, refusedAt: facts.windowRefusedAt },
        expectedLastMessageId: null,
        lastMessageId: null,
      },
      now(),
    );

  const handleFailure = async (row: OutboxRow, number: ConnectedNumber, error: GraphError): Promise<void> => {
    if (error.meta && THROTTLED.includes(error.meta.code)) paceOf(row.integrationId).slowDown(now());
    const next = nextAfter(error, row.attempts + 1, deps.random());
    switch (next.do) {
      case 'retry':
        await outbox.postpone(row, now() + next.afterMs, now());
        return;
      case 'unknown':
        await outbox.outcomeUnknown(row, CHECKING, now());
        return;
      case 'pause':
        await outbox.postpone(row, now(), now(), false);
        // A late answer to the old token says nothing about a new one.
        if ((await deps.number(row.integrationId))?.accessToken === number.accessToken) {
          deadTokens.set(row.integrationId, number.accessToken);
          await deps.onDeadToken(row.integrationId, error);
        }
        return;
      case 'fail':
        await outbox.failed(row, failureOfCall(error), now());
        if (error.meta?.code === WINDOW_CLOSED) await deps.onWindowClosed(row);
    }
  };

  /** A failure before the call proves that nothing was sent: the row simply waits again. */
  const factsOf = async (row: OutboxRow): Promise<SendFacts | null> => {
    try {
      return await outbox.facts(row);
    } catch (error) {
      await outbox.postpone(row, now() + UNREAD_WAIT_MS, now(), false);
      throw error;
    }
  };

  const send = async (row: OutboxRow, number: ConnectedNumber | undefined): Promise<void> => {
    const facts = await factsOf(row);
    if (!facts) return;
    const refusal = number ? refusalOf(judge(number, facts)) : DISCONNECTED;
    if (refusal || !number) {
      await outbox.failed(row, refusal ?? DISCONNECTED, now());
      return;
    }
    if (facts.phone === null && facts.userId === null) {
      await outbox.failed(row, NO_ADDRESS, now());
      return;
    }
    const payload = textMessage({
      to: facts.phone,
      recipient: facts.userId,
      body: facts.text,
      previewUrl: facts.previewUrl,
      replyTo: facts.replyToWamid,
      opaque: facts.sendKey,
    });
    let wamid: string;
    try {
      wamid = (await deps.clientFor(number).sendMessage(number.phoneNumberId, payload)).wamid;
    } catch (error) {
      await handleFailure(row, number, toGraphError(error, { sending: true }));
      return;
    }
    await outbox.accepted(row, wamid, now());
    await deps.afterAccepted(row, wamid);
  };

  const work = async (row: OutboxRow, number: ConnectedNumber | undefined): Promise<void> => {
    const { integrationId } = row;
    inFlight.set(integrationId, (inFlight.get(integrationId) ?? 0) + 1);
    try {
      await send(row, number);
    } finally {
      inFlight.set(integrationId, (inFlight.get(integrationId) ?? 1) - 1);
      deps.notify();
    }
  };

  return {
    /** Claims and starts what may leave now; answers when to look again. */
    async run(integrationId: number, started: (work: Promise<void>) => void): Promise<number | null> {
      const number = await deps.number(integrationId);
      if (deadTokens.has(integrationId)) {
        if (number && deadTokens.get(integrationId) === number.accessToken) return PAUSED_LOOK_MS;
        deadTokens.delete(integrationId);
      }
      const room = CONCURRENCY - (inFlight.get(integrationId) ?? 0);
      if (room <= 0) return null;
      const heads = await outbox.heads(integrationId, now(), room);
      for (const row of heads) {
        const wait = paceOf(integrationId).take(now());
        if (wait > 0) return wait;
        const pairWait = pairs.take(row.conversationId, now());
        if (pairWait > 0) {
          await outbox.holdBack(row, now() + pairWait);
          continue;
        }
        if (await outbox.claim(row, now())) started(work(row, number));
      }
      if (heads.length === room) return null;
      return outbox.nextDueIn(integrationId, now());
    },
  };
};
