import { toGraphError } from '../cloud-api/errors';
import type { GraphClient } from '../cloud-api/client';
import type { GraphError } from '../cloud-api/graph-error';
import { withFileId } from '../cloud-api/element';
import type { SentMessage } from '../cloud-api/graph-answers';
import { messagePayload } from '../cloud-api/payloads';
import { isWindowOpen } from '../conversations/service-window';
import { WhatsAppError } from '../errors';
import { isStopped, type ConnectedNumber } from '../integrations/registry';
import type { MessageError } from '../messages/contract';
import { UNLIMITED, type AssertTemplateAllowed } from '../template-use/access';
import type { PrepareTemplate } from '../templates/sending';
import type { Files } from './contract';
import { CHECKING, failureOfCall, ownFailure } from './failure';
import { CONSENT_LEFT_TO_META, gate, type Verdict } from './gate';
import { PRIORITY, type Outbox, type OutboxRow, type SendFacts } from './outbox';
import { createPace, createPairLimit, type Pace } from './pace';
import type { Pause } from './pauses';
import { nextAfter } from './retry';
import { stopFor, type Stop } from './stops';
import { HOLD_LOOK_MS, holdFor } from './template-hold';
import { orderOf } from './with-template';

interface Deps {
  outbox: Outbox;
  number(integrationId: number): Promise<ConnectedNumber | undefined>;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
  random(): number;
  /** Sends per second of a number, as Meta allows it now. */
  rateOf(number: ConnectedNumber): number;
  files: Pick<Files, 'idAtMeta' | 'forget'>;
  /** Throws a WhatsAppError when a template cannot be sent any more. */
  checkTemplate: PrepareTemplate;
  /** Throws `template_not_allowed` when its writer, or this number, may not use it any more. */
  assertTemplateAllowed: AssertTemplateAllowed;
  /** Why the lane rests, if it does. */
  pausesOf(integrationId: number): Promise<Pause[]>;
  pause(row: OutboxRow, stop: Stop): Promise<void>;
  /** When the account may write to one more new person, ms; null = now, or nobody knows. */
  dailyLimitFreesAt(number: ConnectedNumber, contactId: number): Promise<number | null>;
  /** After each commit: wakes the streams. */
  notify(): void;
  /** A status may have been parked before our answer came. */
  afterAccepted(row: OutboxRow, sent: SentMessage, facts: SendFacts): Promise<void>;
  /** Meta called the token dead (code 190); the lane waits for another one. */
  onDeadToken(integrationId: number, error: GraphError): Promise<void>;
  /** Meta's 131047 as a direct answer. */
  onWindowClosed(row: OutboxRow): Promise<void>;
}

/** Sends under way per number; more waits in the outbox. */
const CONCURRENCY = 40;
/** Of these, places that bulk sends leave free: an answer of a person never waits for a campaign's slow calls. */
const FOR_PEOPLE = 8;
const THROTTLED = [130429, 4, 80007];
/** Meta, support/error-codes: limits that free by themselves, of the number, the account, one recipient, or for spam. */
const LIMITED = [...THROTTLED, 131056, 131048];
const WINDOW_CLOSED = 131047;
/** A template that was checked within this time is not looked at again. */
const TEMPLATE_FRESH_MS = 60_000;
/** The row could not be read just now. */
const UNREAD_WAIT_MS = 1_000;
/** How long a lane without a working token sleeps before it looks whether there is a new one. */
const PAUSED_LOOK_MS = 5_000;

const NO_ADDRESS = ownFailure(
  'no_address',
  'WhatsApp has told us neither a phone number nor a user ID for this conversation.',
);
const DISCONNECTED = ownFailure('not_found', 'The number is not connected any more.');
const FILE_MISSING = ownFailure('file_missing', 'The file of this message is not there any more.', {
  hint: 'Attach it again.',
});

/** Codes under which Meta refuses a file's id that has ended before its time. */
const FILE_REFUSED = [100, 131009, 131053];

const iso = (at: number): string => new Date(at).toISOString();

/** When Meta's limit lets it go, where anybody said so, ms. */
const limitEnds = (error: GraphError, stop: Stop | null, at: number): number | null => {
  if (stop) return at + stop.forMs;
  return error.retryAfterMs === null ? null : at + error.retryAfterMs;
};

const noRoom = (freesAt: number): MessageError => ({
  ...ownFailure(
    'rate_limit_exceeded',
    'This account has written to as many new people as Meta allows within 24 hours.',
    { class: 'wait' },
  ),
  retryAt: iso(freesAt),
});

/** What the thread shows when the gate, asked again, says no; null when it still says yes. */
const refusalOf = (verdict: Verdict): MessageError | null => {
  if (verdict.verdict !== 'refuse') return null;
  const { code, message } = verdict;
  return ownFailure(code, message, { retryable: code === 'integration_inactive' });
};

export const createSendLanes = (deps: Deps) => {
  const { outbox, now } = deps;
  const paces = new Map<number, { rate: number; pace: Pace }>();
  const pairs = createPairLimit();
  const inFlight = new Map<number, number>();
  const deadTokens = new Map<number, string | null>();

  /** Made anew when Meta raised or lowered the number. */
  const paceOf = (number: ConnectedNumber): Pace => {
    const rate = deps.rateOf(number);
    const known = paces.get(number.id);
    if (known?.rate === rate) return known.pace;
    const pace = createPace(rate);
    paces.set(number.id, { rate, pace });
    return pace;
  };

  const judge = (number: ConnectedNumber, facts: SendFacts): Verdict =>
    gate(
      {
        integrationActive: number.active,
        blocked: facts.blocked,
        consent: CONSENT_LEFT_TO_META,
        freeForm: facts.type !== 'template',
        dailyLimitFreesAt: null,
        opensAt: null,
        hours: 'ignore',
        window: { lastInboundAt: facts.lastInboundAt, refusedAt: facts.windowRefusedAt },
        expectedLastMessageId: null,
        lastMessageId: null,
      },
      now(),
    );

  const handleFailure = async (row: OutboxRow, number: ConnectedNumber, error: GraphError): Promise<void> => {
    if (error.meta && THROTTLED.includes(error.meta.code)) paceOf(number).slowDown(now());
    const stop = stopFor(error);
    if (stop) await deps.pause(row, stop);
    const limit = LIMITED.includes(error.meta?.code ?? -1) ? failureOfCall(error) : null;
    const limitEnd = limit && limitEnds(error, stop, now());
    const next = nextAfter(error, row.attempts + 1, deps.random());
    switch (next.do) {
      case 'retry':
        await outbox.postpone(row, now() + next.afterMs, now(), {
          reason: limit && { ...limit, retryAt: iso(Math.max(limitEnd ?? 0, now() + next.afterMs)) },
        });
        return;
      case 'unknown':
        await outbox.outcomeUnknown(row, CHECKING, now());
        return;
      case 'pause':
        await outbox.postpone(row, now(), now(), { countAttempt: false });
        // A late answer to the old token says nothing about a new one.
        if ((await deps.number(row.integrationId))?.accessToken === number.accessToken) {
          await deps.onDeadToken(row.integrationId, error);
          deadTokens.set(row.integrationId, number.accessToken);
        }
        return;
      case 'fail':
        await outbox.failed(
          row,
          { ...failureOfCall(error), retryAt: limitEnd === null ? null : iso(limitEnd) },
          now(),
        );
        if (error.meta?.code === WINDOW_CLOSED) await deps.onWindowClosed(row);
    }
  };

  /** A failure before the call proves that nothing was sent: the row simply waits again. */
  const factsOf = async (row: OutboxRow): Promise<SendFacts | null> => {
    try {
      return await outbox.facts(row);
    } catch (error) {
      await outbox.postpone(row, now() + UNREAD_WAIT_MS, now(), { countAttempt: false });
      throw error;
    }
  };

  /** Meta's id for the message's file; `settled` when the row has been taken care of because there is none. */
  const fileOf = async (row: OutboxRow, number: ConnectedNumber, { outgoing, media }: SendFacts) => {
    if (outgoing.fileAt === null || media === null) return null;
    try {
      return await deps.files.idAtMeta(number, row.organizationId, row.messageId, media);
    } catch (error) {
      if (error instanceof Error && error.name === 'FileMissing')
        await outbox.failed(row, FILE_MISSING, now());
      // An upload may always be repeated: it sends nothing to anybody.
      else await handleFailure(row, number, toGraphError(error, { sending: false }));
      return 'settled' as const;
    }
  };

  /** The account has written to as many new people as Meta allows: this one waits for the first place that frees up. */
  const waitsForRoom = async (
    row: OutboxRow,
    number: ConnectedNumber,
    facts: SendFacts,
  ): Promise<boolean> => {
    const window = { lastInboundAt: facts.lastInboundAt, refusedAt: facts.windowRefusedAt };
    if (facts.type !== 'template' || isWindowOpen(window, now())) return false;
    const freesAt = await deps.dailyLimitFreesAt(number, facts.contactId);
    if (freesAt === null || freesAt <= now()) return false;
    await outbox.postpone(row, freesAt, now(), { countAttempt: false, reason: noRoom(freesAt) });
    return true;
  };

  /** What is wrong with its template: Meta may have paused or disabled it since it was chosen. */
  const templateTrouble = async (
    { organizationId }: OutboxRow,
    number: ConnectedNumber,
    facts: SendFacts,
  ): Promise<WhatsAppError | null> => {
    const { element } = facts.outgoing;
    if (element.type !== 'template' || now() - facts.checkedAt < TEMPLATE_FRESH_MS) return null;
    try {
      const sender = facts.authorId === null ? UNLIMITED : { as: 'author' as const, userId: facts.authorId };
      await deps.assertTemplateAllowed({ organizationId }, number, element.template.name, sender);
      await deps.checkTemplate({ organizationId }, number, orderOf(element.template, facts.parameters));
      return null;
    } catch (error) {
      if (!(error instanceof WhatsAppError)) throw error;
      return error;
    }
  };

  /** Waits for its template if that may help; what is written meanwhile does not wait along. */
  const hold = async (
    row: OutboxRow,
    facts: SendFacts,
    error: WhatsAppError | GraphError,
  ): Promise<boolean> => {
    if (facts.type !== 'template') return false;
    const reason = holdFor(error, facts.since, now());
    if (reason === null) return false;
    await outbox.postpone(row, now() + HOLD_LOOK_MS, now(), {
      countAttempt: false,
      reason,
      forTemplate: true,
    });
    return true;
  };

  /** Why it may not leave now, asked at the moment of sending. */
  const refusalNow = async (
    row: OutboxRow,
    number: ConnectedNumber | undefined,
    facts: SendFacts,
  ): Promise<MessageError | 'waits' | null> => {
    if (!number) return DISCONNECTED;
    const refusal = refusalOf(judge(number, facts));
    if (refusal) return refusal;
    if (facts.phone === null && facts.userId === null) return NO_ADDRESS;
    try {
      const trouble = await templateTrouble(row, number, facts);
      if (trouble === null) return null;
      if (await hold(row, facts, trouble)) return 'waits';
      return ownFailure(trouble.code, trouble.message, { hint: 'Choose another template.' });
    } catch (error) {
      await outbox.postpone(row, now() + UNREAD_WAIT_MS, now(), { countAttempt: false });
      throw error;
    }
  };

  const send = async (row: OutboxRow, number: ConnectedNumber | undefined): Promise<void> => {
    const facts = await factsOf(row);
    if (!facts) return;
    const refusal = await refusalNow(row, number, facts);
    if (refusal === 'waits') return;
    if (refusal || !number) {
      await outbox.failed(row, refusal ?? DISCONNECTED, now());
      return;
    }
    if (await waitsForRoom(row, number, facts)) return;
    const file = await fileOf(row, number, facts);
    if (file === 'settled') return;
    const { element, fileAt } = facts.outgoing;
    const payload = messagePayload(
      { to: facts.phone, recipient: facts.userId, replyTo: facts.replyToWamid, opaque: facts.sendKey },
      file && fileAt ? withFileId(element, fileAt, file.id) : element,
    );
    let sent: SentMessage;
    try {
      sent = await deps.clientFor(number).sendMessage(number.phoneNumberId, payload);
    } catch (error) {
      const failure = toGraphError(error, { sending: true });
      if (file?.reused && facts.media && FILE_REFUSED.includes(failure.meta?.code ?? -1)) {
        // Nothing was sent; the next try uploads the file anew.
        await deps.files.forget(number.id, facts.media);
        await outbox.postpone(row, now(), now());
        return;
      }
      if (await hold(row, facts, failure)) return;
      await handleFailure(row, number, failure);
      return;
    }
    await outbox.accepted(row, sent.wamid, now());
    await deps.afterAccepted(row, sent, facts);
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
        // A health reading that Meta answered proves the same token alive again.
        const isDead = number?.problem === 'token' && deadTokens.get(integrationId) === number.accessToken;
        if (isDead) return PAUSED_LOOK_MS;
        deadTokens.delete(integrationId);
      }
      // Banned, disconnected, deleted: whatever is sent now is refused. It ends when Meta says so.
      if (number?.active && isStopped(number)) return PAUSED_LOOK_MS;
      const room = CONCURRENCY - (inFlight.get(integrationId) ?? 0);
      if (room <= 0) return null;
      const pauses = await deps.pausesOf(integrationId);
      const stopped = pauses.find(({ scope }) => scope === 'all');
      if (stopped) return Math.min(PAUSED_LOOK_MS, stopped.until - now());
      const bulkRests = pauses.length > 0 || room <= FOR_PEOPLE;
      const heads = await outbox.heads(
        integrationId,
        now(),
        room,
        bulkRests ? PRIORITY.person : PRIORITY.campaign,
      );
      for (const row of heads) {
        const wait = number ? paceOf(number).take(now()) : 0;
        if (wait > 0) return wait;
        const pairWait = pairs.take(row.conversationId, now());
        if (pairWait > 0) {
          await outbox.holdBack(row, now() + pairWait);
          continue;
        }
        if (await outbox.claim(row, now())) started(work(row, number));
      }
      if (heads.length === room) return null;
      const next = await outbox.nextDueIn(integrationId, now());
      return pauses.length > 0 ? Math.min(PAUSED_LOOK_MS, next ?? PAUSED_LOOK_MS) : next;
    },
    /** For what is sent beside the outbox (reactions): takes the number's turn, or answers how long to wait, ms. */
    turn(number: ConnectedNumber, conversationId: number): number {
      return paceOf(number).take(now()) || pairs.take(conversationId, now());
    },
  };
};
