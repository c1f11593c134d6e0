import { LinkifyIt } from 'linkify-it';

export interface FoundLink {
  start: number;
  end: number;
  href: string;
  label: string;
}

const SAFE = /^(https?|mailto|tel):/i;
/** Cheap sign that a line may hold a link; most chat lines do not, and the finder is the dear part. */
const HINT = /[.@:]/;

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true })
  .add('ftp:', null)
  .add('//', null)
  .add('tel:', {
    validate: (text: string, position: number) =>
      /^\+?[0-9][0-9-]{2,}/.exec(text.slice(position, position + 32))?.[0].length ?? 0,
  });

/** Shows international hosts in their ASCII form, so that a look-alike letter cannot pose as another site. */
const labelOf = (text: string, href: string): string => {
  if (!/^https?:/i.test(href) || !/[^\x00-\x7f]/.test(text)) return text;
  try {
    const url = new URL(href);
    const host = /^(?:https?:\/\/)?(?:[^/?#@]*@)?([^/?#:]*)/i.exec(text)?.[1] ?? '';
    return /[^\x00-\x7f]/.test(host) ? text.replace(host, url.hostname) : text;
  } catch {
    return text;
  }
};

/** Links of one line: web, mail and tel addresses only, in order, never overlapping. */
export const findLinks = (line: string): FoundLink[] => {
  if (!HINT.test(line)) return [];
  return (linkify.match(line) ?? [])
    .filter((match) => SAFE.test(match.url))
    .map((match) => ({
      start: match.index,
      end: match.lastIndex,
      href: match.url,
      label: labelOf(match.text, match.url),
    }));
};
