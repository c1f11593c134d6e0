import type {
  Conversation,
  ListConversations,
  OneConversation,
} from '../../../server/src/conversations/contract';
import { api, ApiError } from '../api/client';
import { createStore } from '../store/store';
import * as list from './list-state';

const PAGE = 50;

export const listStore = createStore(list.EMPTY_LIST);

const fetchPage = (query: list.ListQuery, cursor?: string, signal?: AbortSignal) =>
  api.get<ListConversations.Response>(
    '/conversations',
    {
      limit: PAGE,
      cursor,
      unread: query.unread ? 'true' : undefined,
      integration: query.integration ?? undefined,
      q: query.q || undefined,
    },
    signal,
  );

/** Loads or renews the first page; what is shown stays meanwhile. */
export const loadList = async (query: list.ListQuery, signal?: AbortSignal): Promise<void> => {
  const known = listStore.get().slices[list.sliceKey(query)];
  if (!known || known.status === 'error')
    listStore.set((state) => list.setSliceStatus(state, query, 'loading'));
  try {
    const { data, meta } = await fetchPage(query, undefined, signal);
    listStore.set((state) => list.receivePage(state, query, data, meta.nextCursor, 'first'));
  } catch (cause) {
    if (signal?.aborted) return;
    const shown = listStore.get().slices[list.sliceKey(query)];
    if (shown?.status !== 'ready') listStore.set((state) => list.setSliceStatus(state, query, 'error'));
    throw cause;
  }
};

const paging = new Set<string>();

export const loadMore = async (query: list.ListQuery): Promise<void> => {
  const key = list.sliceKey(query);
  const cursor = listStore.get().slices[key]?.nextCursor;
  if (!cursor || paging.has(key)) return;
  paging.add(key);
  try {
    const { data, meta } = await fetchPage(query, cursor);
    listStore.set((state) => list.receivePage(state, query, data, meta.nextCursor, 'more'));
  } finally {
    paging.delete(key);
  }
};

export const takeConversation = (conversation: Conversation): void =>
  listStore.set((state) => list.receiveConversation(state, conversation));

/** @returns null when the conversation does not exist for this person. */
export const loadConversation = async (id: string): Promise<Conversation | null> => {
  try {
    const { data } = await api.get<OneConversation.Response>(`/conversations/${encodeURIComponent(id)}`);
    takeConversation(data);
    return data;
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return null;
    throw cause;
  }
};

/** Resets the unread count, on screen at once. */
export const markRead = async (id: string): Promise<void> => {
  listStore.set((state) => list.markReadLocally(state, id));
  await api.post(`/conversations/${encodeURIComponent(id)}/read`);
};

export const clearList = (): void => listStore.set(list.EMPTY_LIST);
