import { readJson, writeJson } from '../store/local';
import { createStore } from '../store/store';

const SAVE_AFTER_MS = 250;

/** Unsent text per conversation, of the signed-in user only (computers are shared). */
export const draftStore = createStore<Record<string, string>>({});

let key: string | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;

const saveNow = () => {
  if (timer) clearTimeout(timer);
  timer = null;
  const drafts = draftStore.get();
  if (key) writeJson(key, Object.keys(drafts).length > 0 ? drafts : null);
};

export const startDrafts = (userId: string): void => {
  key = `whatsapp:drafts:${userId}`;
  draftStore.set(readJson<Record<string, string>>(key) ?? {});
  window.addEventListener('pagehide', saveNow);
};

export const stopDrafts = (): void => {
  saveNow();
  key = null;
  window.removeEventListener('pagehide', saveNow);
  draftStore.set({});
};

/** Keeps a draft; text of blanks only is no draft. */
export const setDraft = (conversationId: string, text: string): void => {
  draftStore.set((drafts) => {
    if ((drafts[conversationId] ?? '') === text) return drafts;
    const { [conversationId]: _old, ...rest } = drafts;
    return text.trim() === '' ? rest : { ...rest, [conversationId]: text };
  });
  timer ??= setTimeout(saveNow, SAVE_AFTER_MS);
};
