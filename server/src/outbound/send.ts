import { sendEvent } from '../audit/sends';
import type { Audit } from '../audit/service';
import { TABLES } from '../constants';
import { LAST_MESSAGE } from '../conversations/last-message';
import { invalid, notFound, WhatsAppError } from '../errors';
import { idOf } from '../http/validate';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import { createOutgoing, type MessageRow } from '../messages/outgoing';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import { RaceLost } from '../storage/race';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { assertCardsLive } from './card-files';
import { checkAddressee, createAddressBook, type Target } from './addressee';
import { compose } from './compose';
import type { Files, SendCommand, SendResult, TakenFile } from './contract';
import type { FactsOf } from './facts';
import { mediaColumn } from './files';
import { assertAllowed, gate, newerReply, personGate } from './gate';
import { openConversation } from './open-conversation';
import { place, type Draft } from './place';
import type { React } from './react';
import { withCardFiles } from './carousel-files';
import { withTemplate, type TemplateRooms } from './with-template';
import { assertMaySend } from './rights';

type Conversation = NonNullable<Target['conversation']>;

/** How long a client key stands for its first message. */
const CLIENT_KEY_MS = 24 * 60 * 60 * 1000;

/** Refused by what a twin of this very request may have written a moment before. */
const isOvertaken = (error: unknown): boolean =>
  isUniqueViolation(error) || (error instanceof WhatsAppError && error.code === 'newer_reply_exists');

interface Deps {
  db: Database;
  audit: Audit;
  registry: Registry;
  files: Files;
  factsOf: FactsOf;
  react: React;
  templates: TemplateRooms;
  /** A person used a template: his picker shows it first. */
  noteTemplateUse(scope: Scope, number: ConnectedNumber, name: string, userId: number): Promise<void>;
  now(): number;
  /** The lane of a number has something to do. */
  wake(integrationId: number): void;
  /** Something waits for a time. */
  wakeSchedule(): void;
  notify(): void;
  onError(error: unknown): void;
}

export type Send = (command: SendCommand) => Promise<SendResult>;

/** The message that was made with this key within a day, if any; an older one gives the key back. */
export const repeatOf = async (
  db: Database,
  scope: Scope,
  clientKey: string | null,
  now: number,
): Promise<SendResult | null> => {
  if (clientKey === null) return null;
  const repository = createOutgoing(db, scope);
  const row = await repository.findByClientKey(clientKey);
  if (!row) return null;
  if (Number(row.received_at) > now - CLIENT_KEY_MS) return { messageId: Number(row.id), repeated: true };
  await repository.forgetClientKey(clientKey, now - CLIENT_KEY_MS);
  return null;
};

/** The one verb: judged by the gate, stored with its outbox row in one transaction, sent by the number's lane. */
export const createSend = (deps: Deps): Send => {
  const { db, registry, now } = deps;

  const connectedIn = async (scope: Scope): Promise<ConnectedNumber[]> =>
    (await registry.all()).filter((number) => number.organizationId === scope.organizationId);

  const quotedWamid = async (
    scope: Scope,
    target: Target,
    replyTo: string | null,
  ): Promise<string | null> => {
    if (replyTo === null) return null;
    const repository = createOutgoing(db, scope);
    const id = idOf(replyTo);
    const row: MessageRow | undefined =
      id === null
        ? (await repository.byWamids(target.integrationId, [replyTo]))[0]
        : ((await repository.findOne(id)) ?? undefined);
    const full = row && (await repository.findOne(Number(row.id)));
    if (!full || Number(full.conversation_id) !== target.conversation?.id) {
      throw invalid([{ path: 'replyTo', message: 'Is no message of this conversation' }]);
    }
    if (!full.wamid) throw invalid([{ path: 'replyTo', message: 'Has not reached WhatsApp yet' }]);
    return String(full.wamid);
  };

  /** Two answers to the same message at once: the row lock lets one through, the other then sees a newer message. */
  const holdExpectation = async (tx: Tx, command: SendCommand, conversation: Conversation): Promise<void> => {
    if (command.expectedLastMessageId === undefined) return;
    const held = await tx.run(
      `UPDATE ${db.name(TABLES.conversations)} SET last_message_key = last_message_key WHERE id = ? AND COALESCE(last_message_key, '') = ?`,
      [conversation.id, conversation.lastMessageKey ?? ''],
    );
    if (held > 0) return;
    const [row] = await tx.all(
      `SELECT m.id FROM ${db.name(TABLES.conversations)} v JOIN ${db.name(TABLES.messages)} m ON ${LAST_MESSAGE} WHERE v.id = ?`,
      [conversation.id],
    );
    assertAllowed(newerReply(row ? Number(row.id) : null));
  };

  const draftOf = (
    command: SendCommand,
    file: TakenFile | null,
    scheduledAt: number | null,
  ): Omit<Draft, 'integrationId' | 'conversationId' | 'replyToWamid'> => {
    const { content } = command;
    if (content.kind !== 'message') throw new Error('A reaction is no message');
    return {
      // Recorded as AAC, or not in mono: what was meant as a voice note goes as a sound file.
      ...compose(file && content.file ? { ...content, file: { ...content.file, as: file.kind } } : content),
      media: file && mediaColumn(file),
      outgoing: { element: finished(content.element, file), fileAt: content.file?.at ?? null },
      clientKey: command.clientKey,
      origin: command.origin,
      isTest: command.isTest === true,
      authorId: command.author?.id ?? null,
      authorName: command.author?.name ?? null,
      scheduledAt,
      cancelOnReply: command.cancelOnReply,
    };
  };

  const store = (
    command: SendCommand,
    target: Target,
    replyToWamid: string | null,
    draft: ReturnType<typeof draftOf>,
  ): Promise<number> =>
    db.transaction(async (tx) => {
      const { scope, addressee } = command;
      const { integrationId, contactId, conversation } = target;
      if (conversation) await holdExpectation(tx, command, conversation);
      const conversationId =
        conversation?.id ??
        (await openConversation(db, tx, scope, { integrationId, contactId, addressee }, now()));
      const id = await place(db, tx, scope, { ...draft, integrationId, conversationId, replyToWamid }, now());
      await deps.audit.record(tx, sendEvent(scope, command, id));
      return id;
    });

  const targetOf = async (command: SendCommand, numbers: ConnectedNumber[]): Promise<Target> => {
    if (command.integrationId !== null && !numbers.some((n) => n.id === command.integrationId)) {
      throw notFound('Integration');
    }
    return createAddressBook(db, command.scope).find(
      command.addressee,
      command.integrationId,
      numbers.map((number) => number.id),
    );
  };

  const numberOf = (target: Target, numbers: ConnectedNumber[]): ConnectedNumber => {
    const number = numbers.find((n) => n.id === target.integrationId);
    if (!number) throw notFound('Integration');
    return number;
  };

  const sendMessage = async (
    asked: SendCommand,
    target: Target,
    number: ConnectedNumber,
    replyTo: string | null,
  ): Promise<SendResult> => {
    const { scope } = asked;
    const facts = await deps.factsOf(scope, number, target, asked);
    assertAllowed(personGate(facts, now()));
    const prepared = await withTemplate(deps.templates, deps.files, number, target, asked);
    const content = await withCardFiles(deps.files, scope, number, prepared);
    const command = { ...asked, content };
    const file = content.file && (await deps.files.take(scope, number, content.file));
    const verdict = gate(facts, now());
    assertAllowed(verdict);
    const later = Math.max(command.scheduledAt ?? 0, verdict.verdict === 'queue' ? verdict.until : 0);
    const scheduledAt = later > now() ? later : null;
    if (content.element.type === 'template')
      assertCardsLive(content.element.template, now(), scheduledAt ?? 0);
    const messageId = await store(command, target, replyTo, draftOf(command, file, scheduledAt));
    if (typeof file?.uploadId === 'number')
      await deps.files.keep(scope.organizationId, messageId, file.uploadId).catch(deps.onError);
    if (file && file.uploadId === null) await deps.files.fetchLater(scope.organizationId, messageId);
    const { element } = content;
    if (element.type === 'template' && asked.author?.id && !asked.isTest)
      await deps.noteTemplateUse(scope, number, element.template.name, asked.author.id).catch(deps.onError);
    if (scheduledAt === null) deps.wake(target.integrationId);
    else deps.wakeSchedule();
    deps.notify();
    return { messageId, repeated: false };
  };

  const attempt = async (command: SendCommand): Promise<SendResult> => {
    const { scope, clientKey, content } = command;
    const numbers = await connectedIn(scope);
    const target = await targetOf(command, numbers);
    const isTemplate = content.kind === 'message' && content.element.type === 'template';
    assertMaySend(command.rights, { isTemplate, hasConversation: target.conversation !== null });
    const replyTo = await quotedWamid(scope, target, command.replyTo);
    const number = numberOf(target, numbers);
    try {
      if (content.kind === 'reaction') return await deps.react(command, target, number);
      return await sendMessage(command, target, number, replyTo);
    } catch (error) {
      // Two of the same key at once: one gets through, the other answers with it.
      const winner = isOvertaken(error) ? await repeatOf(db, scope, clientKey, now()) : null;
      if (winner) return winner;
      throw error;
    }
  };

  return async (command) => {
    checkAddressee(command.addressee);
    const repeated = await repeatOf(db, command.scope, command.clientKey, now());
    if (repeated) return repeated;
    try {
      return await attempt(command);
    } catch (error) {
      // Somebody else met the same new person in this moment: now both are found.
      if (!(error instanceof RaceLost)) throw error;
      return attempt(command);
    }
  };
};

/** The element as it will go: without the voice flag when the file turned out to be no voice note, with a file's name. */
const finished = <E extends { type: string }>(element: E, file: TakenFile | null): E => {
  if (file === null || !['audio', 'document'].includes(element.type)) return element;
  const inner = { ...(element as unknown as Record<string, Record<string, unknown>>)[element.type] };
  if (element.type === 'audio' && file.kind !== 'voice') delete inner.voice;
  // Without a name the phone shows one that Meta makes up.
  if (element.type === 'document' && file.fileName) inner.filename = file.fileName;
  return { ...element, [element.type]: inner };
};
