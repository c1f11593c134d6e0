import { ORGANIZATION_HEADER } from '../../../server/src/constants';
import { readJson, writeJson } from '../store/local';
import { createStore } from '../store/store';

interface Choice {
  userId: string | null;
  /** null: the server takes the first one that the user is a member of. */
  slug: string | null;
}

/** The organization that this tab speaks for. Tabs may differ; a new one starts with what was chosen last. */
export const organizationStore = createStore<Choice>({ userId: null, slug: null });

const keyOf = (userId: string) => `whatsapp:organization:${userId}`;

/** Takes up what the signed-in user chose before. Safe to call on every render. */
export const bindOrganization = (userId: string): void => {
  if (organizationStore.get().userId === userId) return;
  const slug = readJson<string>(keyOf(userId));
  organizationStore.set({ userId, slug: typeof slug === 'string' && slug !== '' ? slug : null });
};

/** Chooses for this user in this browser; null forgets the choice. */
export const chooseOrganization = (slug: string | null): void => {
  const { userId } = organizationStore.get();
  if (userId !== null) writeJson(keyOf(userId), slug);
  organizationStore.set({ userId, slug });
};

/** Names the organization on every call; nothing is said as long as nobody chose. */
export const organizationHeaders = (): Record<string, string> => {
  const { slug } = organizationStore.get();
  return slug === null ? {} : { [ORGANIZATION_HEADER]: slug };
};
