/** `{{1}}` or `{{first_name}}`; Meta trims blanks inside the braces. */
const VARIABLE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Names in the order of their first appearance. */
export const variablesOf = (text: string | undefined): string[] => [
  ...new Set([...(text ?? '').matchAll(VARIABLE)].map((match) => match[1])),
];

/** Puts values in place of variables; one without a value stays as it is written. */
export const fill = (text: string, valueOf: (name: string) => string | undefined): string =>
  text.replace(VARIABLE, (written, name: string) => valueOf(name) ?? written);

/** Where variables stand: `[from, to)` in the text. */
export const placesOf = (text: string): { name: string; from: number; to: number }[] =>
  [...text.matchAll(VARIABLE)].map((match) => ({
    name: match[1],
    from: match.index,
    to: match.index + match[0].length,
  }));
