/** Longer than anybody searches for: a path or an address that was pasted. */
const LONGEST = 60;

/** What is searched for by a text that begins with a slash; null when it is no search (any more). */
export const slashQuery = (text: string): string | null =>
  text.startsWith('/') && !text.startsWith('//') && !text.includes('\n') && text.length <= LONGEST
    ? text.slice(1)
    : null;

/** A slash in an empty field, typed just now: a draft that begins with one opens nothing. */
export const opensSlash = (before: string, after: string): boolean => before === '' && after === '/';
