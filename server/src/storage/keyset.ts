/** Position in a list that is ordered by a time and, for equal times, by id. */
export interface Position {
  at: number;
  id: number;
}

/** Opaque text for a client; the next page starts after it. */
export const encodeCursor = ({ at, id }: Position): string =>
  Buffer.from(`${at}:${id}`, 'utf8').toString('base64url');

/** null when the text is not one of ours. */
export const decodeCursor = (cursor: string): Position | null => {
  const match = /^(\d{1,16}):(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match ? { at: Number(match[1]), id: Number(match[2]) } : null;
};

/** Newest first out of lists that are newest first themselves, at most `limit`. */
export const mergeNewest = <T extends Position>(lists: T[][], limit: number): T[] =>
  lists
    .flat()
    .sort((a, b) => b.at - a.at || b.id - a.id)
    .slice(0, limit);

/** A page cut from `limit + 1` rows, and the cursor of the next one. */
export const pageOf = <T extends Position>(
  rows: T[],
  limit: number,
): { rows: T[]; nextCursor: string | null } => {
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  return { rows: shown, nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
};
