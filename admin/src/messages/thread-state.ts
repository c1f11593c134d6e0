import type { Message, MessageError } from '../../../server/src/messages/contract';
import { mergeMessage } from './delivery-state';

/** One conversation's messages as far as this browser knows them. Keys are stable: they survive the server's answer. */
export interface ThreadState {
  byKey: Record<string, Message>;
  /** Rows of the server, oldest first. */
  keys: string[];
  /** Typed here and not answered yet, in the order typed. They stand below all rows. */
  pending: string[];
  keyOfId: Record<string, string>;
  /** Cursor of the next older page; null = the beginning is loaded. */
  olderCursor: string | null;
  /** Messages exist between the newest row here and now (after a jump into the past). */
  hasNewer: boolean;
  status: 'idle' | 'loading' | 'ready' | 'error';
}

export const EMPTY_THREAD: ThreadState = {
  byKey: {},
  keys: [],
  pending: [],
  keyOfId: {},
  olderCursor: null,
  hasNewer: false,
  status: 'idle',
};

export const pendingKey = (clientKey: string): string => `c:${clientKey}`;

const compareIds = (a: string, b: string): number => {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Order of the thread: by the time written; Meta's whole seconds make ties common, so arrival and id decide those. */
export const compareMessages = (a: Message, b: Message): number =>
  Date.parse(a.timestamp) - Date.parse(b.timestamp) ||
  Date.parse(a.createdAt) - Date.parse(b.createdAt) ||
  compareIds(a.id, b.id);

/** The key under which a row is kept: its client key, unless another row already uses that (keys may recur after a day). */
const keyFor = (state: ThreadState, message: Message): string => {
  const known = state.keyOfId[message.id];
  if (known) return known;
  if (!message.clientKey) return `m:${message.id}`;
  const key = pendingKey(message.clientKey);
  const holder = state.byKey[key];
  return !holder || state.pending.includes(key) ? key : `m:${message.id}`;
};

const byTime = (byKey: Record<string, Message>) => (a: string, b: string) =>
  compareMessages(byKey[a]!, byKey[b]!);

const isSorted = (keys: string[], byKey: Record<string, Message>): boolean => {
  const compare = byTime(byKey);
  return keys.every((key, index) => index === 0 || compare(keys[index - 1]!, key) <= 0);
};

/** Adds or renews rows of the server. `onlyKnown` leaves out rows that lie beyond what is loaded. */
export const upsertMessages = (state: ThreadState, messages: readonly Message[]): ThreadState => {
  if (messages.length === 0) return state;
  const next = { ...state, byKey: { ...state.byKey }, keyOfId: { ...state.keyOfId } };
  const added: string[] = [];
  for (const message of messages) {
    const key = keyFor(next, message);
    const wasPending = state.pending.includes(key);
    if (!next.keyOfId[message.id]) added.push(key);
    // A pending bubble is our own guess: the server's row replaces it instead of merging with it.
    next.byKey[key] = mergeMessage(
      wasPending && !next.keyOfId[message.id] ? undefined : next.byKey[key],
      message,
    );
    next.keyOfId[message.id] = key;
  }
  if (added.length > 0) {
    next.pending = state.pending.filter((key) => !added.includes(key));
    next.keys = [...state.keys, ...added];
  }
  if (!isSorted(next.keys, next.byKey)) next.keys = [...next.keys].sort(byTime(next.byKey));
  return next;
};

/** The newest page as it came (newest first): what was loaded stays when the two overlap, else it starts afresh. */
export const receiveNewest = (
  state: ThreadState,
  page: Message[],
  nextCursor: string | null,
): ThreadState => {
  const overlaps = state.keys.length > 0 && !state.hasNewer && page.some((m) => state.keyOfId[m.id]);
  if (overlaps) return { ...upsertMessages(state, page), status: 'ready' };
  return {
    ...upsertMessages(withoutRows(state), page),
    olderCursor: nextCursor,
    hasNewer: false,
    status: 'ready',
  };
};

/** A page around an old message: replaces the rows, since nothing joins the two pieces. */
export const receiveAround = (
  state: ThreadState,
  page: Message[],
  nextCursor: string | null,
  hasNewer: boolean,
): ThreadState => ({
  ...upsertMessages(withoutRows(state), page),
  olderCursor: nextCursor,
  hasNewer,
  status: 'ready',
});

export const receiveOlder = (
  state: ThreadState,
  page: Message[],
  nextCursor: string | null,
): ThreadState => ({
  ...upsertMessages(state, page),
  olderCursor: nextCursor,
});

export const receiveNewer = (state: ThreadState, page: Message[], hasNewer: boolean): ThreadState => ({
  ...upsertMessages(state, page),
  hasNewer,
});

/** A row that the stream announced: shown when it joins what is loaded, dropped when it lies in a gap. */
export const receiveChanged = (state: ThreadState, message: Message): ThreadState => {
  if (state.keyOfId[message.id]) return upsertMessages(state, [message]);
  const pendingHere = message.clientKey !== null && state.pending.includes(pendingKey(message.clientKey));
  if (pendingHere) return upsertMessages(state, [message]);
  if (state.status !== 'ready' || state.hasNewer) return state;
  const oldest = state.keys[0] ? state.byKey[state.keys[0]] : undefined;
  const beforeLoaded =
    oldest !== undefined && state.olderCursor !== null && compareMessages(message, oldest) < 0;
  return beforeLoaded ? state : upsertMessages(state, [message]);
};

export const addPending = (state: ThreadState, message: Message): ThreadState => {
  const key = pendingKey(message.clientKey ?? message.id);
  if (state.byKey[key]) return state;
  return { ...state, byKey: { ...state.byKey, [key]: message }, pending: [...state.pending, key] };
};

const patchPending = (state: ThreadState, clientKey: string, patch: Partial<Message>): ThreadState => {
  const key = pendingKey(clientKey);
  const message = state.byKey[key];
  if (!message || !state.pending.includes(key)) return state;
  return { ...state, byKey: { ...state.byKey, [key]: { ...message, ...patch } } };
};

/** Changes a row that is shown, ahead of the server's word; nothing when it is not loaded. */
export const patchMessage = (
  state: ThreadState,
  id: string,
  change: (message: Message) => Partial<Message>,
): ThreadState => {
  const key = state.keyOfId[id];
  const message = key ? state.byKey[key] : undefined;
  if (!key || !message) return state;
  return { ...state, byKey: { ...state.byKey, [key]: { ...message, ...change(message) } } };
};

export const failPending = (state: ThreadState, clientKey: string, error: MessageError): ThreadState =>
  patchPending(state, clientKey, { status: 'failed', error });

export const requeuePending = (state: ThreadState, clientKey: string): ThreadState =>
  patchPending(state, clientKey, { status: 'queued', error: null });

export const dropPending = (state: ThreadState, clientKey: string): ThreadState => {
  const key = pendingKey(clientKey);
  if (!state.pending.includes(key)) return state;
  const { [key]: _gone, ...byKey } = state.byKey;
  return { ...state, byKey, pending: state.pending.filter((other) => other !== key) };
};

const withoutRows = (state: ThreadState): ThreadState => ({
  ...state,
  byKey: Object.fromEntries(state.pending.map((key) => [key, state.byKey[key]!])),
  keys: [],
  keyOfId: {},
});
