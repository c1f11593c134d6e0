import { clearResources } from '../api/resources';
import { clearList } from '../conversations/list-store';
import { startDrafts, stopDrafts } from '../messages/drafts';
import { startSending, stopSending, type Author } from '../messages/sending';
import { clearThreads } from '../messages/thread-store';

let current: string | null = null;

/**
 * Binds the stores to the signed-in user. They outlive pages and logins, so another user must find them empty;
 * drafts and unsent messages stay in that user's own storage.
 */
export const bindSession = (user: Author): void => {
  if (current === user.id) return;
  if (current !== null) {
    stopSending();
    stopDrafts();
    clearThreads();
    clearList();
    clearResources();
  }
  current = user.id;
  startDrafts(user.id);
  startSending(user);
};
