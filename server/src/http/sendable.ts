/** Half an emoji: JSON can carry it, PostgreSQL and Meta cannot. NUL: PostgreSQL's text cannot hold it. */
const UNSENDABLE = /[\0\p{Surrogate}]/u;

/** Whether a text can be stored on every database and sent to Meta. */
export const isSendable = (text: string): boolean => !UNSENDABLE.test(text);

/** Where in a value a text (or a key) stands that cannot be stored, `a.0.b`; null when there is none. */
export const unsendableAt = (value: unknown): string | null => {
  // No recursion: JSON may be nested deeper than the stack is.
  const waiting: { path: string; value: unknown }[] = [{ path: '', value }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value: each } = next;
    if (typeof each === 'string' && !isSendable(each)) return path;
    if (typeof each !== 'object' || each === null) continue;
    for (const [key, inner] of Object.entries(each)) {
      if (!isSendable(key)) return path;
      waiting.push({ path: path === '' ? key : `${path}.${key}`, value: inner });
    }
  }
  return null;
};
