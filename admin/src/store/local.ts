/** Reads JSON from localStorage; null when absent, unreadable or blocked. */
export const readJson = <T>(key: string): T | null => {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
};

/**
 * Writes JSON to localStorage, or removes the key for null. A full or blocked store is no error: what is kept there
 * (drafts, widths, unsent texts) is a convenience on top of what is on screen.
 */
export const writeJson = (key: string, value: unknown): void => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
};
