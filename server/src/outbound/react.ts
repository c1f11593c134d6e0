import { messageEvent } from '../audit/sends';
import type { Audit } from '../audit/service';
import { messagePayload } from '../cloud-api/payloads';
import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import { QUOTE_MAX_AGE_MS } from '../cloud-api/limits';
import { TABLES } from '../constants';
import { invalid, notFound } from '../errors';
import { idOf } from '../http/validate';
import type { ConnectedNumber } from '../integrations/registry';
import { addJobs } from '../jobs/batch';
import { createOutgoing } from '../messages/outgoing';
import { reactionKey } from '../messages/reaction-key';
import { takeBackReaction, writeReactions } from '../messages/targets';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Target } from './addressee';
import type { SendCommand, SendResult } from './contract';
import type { FactsOf } from './facts';
import { assertAllowed, gate } from './gate';
import { announce } from './place';

export type React = (command: SendCommand, target: Target, number: ConnectedNumber) => Promise<SendResult>;

interface Deps {
  db: Database;
  audit: Audit;
  factsOf: FactsOf;
  now(): number;
  wakeJobs(): void;
  notify(): void;
}

const stale = (path: string, message: string) => invalid([{ path: `reaction.${path}`, message }]);

/**
 * A reaction is no message of its own: it is put on its message at once, and a job tells WhatsApp. Setting the same
 * reaction twice is one reaction, so unlike a message it may be sent again after a lost answer.
 */
export const createReact = ({ db, audit, factsOf, now, wakeJobs, notify }: Deps): React => {
  const targetMessage = async (scope: Scope, target: Target, messageId: string) => {
    const repository = createOutgoing(db, scope);
    const id = idOf(messageId);
    const found =
      id === null
        ? (await repository.byWamids(target.integrationId, [messageId]))[0]
        : await repository.findOne(id);
    const row = found && (await repository.findOne(Number(found.id)));
    if (!row || Number(row.conversation_id) !== target.conversation?.id)
      throw stale('messageId', 'Is no message of this conversation');
    if (!row.wamid) throw stale('messageId', 'Has not reached WhatsApp yet');
    if (row.revoked_at) throw stale('messageId', 'Was deleted');
    if (Number(row.written_at) < now() - QUOTE_MAX_AGE_MS)
      throw stale('messageId', 'Is older than 30 days; WhatsApp shows no reaction on it');
    return Number(row.id);
  };

  return async (command, target, number) => {
    const { scope, content } = command;
    if (content.kind !== 'reaction') throw new Error('Not a reaction');
    if (!target.conversation) throw notFound('Conversation');
    const messageId = await targetMessage(scope, target, content.messageId);
    assertAllowed(gate(await factsOf(scope, number, target, command), now()));
    const ids = { integrationId: target.integrationId, conversationId: target.conversation.id, messageId };
    await db.transaction(async (tx) => {
      await writeReactions(db, tx, [
        { messageId, from: 'business', emoji: content.emoji || null, at: now() },
      ]);
      const payload = { messageId };
      await addJobs(
        db,
        tx,
        [{ kind: 'reaction.send', organizationId: scope.organizationId, payload }],
        now(),
      );
      await announce(db, tx, 'message.updated', scope, ids, now());
      await audit.record(tx, messageEvent(scope, 'message.react', messageId));
    });
    wakeJobs();
    notify();
    return { messageId, repeated: false };
  };
};

interface JobDeps {
  db: Database;
  number(integrationId: number): Promise<ConnectedNumber | undefined>;
  clientFor(number: ConnectedNumber): GraphClient;
  /** Takes the number's turn; ms to wait instead when it has none. */
  turn(number: ConnectedNumber, conversationId: number): number;
  now(): number;
  notify(): void;
}

/** After this long nobody waits for a thumbs-up any more. */
const PATIENCE_MS = 60 * 60 * 1000;

/** Tells WhatsApp what is on the message now, whichever of several changes the job came from. */
export const createReactionJob = ({ db, number: numberOf, clientFor, turn, now, notify }: JobDeps) => {
  const underWay = new Set<number>();

  const load = async (messageId: number) => {
    const [row] = await db.all(
      `SELECT m.organization_id, m.integration_id, m.conversation_id, m.wamid, m.business_reaction, m.business_reaction_at, c.phone, c.wa_id, c.user_id ` +
        `FROM ${db.name(TABLES.messages)} m JOIN ${db.name(TABLES.conversations)} v ON v.id = m.conversation_id ` +
        `JOIN ${db.name(TABLES.contacts)} c ON c.id = v.contact_id WHERE m.id = ?`,
      [messageId],
    );
    return row;
  };

  const takeBack = (row: Record<string, unknown>, messageId: number): Promise<void> =>
    db.transaction(async (tx) => {
      const integrationId = Number(row.integration_id);
      const at = Number(row.business_reaction_at);
      const placed = await takeBackReaction(db, tx, { messageId, integrationId, at });
      if (!placed) return;
      const { organizationId, conversationId } = placed;
      await announce(
        db,
        tx,
        'message.updated',
        { organizationId },
        { integrationId, conversationId, messageId },
        now(),
      );
    });

  const tell = async (
    row: Record<string, unknown>,
    messageId: number,
    lastTry: boolean,
  ): Promise<boolean> => {
    const number = await numberOf(Number(row.integration_id));
    if (!number?.active || row.wamid === null) {
      await takeBack(row, messageId);
      return false;
    }
    if (turn(number, Number(row.conversation_id)) > 0) return true;
    const emoji = row.business_reaction === null ? '' : String(row.business_reaction);
    const phone = row.wa_id ? `+${String(row.wa_id)}` : row.phone ? String(row.phone) : null;
    const payload = messagePayload(
      {
        to: phone,
        recipient: row.user_id === null ? null : String(row.user_id),
        opaque: reactionKey({ messageId, at: Number(row.business_reaction_at) }),
      },
      { type: 'reaction', reaction: { message_id: String(row.wamid), emoji } },
    );
    try {
      await clientFor(number).sendMessage(number.phoneNumberId, payload);
      return false;
    } catch (error) {
      const failure = toGraphError(error, { sending: false });
      const waits = failure.retryable || ['unknown_outcome', 'credential'].includes(failure.category);
      const isFresh = Number(row.business_reaction_at) > now() - PATIENCE_MS;
      if (waits && isFresh && !lastTry) return true;
      await takeBack(row, messageId);
      return false;
    }
  };

  return async (payload: Record<string, unknown>, lastTry: boolean): Promise<boolean> => {
    const messageId = Number(payload.messageId);
    // One at a time: two changes of mind must reach WhatsApp in their order.
    if (underWay.has(messageId)) return true;
    underWay.add(messageId);
    try {
      const row = await load(messageId);
      return row ? await tell(row, messageId, lastTry) : false;
    } finally {
      underWay.delete(messageId);
      notify();
    }
  };
};
