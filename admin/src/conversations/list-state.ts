import type { Conversation } from '../../../server/src/conversations/contract';

export interface ListQuery {
  unread: boolean;
  integration: string | null;
  q: string;
}

export interface ListSlice {
  ids: string[];
  nextCursor: string | null;
  status: 'idle' | 'loading' | 'ready' | 'error';
}

export interface ListState {
  byId: Record<string, Conversation>;
  slices: Record<string, ListSlice>;
}

export const EMPTY_LIST: ListState = { byId: {}, slices: {} };
export const EMPTY_SLICE: ListSlice = { ids: [], nextCursor: null, status: 'idle' };

export const sliceKey = ({ unread, integration, q }: ListQuery): string =>
  JSON.stringify([unread, integration, q]);
const queryOf = (key: string): ListQuery => {
  const [unread, integration, q] = JSON.parse(key) as [boolean, string | null, string];
  return { unread, integration, q };
};

const timeOf = (conversation: Conversation): number =>
  Date.parse(conversation.lastMessageAt ?? conversation.createdAt);

/** Newest activity first. */
const sortIds = (ids: string[], byId: Record<string, Conversation>): string[] =>
  [...ids].sort((a, b) => timeOf(byId[b]!) - timeOf(byId[a]!));

const unique = (ids: string[]): string[] => [...new Set(ids)];

/** Takes in a page. The first page replaces the slice, except for rows of further pages that are still older. */
export const receivePage = (
  state: ListState,
  query: ListQuery,
  page: Conversation[],
  nextCursor: string | null,
  mode: 'first' | 'more',
): ListState => {
  const key = sliceKey(query);
  const old = state.slices[key] ?? EMPTY_SLICE;
  const byId = { ...state.byId };
  for (const conversation of page) byId[conversation.id] = conversation;
  const ids = page.map(({ id }) => id);
  const last = page[page.length - 1];
  const olderKept =
    mode === 'first' && nextCursor !== null && last
      ? old.ids.filter((id) => !ids.includes(id) && timeOf(byId[id]!) < timeOf(last))
      : [];
  const merged = mode === 'more' ? unique([...old.ids, ...ids]) : [...ids, ...olderKept];
  const cursor = olderKept.length > 0 ? old.nextCursor : nextCursor;
  const slice: ListSlice = { ids: sortIds(merged, byId), nextCursor: cursor, status: 'ready' };
  return { byId, slices: { ...state.slices, [key]: slice } };
};

const belongs = (
  conversation: Conversation,
  slice: ListSlice,
  query: ListQuery,
  byId: ListState['byId'],
): boolean => {
  if (slice.status !== 'ready' || query.q !== '') return false;
  if (query.unread && conversation.unreadCount === 0) return false;
  if (query.integration !== null && conversation.integrationId !== query.integration) return false;
  const oldest = byId[slice.ids[slice.ids.length - 1] ?? ''];
  return slice.nextCursor === null || !oldest || timeOf(conversation) >= timeOf(oldest);
};

/**
 * Renews one conversation everywhere. A row that no longer matches its list (read meanwhile) stays until the list is
 * opened again, so that nothing vanishes from under the pointer.
 */
export const receiveConversation = (state: ListState, conversation: Conversation): ListState => {
  const byId = { ...state.byId, [conversation.id]: conversation };
  const slices = Object.fromEntries(
    Object.entries(state.slices).map(([key, slice]) => {
      const present = slice.ids.includes(conversation.id);
      if (!present && !belongs(conversation, slice, queryOf(key), byId)) return [key, slice];
      const ids = sortIds(present ? slice.ids : [...slice.ids, conversation.id], byId);
      return [key, { ...slice, ids }];
    }),
  );
  return { byId, slices };
};

export const markReadLocally = (state: ListState, id: string): ListState => {
  const conversation = state.byId[id];
  if (!conversation || conversation.unreadCount === 0) return state;
  return { ...state, byId: { ...state.byId, [id]: { ...conversation, unreadCount: 0 } } };
};

export const setSliceStatus = (
  state: ListState,
  query: ListQuery,
  status: ListSlice['status'],
): ListState => {
  const key = sliceKey(query);
  return { ...state, slices: { ...state.slices, [key]: { ...(state.slices[key] ?? EMPTY_SLICE), status } } };
};
