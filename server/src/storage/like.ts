import type { Dialect } from './dialect';

/** A `LIKE` pattern that finds the text anywhere, in lower case; `%` and `_` of the text are meant literally. */
export const likePattern = (text: string): string =>
  `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Stands behind `LIKE ?`. In MySQL's own strings a backslash has to be written twice. */
export const likeEscape = (dialect: Dialect): string =>
  dialect === 'mysql' ? `escape '\\\\'` : `escape '\\'`;
