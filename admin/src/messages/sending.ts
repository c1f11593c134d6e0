import { api } from '../api/client';
import { newUuid } from '../design/ids';
import { readJson, writeJson } from '../store/local';
import type { Message, MessageError, OneMessage, SendMessage } from './api-types';
import { createOutbox, type Outbox, type OutboxJob } from './outbox';
import { addPending, dropPending, failPending, requeuePending } from './thread-state';
import { takeMessage, threadStore } from './thread-store';

/** Unsent messages older than this are not sent behind the person's back after a reload. */
const STALE_MS = 5 * 60_000;

export interface Author {
  id: string;
  name: string;
}

let outbox: Outbox | null = null;
let author: Author | null = null;

const storageKey = (owner: string) => `whatsapp:outbox:${owner}`;

const toPending = (job: OutboxJob, replyTo: Message['replyTo'] = null): Message => {
  const at = new Date(job.createdAt).toISOString();
  return {
    id: `pending:${job.clientKey}`,
    conversationId: job.conversationId,
    direction: 'outbound',
    type: 'text',
    text: job.text,
    status: 'queued',
    statuses: [],
    error: null,
    wamid: null,
    replyTo,
    reactions: [],
    media: null,
    content: {},
    origin: 'agent',
    author,
    template: null,
    edited: false,
    revoked: false,
    clientKey: job.clientKey,
    timestamp: at,
    createdAt: at,
  };
};

const show = (job: OutboxJob, replyTo?: Message['replyTo']) =>
  threadStore(job.conversationId).set((state) => addPending(state, toPending(job, replyTo)));

const fail = (job: OutboxJob, error: MessageError) =>
  threadStore(job.conversationId).set((state) => failPending(state, job.clientKey, error));

/**
 * Starts sending for the signed-in user and takes up what an earlier visit left unsent.
 * @param owner whose unsent messages these are: the user, within an organization
 */
export const startSending = (user: Author, owner: string): void => {
  author = user;
  const left = readJson<OutboxJob[]>(storageKey(owner)) ?? [];
  const mine = createOutbox({
    send: async (body) => (await api.post<SendMessage.Response>('/messages/send', body)).data,
    onSent: (_job, message) => takeMessage(message),
    onFailed: fail,
    save: (jobs) => writeJson(storageKey(owner), jobs.length > 0 ? jobs : null),
  });
  outbox = mine;
  for (const job of left) {
    show(job);
    if (Date.now() - job.createdAt < STALE_MS) {
      mine.enqueue(job);
      continue;
    }
    mine.park(job);
    fail(job, { code: 'left_unsent', title: '', message: '', hint: null, retryable: true });
  }
};

/** Gives what was left unsent another owner, unless that one has unsent messages already. */
export const moveUnsent = (from: string, to: string): void => {
  const left = readJson<OutboxJob[]>(storageKey(from));
  if (!left || readJson(storageKey(to)) !== null) return;
  writeJson(storageKey(to), left);
  writeJson(storageKey(from), null);
};

export const stopSending = (): void => {
  outbox?.stop();
  outbox = null;
  author = null;
};

/** Shows the text at once and sends it in its turn. */
export const sendText = (conversationId: string, text: string, replyTo: Message | null): void => {
  const job: OutboxJob = {
    conversationId,
    clientKey: newUuid(),
    text,
    replyTo: replyTo?.id ?? null,
    createdAt: Date.now(),
  };
  const quoted = replyTo && {
    id: replyTo.id,
    wamid: replyTo.wamid,
    text: replyTo.text,
    direction: replyTo.direction,
    type: replyTo.type,
  };
  show(job, quoted);
  outbox?.enqueue(job);
};

/** Tries a failed message again: an unsent one from here, one that Meta refused on the server. */
export const retryMessage = async (message: Message): Promise<void> => {
  if (message.clientKey && outbox?.retry(message.clientKey)) {
    threadStore(message.conversationId).set((state) => requeuePending(state, message.clientKey!));
    return;
  }
  const { data } = await api.post<OneMessage.Response>(`/messages/${encodeURIComponent(message.id)}/retry`);
  takeMessage(data);
};

/** True for a bubble that only this browser knows. */
export const isLocal = (message: Message): boolean => message.id.startsWith('pending:');

/** Takes an unsent message away, for editing its text again. */
export const discardLocal = (message: Message): void => {
  if (!isLocal(message) || !message.clientKey) return;
  outbox?.discard(message.clientKey);
  threadStore(message.conversationId).set((state) => dropPending(state, message.clientKey!));
};
