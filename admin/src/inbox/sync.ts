import { loadConversation, loadList } from '../conversations/list-store';
import type { ListQuery } from '../conversations/list-state';
import { integrationsResource, simulatorResource } from '../api/resources';
import { isThreadKnown, loadChanged, loadNewest } from '../messages/thread-store';
import { onSignal } from '../realtime/hub';
import type { Signal } from '../realtime/signals';
import { report } from '../design/report';

/** Gathers a burst of changes before asking: at most ten rounds of questions a second. */
const GATHER_MS = 100;
/** Past this many in one burst, one page answers cheaper than single rows. */
const MANY = 10;

interface Shown {
  query: ListQuery | null;
  conversationId: string | null;
}

/** What the screen shows now; set by the inbox, read when signals come. */
export const shown: Shown = { query: null, conversationId: null };

const quietly = (work: Promise<unknown>) => {
  work.catch((cause: unknown) => {
    // The stream repeats itself on the next change, so a lost refresh heals; the console keeps a trace.
    report('A background refresh failed', cause);
  });
};

const conversations = new Set<string>();
const messages = new Map<string, Set<string>>();
let timer: ReturnType<typeof setTimeout> | null = null;

const refreshConversations = (ids: string[]) => {
  if (ids.length > MANY && shown.query) quietly(loadList(shown.query));
  else ids.forEach((id) => quietly(loadConversation(id)));
};

const refreshMessages = (conversationId: string, ids: string[]) => {
  if (!isThreadKnown(conversationId)) return;
  if (ids.length > MANY) quietly(loadNewest(conversationId));
  else ids.forEach((id) => quietly(loadChanged(conversationId, id)));
};

const flush = () => {
  timer = null;
  const ids = [...conversations];
  const changed = [...messages];
  conversations.clear();
  messages.clear();
  refreshConversations(ids);
  changed.forEach(([conversationId, messageIds]) => refreshMessages(conversationId, [...messageIds]));
};

/** Renews everything on screen in place: after a gap in the stream nothing is known to be current. */
export const refreshShown = () => {
  if (shown.query) quietly(loadList(shown.query));
  if (shown.conversationId) {
    quietly(loadConversation(shown.conversationId));
    quietly(loadNewest(shown.conversationId));
  }
};

const hear = (signal: Signal) => {
  if (signal.type === 'reload') return refreshShown();
  if (signal.type === 'simulator')
    return void (simulatorResource.store.get().data && simulatorResource.refresh());
  if (signal.type !== 'change') return;
  const { kind, conversationId, messageId } = signal.change;
  if (kind === 'integration.updated') return void integrationsResource.refresh();
  if (kind === 'contact.updated' && !conversationId)
    return shown.query ? quietly(loadList(shown.query)) : undefined;
  if (!conversationId) return;
  if (kind !== 'message.updated') conversations.add(conversationId);
  if (messageId) {
    // A new state of the last message is the row's tick, too.
    conversations.add(conversationId);
    const set = messages.get(conversationId) ?? new Set();
    messages.set(conversationId, set.add(messageId));
  }
  timer ??= setTimeout(flush, GATHER_MS);
};

/** Connects the stores to the stream. @returns the function that disconnects them. */
export const startSync = (): (() => void) => {
  const stop = onSignal(hear);
  return () => {
    stop();
    if (timer) clearTimeout(timer);
    timer = null;
    conversations.clear();
    messages.clear();
  };
};
