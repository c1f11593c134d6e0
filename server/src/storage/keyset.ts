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
