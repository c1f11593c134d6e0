import type { ListMessages, Message, OneMessage } from './api-types';
import { api, ApiError } from '../api/client';
import { createStore, type Store } from '../store/store';
import * as thread from './thread-state';

const PAGE = 50;
const MAX_PAGE = 100;
/** Pages of 100 fetched at opening to reach the first unread message. */
const MOST_UNREAD_PAGES = 5;
/** Threads kept in memory behind the open one. */
const KEEP = 20;

export type ThreadStore = Store<thread.ThreadState>;

const threads = new Map<string, ThreadStore>();

/** The store of one conversation; the least recently used ones without unsent messages are let go. */
export const threadStore = (conversationId: string): ThreadStore => {
  const known = threads.get(conversationId);
  const store = known ?? createStore(thread.EMPTY_THREAD);
  threads.delete(conversationId);
  threads.set(conversationId, store);
  if (threads.size > KEEP) {
    const oldest = [...threads].find(
      ([id, candidate]) => id !== conversationId && candidate.get().pending.length === 0,
    );
    if (oldest) threads.delete(oldest[0]);
  }
  return store;
};

export const isThreadKnown = (conversationId: string): boolean =>
  threads.get(conversationId)?.get().status === 'ready';
export const clearThreads = (): void => threads.clear();

const list = (id: string, params: Record<string, string | number | undefined>) =>
  api.get<ListMessages.Response>(`/conversations/${encodeURIComponent(id)}/messages`, params);

/** Loads or renews the newest messages; at least `atLeast` of them where the server's page allows. */
export const loadNewest = async (conversationId: string, atLeast = 0): Promise<void> => {
  const store = threadStore(conversationId);
  if (store.get().status === 'idle') store.set((state) => ({ ...state, status: 'loading' }));
  try {
    const limit = Math.min(MAX_PAGE, Math.max(PAGE, atLeast + 10));
    const { data, meta } = await list(conversationId, { limit });
    store.set((state) => thread.receiveNewest(state, data, meta.nextCursor));
  } catch (cause) {
    store.set((state) => (state.status === 'ready' ? state : { ...state, status: 'error' }));
    throw cause;
  }
};

const paging = new Set<string>();
const once = async (key: string, run: () => Promise<void>): Promise<void> => {
  if (paging.has(key)) return;
  paging.add(key);
  try {
    await run();
  } finally {
    paging.delete(key);
  }
};

const inboundLoaded = ({ keys, byKey }: thread.ThreadState): number =>
  keys.filter((key) => byKey[key]!.direction === 'inbound').length;

/** Loads the newest messages back to the first of `unread` ones, as far as a few pages reach. */
export const loadUnread = async (conversationId: string, unread: number): Promise<void> => {
  const store = threadStore(conversationId);
  await loadNewest(conversationId, unread);
  for (let page = 0; page < MOST_UNREAD_PAGES; page += 1) {
    if (store.get().olderCursor === null || inboundLoaded(store.get()) > unread) return;
    await loadOlder(conversationId, MAX_PAGE);
  }
};

/** The page before the oldest row; nothing when there is none or one is on its way. */
export const loadOlder = (conversationId: string, limit = PAGE): Promise<void> =>
  once(`older:${conversationId}`, async () => {
    const store = threadStore(conversationId);
    const before = store.get().olderCursor;
    if (before === null) return;
    const { data, meta } = await list(conversationId, { before, limit });
    store.set((state) =>
      state.olderCursor === before ? thread.receiveOlder(state, data, meta.nextCursor) : state,
    );
  });

/** The page after the newest row, when the thread shows a piece of the past. */
export const loadNewer = (conversationId: string): Promise<void> =>
  once(`newer:${conversationId}`, async () => {
    const store = threadStore(conversationId);
    const { keys, byKey, hasNewer } = store.get();
    const newest = byKey[keys[keys.length - 1] ?? ''];
    if (!hasNewer || !newest) return;
    const { data, meta } = await list(conversationId, { after: newest.id, limit: PAGE });
    store.set((state) => thread.receiveNewer(state, data, meta.hasNewer ?? false));
  });

/** Shows the piece of the thread around a message. */
export const loadAround = async (conversationId: string, messageId: string): Promise<void> => {
  const { data, meta } = await list(conversationId, { around: messageId, limit: PAGE });
  threadStore(conversationId).set((state) =>
    thread.receiveAround(state, data, meta.nextCursor, meta.hasNewer ?? false),
  );
};

/** Renews one message after the stream said it changed; a message that is gone or hidden is no error. */
export const loadChanged = async (conversationId: string, messageId: string): Promise<void> => {
  try {
    const { data } = await api.get<OneMessage.Response>(`/messages/${encodeURIComponent(messageId)}`);
    threadStore(conversationId).set((state) => thread.receiveChanged(state, data));
  } catch (cause) {
    if (!(cause instanceof ApiError) || (cause.status !== 404 && cause.status !== 403)) throw cause;
  }
};

export const takeMessage = (message: Message): void =>
  threadStore(message.conversationId).set((state) => thread.receiveChanged(state, message));
