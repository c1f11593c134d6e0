import { api } from '../api/client';
import { newUuid } from '../design/ids';
import { readJson, writeJson } from '../store/local';
import type { EditScheduled, Message, MessageError, OneMessage, SendMessage } from './api-types';
import type { Upload } from '../../../server/src/uploads/contract';
import { forgetFilesOf, uploadedBody } from './attachments/uploaded-body';
import { forgetUpload, knowUpload, uploadStore } from './attachments/uploads';
import { cardItemsOf, itemOf, shownContent, type JobContent } from './job-content';
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
    status: job.scheduledAt ? 'scheduled' : 'queued',
    statuses: [],
    error: null,
    wamid: null,
    replyTo,
    reactions: [],
    origin: 'agent',
    author,
    template:
      job.content.type === 'template'
        ? { name: job.content.name, language: job.content.language, parameters: job.content.parameters }
        : null,
    edited: false,
    revoked: false,
    scheduledAt: job.scheduledAt ?? null,
    clientKey: job.clientKey,
    timestamp: at,
    createdAt: at,
    ...shownContent(job.content),
  };
};

const show = (job: OutboxJob, replyTo?: Message['replyTo']) =>
  threadStore(job.conversationId).set((state) => addPending(state, toPending(job, replyTo)));

const fail = (job: OutboxJob, error: MessageError) =>
  threadStore(job.conversationId).set((state) => failPending(state, job.clientKey, error));

const send = async (job: OutboxJob): Promise<Message> => {
  const { conversationId, clientKey, content, replyTo, scheduledAt, cancelOnReply } = job;
  const body: SendMessage.Body = {
    conversationId,
    clientKey,
    ...(await uploadedBody(content)),
    ...(replyTo ? { replyTo } : {}),
    ...(scheduledAt ? { scheduledAt, cancelOnReply } : {}),
  };
  return (await api.post<SendMessage.Response>('/messages/send', body)).data;
};

const sent = (job: OutboxJob, message: Message) => {
  takeMessage(message);
  forgetFilesOf(job.content);
};

/** As it is kept over a reload: with the finished upload of its file, which this page alone knows. */
type KeptJob = OutboxJob & { upload?: Upload | null; cardUploads?: Record<string, Upload> };

const toKept = (job: OutboxJob): KeptJob => {
  const uploads = uploadStore.get();
  const item = itemOf(job.content);
  const cards = cardItemsOf(job.content).flatMap(({ key }) => {
    const upload = uploads[key]?.upload;
    return upload ? [[key, upload] as const] : [];
  });
  return {
    ...job,
    ...(item ? { upload: uploads[item.key]?.upload ?? null } : {}),
    ...(cards.length > 0 ? { cardUploads: Object.fromEntries(cards) } : {}),
  };
};

/** A blob of the former page shows nothing any more; the server's copy of the file does. */
const fromKept = ({ upload, cardUploads = {}, ...job }: KeptJob): OutboxJob => {
  Object.entries(cardUploads).forEach(([key, one]) => knowUpload(key, one));
  const item = itemOf(job.content);
  if (!item || (job.content.type !== 'file' && job.content.type !== 'template')) return job;
  if (upload) knowUpload(item.key, upload);
  return { ...job, content: { ...job.content, item: { ...item, previewUrl: upload?.previewUrl ?? null } } };
};

let stopKeeping: (() => void) | null = null;

/** Of an earlier version of this page, or of a file that the page could not keep: nothing that could be sent. */
const isWhole = (job: OutboxJob): boolean => job.content !== undefined;

/**
 * Starts sending for the signed-in user and takes up what an earlier visit left unsent.
 * @param owner whose unsent messages these are: the user, within an organization
 */
export const startSending = (user: Author, owner: string): void => {
  author = user;
  const left = readJson<KeptJob[]>(storageKey(owner)) ?? [];
  const mine = createOutbox({
    send,
    onSent: sent,
    onFailed: fail,
    save: (jobs) => writeJson(storageKey(owner), jobs.length > 0 ? jobs.map(toKept) : null),
  });
  outbox = mine;
  let ready = 0;
  stopKeeping = uploadStore.subscribe(() => {
    const now = Object.values(uploadStore.get()).filter(({ upload }) => upload !== null).length;
    if (now !== ready) mine.persist();
    ready = now;
  });
  for (const job of left.filter(isWhole).map(fromKept)) {
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
  stopKeeping?.();
  stopKeeping = null;
  outbox?.stop();
  outbox = null;
  author = null;
};

export interface Timing {
  /** ISO. */
  scheduledAt: string;
  cancelOnReply: boolean;
}

const quoteOf = (message: Message): Message['replyTo'] => ({
  id: message.id,
  wamid: message.wamid,
  text: message.text,
  direction: message.direction,
  type: message.type,
});

/** Shows the message at once and sends it in its turn. */
export const sendContent = (
  conversationId: string,
  content: JobContent,
  replyTo: Message | null,
  timing: Timing | null = null,
): void => {
  const job: OutboxJob = {
    conversationId,
    // A file's upload and its message go by one key, so that the bubble finds how far its file has come.
    clientKey: itemOf(content)?.key ?? newUuid(),
    content,
    replyTo: replyTo?.id ?? null,
    createdAt: Date.now(),
    ...timing,
  };
  show(job, replyTo && quoteOf(replyTo));
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

const act = async (message: Message, verb: string, body?: unknown): Promise<void> => {
  const path = `/messages/${encodeURIComponent(message.id)}/${verb}`;
  takeMessage((await api.post<OneMessage.Response>(path, body)).data);
};

/** Sends a message of unknown outcome once more, as a new one; the person has said that it may arrive twice. */
export const sendAgain = (message: Message): Promise<void> => act(message, 'send-again', { confirm: true });
export const retryMedia = (message: Message): Promise<void> => act(message, 'media/retry');
export const cancelScheduled = (message: Message): Promise<void> => act(message, 'cancel');

export const editScheduled = async (message: Message, body: EditScheduled.Body): Promise<void> => {
  const path = `/messages/${encodeURIComponent(message.id)}`;
  takeMessage((await api.put<OneMessage.Response>(path, body)).data);
};

/** Takes an unsent message away, for editing its text again. */
export const discardLocal = (message: Message): void => {
  if (!isLocal(message) || !message.clientKey) return;
  outbox?.discard(message.clientKey);
  forgetUpload(message.clientKey);
  threadStore(message.conversationId).set((state) => dropPending(state, message.clientKey!));
};
