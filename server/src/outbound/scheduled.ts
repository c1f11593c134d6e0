import { messageEvent } from '../audit/sends';
import type { Audit } from '../audit/service';
import { TABLES } from '../constants';
import { invalid, notFound, WhatsAppError } from '../errors';
import type { MessageError } from '../messages/contract';
import { createOutgoing, type MessageRow, type Outgoing } from '../messages/outgoing';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { assertCardsLive } from './card-files';
import { CANCELLED_BY_REPLY } from './failure';
import { enqueue, PRIORITY } from './outbox';
import { announce, touch, wholeSecond, type Ids } from './place';

interface Deps {
  db: Database;
  audit: Audit;
  now(): number;
  wake(integrationId: number): void;
  wakeSchedule(): void;
  notify(): void;
}

const BATCH = 200;

const notWaiting = (): WhatsAppError =>
  new WhatsAppError('not_scheduled', 'This message is not waiting for its time any more.');

const json = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;

/** Messages that wait for a time. They are no part of the thread, and hold nothing back that is written meanwhile. */
export const createScheduled = ({ db, audit, now, wake, wakeSchedule, notify }: Deps) => {
  const scheduled = db.name(TABLES.scheduled);
  const messages = db.name(TABLES.messages);
  const templateSends = db.name(TABLES.templateSends);

  const load = async (scope: Scope, messageId: number | null): Promise<MessageRow> => {
    const row = messageId === null ? null : await createOutgoing(db, scope).findOne(messageId);
    if (!row) throw notFound('Message');
    if (row.delivery_status !== 'scheduled') throw notWaiting();
    return row;
  };

  const idsOf = (row: Record<string, unknown>): Ids => ({
    integrationId: Number(row.integration_id),
    conversationId: Number(row.conversation_id),
    messageId: Number(row.message_id ?? row.id),
  });

  const withdraw = async (tx: Tx, ids: Ids, scope: Scope, error: MessageError | null): Promise<boolean> => {
    const held = await tx.run(`DELETE FROM ${scheduled} WHERE message_id = ?`, [ids.messageId]);
    if (held === 0) return false;
    // What never went is no use of its template.
    await tx.run(`DELETE FROM ${templateSends} WHERE message_id = ?`, [ids.messageId]);
    await tx.run(
      `UPDATE ${messages} SET delivery_status = 'cancelled', error = ? WHERE id = ? AND delivery_status = 'scheduled'`,
      [error && JSON.stringify(error), ids.messageId],
    );
    await announce(db, tx, 'message.updated', scope, ids, now());
    return true;
  };

  /** The person wrote after it was scheduled, and it was to be dropped then. */
  const answered = (row: string): string =>
    `(${row}.cancel_after_id IS NOT NULL AND EXISTS (SELECT 1 FROM ${messages} m WHERE m.conversation_id = ${row}.conversation_id ` +
    `AND m.direction = 'inbound' AND m.id > ${row}.cancel_after_id AND m.message_type <> 'system'))`;

  /** Its time has come: from here on it is a message like any other, and the lane asks the gate. */
  const release = async (tx: Tx, ids: Ids, scope: Scope): Promise<boolean> => {
    // Asked again now that nobody else holds the row: it was put off, or answered, since the due ones were read.
    const held = await tx.run(
      `DELETE FROM ${scheduled} WHERE message_id = ? AND due_at <= ? AND NOT ${answered(scheduled)}`,
      [ids.messageId, now()],
    );
    if (held === 0) return false;
    const at = wholeSecond(now());
    const [row] = await tx.all(`SELECT document_id FROM ${messages} WHERE id = ?`, [ids.messageId]);
    await tx.run(
      `UPDATE ${messages} SET delivery_status = 'queued', written_at = ? WHERE id = ? AND delivery_status = 'scheduled'`,
      [at, ids.messageId],
    );
    await enqueue(db, tx, { ...scope, ...ids, priority: PRIORITY.person });
    await touch(db, tx, ids.conversationId, String(row?.document_id), at);
    await announce(db, tx, 'message.created', scope, ids, now());
    return true;
  };

  const each = async (
    rows: Record<string, unknown>[],
    work: (tx: Tx, ids: Ids, scope: Scope) => Promise<boolean>,
  ): Promise<Ids[]> => {
    const done: Ids[] = [];
    for (const row of rows) {
      const ids = idsOf(row);
      const scope = { organizationId: Number(row.organization_id) };
      if (await db.transaction((tx) => work(tx, ids, scope))) done.push(ids);
    }
    return done;
  };

  const dropAnswered = async (): Promise<number> => {
    const rows = await db.all(`SELECT s.* FROM ${scheduled} s WHERE ${answered('s')} LIMIT ${BATCH}`);
    const dropped = await each(rows, (tx, ids, scope) => withdraw(tx, ids, scope, CANCELLED_BY_REPLY));
    return dropped.length;
  };

  const edited = (row: MessageRow, text: string): { content: unknown; outgoing: Outgoing } => {
    const outgoing = json<Outgoing>(row.outgoing);
    const content = json<Record<string, unknown>>(row.content);
    const { element } = outgoing;
    if (element.type !== 'text')
      throw invalid([{ path: 'text', message: 'Only the text of a plain text message can be changed' }]);
    return {
      content,
      outgoing: { ...outgoing, element: { ...element, text: { ...element.text, body: text } } },
    };
  };

  return {
    dropAnswered,
    /** Ids of what waits in a conversation, soonest first. */
    async idsIn(scope: Scope, conversationId: number): Promise<number[]> {
      await dropAnswered();
      const rows = await db.all(
        `SELECT message_id FROM ${scheduled} WHERE organization_id = ? AND conversation_id = ? ORDER BY due_at, id`,
        [scope.organizationId, conversationId],
      );
      return rows.map((row) => Number(row.message_id));
    },
    async cancel(scope: Scope, messageId: number | null): Promise<void> {
      const ids = idsOf(await load(scope, messageId));
      await db.transaction(async (tx) => {
        if (!(await withdraw(tx, ids, scope, null))) throw notWaiting();
        await audit.record(tx, messageEvent(scope, 'message.cancel', ids.messageId));
      });
      notify();
    },
    /** A time that has passed means now. */
    async edit(
      scope: Scope,
      messageId: number | null,
      change: { text?: string; scheduledAt?: number },
    ): Promise<void> {
      const row = await load(scope, messageId);
      const ids = idsOf(row);
      const next = change.text === undefined ? null : edited(row, change.text);
      const dueAt = change.scheduledAt ?? Number(row.scheduled_at);
      const { element } = json<Outgoing>(row.outgoing);
      if (element.type === 'template') assertCardsLive(element.template, Number(row.received_at), dueAt);
      await db.transaction(async (tx) => {
        // Held until the commit: it cannot be released with half of the change.
        const held = await tx.run(`UPDATE ${scheduled} SET due_at = ? WHERE message_id = ?`, [
          dueAt,
          ids.messageId,
        ]);
        if (held === 0) throw notWaiting();
        await tx.run(`UPDATE ${messages} SET scheduled_at = ? WHERE id = ?`, [dueAt, ids.messageId]);
        await tx.run(`UPDATE ${templateSends} SET at = ? WHERE message_id = ?`, [dueAt, ids.messageId]);
        if (next) {
          await tx.run(`UPDATE ${messages} SET text = ?, content = ?, outgoing = ? WHERE id = ?`, [
            change.text as string,
            JSON.stringify(next.content),
            JSON.stringify(next.outgoing),
            ids.messageId,
          ]);
        }
        await announce(db, tx, 'message.updated', scope, ids, now());
        await audit.record(tx, messageEvent(scope, 'message.reschedule', ids.messageId));
      });
      wakeSchedule();
      notify();
    },
    /** Lets go what is due. Answers when to look again, ms; null when nothing waits. */
    async run(): Promise<number | null> {
      await dropAnswered();
      const due = await db.all(
        `SELECT * FROM ${scheduled} WHERE due_at <= ? ORDER BY due_at, id LIMIT ${BATCH}`,
        [now()],
      );
      const released = await each(due, release);
      new Set(released.map(({ integrationId }) => integrationId)).forEach(wake);
      if (due.length > 0) notify();
      if (due.length === BATCH) return 1;
      const [next] = await db.all(`SELECT min(due_at) AS at FROM ${scheduled}`);
      return next?.at === null || next?.at === undefined ? null : Number(next.at) - now();
    },
    async isDue(): Promise<boolean> {
      const [row] = await db.all(`SELECT id FROM ${scheduled} WHERE due_at <= ? LIMIT 1`, [now()]);
      return row !== undefined;
    },
  };
};

export type Scheduled = ReturnType<typeof createScheduled>;
