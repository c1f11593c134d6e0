import { bindOrganization, chooseOrganization, organizationStore } from '../api/organization';
import { clearResources, meResource } from '../api/resources';
import { clearList } from '../conversations/list-store';
import { startTray, stopTray } from '../messages/attachments/tray';
import { clearUploads } from '../messages/attachments/uploads';
import { startDrafts, stopDrafts } from '../messages/drafts';
import { moveUnsent, startSending, stopSending, type Author } from '../messages/sending';
import { clearThreads } from '../messages/thread-store';
import { restartStream } from '../realtime/hub';
import { bindableResource } from '../templates/form/fields-resource';
import { clearKeptForms } from '../templates/picker/kept-forms';
import { clearPickers } from '../templates/picker/picker-store';

let current: { userId: string; owner: string } | null = null;

/** Unsent texts stay with the organization that they were written in: another one does not know the conversation. */
const ownerOf = (userId: string, slug: string | null) => (slug === null ? userId : `${userId}:${slug}`);

const leave = () => {
  if (current === null) return;
  stopSending();
  stopDrafts();
  stopTray();
  clearUploads();
  clearThreads();
  clearPickers();
  clearKeptForms();
  bindableResource.clear();
  clearList();
  current = null;
};

/**
 * Binds the stores to the signed-in user and their organization. They outlive pages and logins, so another user or
 * organization must find them empty; drafts and unsent messages stay in that user's own storage.
 */
export const bindSession = (user: Author): void => {
  bindOrganization(user.id);
  const owner = ownerOf(user.id, organizationStore.get().slug);
  if (current?.owner === owner) return;
  if (current !== null) {
    if (current.userId !== user.id) meResource.clear();
    leave();
    clearResources();
    restartStream();
  }
  current = { userId: user.id, owner };
  startDrafts(user.id);
  startTray(user.id);
  startSending(user, owner);
};

/** Moves this tab to another organization: nothing of the former one stays on screen or in memory. */
export const switchOrganization = (slug: string): void => {
  const { userId, slug: former } = organizationStore.get();
  if (former === slug) return;
  const answered = meResource.store.get().data?.organization.slug;
  leave();
  // Until somebody chooses, the organization has no name in the storage key; from now on it needs one.
  if (userId !== null && former === null && answered) moveUnsent(userId, ownerOf(userId, answered));
  clearResources();
  chooseOrganization(slug);
  restartStream();
  void meResource.refresh();
};
