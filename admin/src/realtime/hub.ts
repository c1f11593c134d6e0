import { backendUrl } from '../design/backend';
import type { Overview } from '../../../server/src/conversations/contract';
import { api } from '../api/client';
import { organizationHeaders, organizationStore } from '../api/organization';
import { createStore } from '../store/store';
import { setServerTime } from './clock';
import { runConnection } from './connection';
import { joinElection, type Locks } from './leader';
import type { Signal } from './signals';
import { readToken, renewToken } from './token';

/** How long the stream outlives its last user: menu icons are mounted anew on each render of Strapi's menu. */
const LINGER_MS = 3_000;
const OVERVIEW_EVERY_MS = 1_000;
/** A follower that hears nothing for this long takes the stream over from a leader that hangs. */
const LEADER_SILENCE_MS = 60_000;

type Link = { open: boolean; since: number };
type Wire =
  | { kind: 'signal'; signal: Signal }
  | { kind: 'state'; link: Link; unread: number | null; serverTime: number | null }
  | { kind: 'beat' }
  | { kind: 'hello' };

/** Whether the stream stands, and since when (browser clock, ms). */
export const linkStore = createStore<Link>({ open: false, since: Date.now() });
/** Conversations with unread messages; null until known. */
export const unreadStore = createStore<number | null>(null);

const listeners = new Set<(signal: Signal) => void>();
/** Hears every signal of the stream, whichever tab owns it. */
export const onSignal = (listener: (signal: Signal) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Templates are read or unread by nobody; whoever hears of them alone may not ask for the number either. */
const countsUnread = (signal: Signal): boolean =>
  signal.type !== 'simulator' && !(signal.type === 'change' && signal.change.kind === 'template.updated');

const createHub = () => {
  // Tabs share one stream as long as they speak for the same organization.
  const name = ['whatsapp-stream', organizationStore.get().slug].filter(Boolean).join(':');
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  let cursor: number | null = null;
  let leading = false;
  let lastSeen = Date.now();
  let overviewTimer: ReturnType<typeof setTimeout> | null = null;

  const say = (message: Wire) => channel?.postMessage(message);
  const tellState = (serverTime: number | null = null) =>
    say({ kind: 'state', link: linkStore.get(), unread: unreadStore.get(), serverTime });
  const setLink = (open: boolean) => {
    if (linkStore.get().open !== open) linkStore.set({ open, since: Date.now() });
  };

  const hear = (signal: Signal) => {
    if (signal.type === 'ready') setServerTime(signal.serverTime);
    if (signal.type === 'change') cursor = signal.change.id;
    if (signal.type === 'reload') cursor = signal.cursor;
    for (const listener of [...listeners]) listener(signal);
  };

  const loadOverview = async () => {
    const { data } = await api.get<Overview.Response>('/overview');
    setServerTime(data.serverTime);
    cursor ??= data.cursor;
    unreadStore.set(data.unreadConversations);
    tellState(data.serverTime);
  };

  // The leader alone asks for the number, at most once a second, and tells the other tabs.
  const scheduleOverview = () => {
    overviewTimer ??= setTimeout(() => {
      overviewTimer = null;
      loadOverview().catch(() => {
        // The next change asks again; until then the last known number stands.
      });
    }, OVERVIEW_EVERY_MS);
  };

  const lead = async (signal: AbortSignal) => {
    leading = true;
    await loadOverview().catch(() => {
      // Without a cursor the stream starts at "now"; pages fetch their own data anyway.
    });
    await runConnection(
      {
        url: (from) => `${backendUrl()}/whatsapp/stream${from === null ? '' : `?cursor=${from}`}`,
        fetch: (input, init) => fetch(input, init),
        headers: organizationHeaders,
        readToken,
        renewToken,
        onOpen: () => {
          setLink(true);
          tellState();
        },
        onLost: () => {
          setLink(false);
          tellState();
        },
        onBeat: () => say({ kind: 'beat' }),
        onSignal: (event) => {
          hear(event);
          say({ kind: 'signal', signal: event });
          if (countsUnread(event)) scheduleOverview();
        },
      },
      cursor,
      signal,
    );
    leading = false;
    setLink(false);
  };

  const takeState = ({ link, unread, serverTime }: Extract<Wire, { kind: 'state' }>) => {
    linkStore.set((mine) => (mine.open === link.open ? mine : link));
    if (unread !== null) unreadStore.set(unread);
    if (serverTime !== null) setServerTime(serverTime);
  };

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Wire>) => {
      lastSeen = Date.now();
      if (data.kind === 'hello') return void (leading && tellState());
      if (leading) return;
      if (data.kind === 'signal') hear(data.signal);
      if (data.kind === 'state') takeState(data);
    };
  }

  const locks = channel ? (navigator.locks as unknown as Locks | undefined) : undefined;
  const election = joinElection({ locks, lockName: name, lead });
  say({ kind: 'hello' });
  const patrol = setInterval(() => {
    if (leading || Date.now() - lastSeen < LEADER_SILENCE_MS) return;
    lastSeen = Date.now();
    election.seize();
  }, 10_000);

  return {
    close() {
      election.resign();
      clearInterval(patrol);
      if (overviewTimer) clearTimeout(overviewTimer);
      channel?.close();
      linkStore.set({ open: false, since: Date.now() });
      unreadStore.set(null);
    },
  };
};

/** Leaves the stream for one of the organization that holds now. */
export const restartStream = (): void => {
  if (!hub) return;
  hub.close();
  hub = createHub();
};

let hub: ReturnType<typeof createHub> | null = null;
let users = 0;
let closing: ReturnType<typeof setTimeout> | null = null;

/**
 * Keeps the browser's one stream alive while held. It lives outside React, because Strapi unmounts initialisers and
 * re-mounts menu icons. Only components that a permitted, signed-in user sees may hold it.
 */
export const holdStream = (): (() => void) => {
  users += 1;
  if (closing) clearTimeout(closing);
  closing = null;
  hub ??= createHub();
  let released = false;
  return () => {
    if (released) return;
    released = true;
    users -= 1;
    if (users > 0) return;
    closing = setTimeout(() => {
      hub?.close();
      hub = null;
      closing = null;
    }, LINGER_MS);
  };
};
