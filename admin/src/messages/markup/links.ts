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

/** Longer than any address people send; also bounds the work on text that only looks like one. */
const MAX_LINK = 2_048;

/** A single line beyond this is no conversation but a paste; it stays readable without links. */
const MAX_LINE = 16_384;

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, maxLength: MAX_LINK })
  .add('ftp:', null)
  .add('//', null)
  .add('tel:', {
    validate: (text: string, position: number) =>
      /^\+?[0-9][0-9-]{2,}/.exec(text.slice(position, position + 32))?.[0].length ?? 0,
  });

/** An underscore that opens italics would hide the address behind it from the finder, to which it is a letter. */
const OPENING_UNDERSCORE = /(^|[\s*~(])_(?=https?:|www\.|mailto:|tel:)/gi;

/**
 * The text with an international host in its ASCII form, so that a look-alike letter cannot pose as another site; the
 * text itself when its host is plain.
 */
const asciiHost = (text: string, href: string): string => {
  const host = /^(?:https?:\/\/)?(?:[^/?#@]*@)?([^/?#:]*)/i.exec(text)?.[1] ?? '';
  // eslint-disable-next-line no-control-regex -- "not ASCII" is meant
  if (!/^https?:/i.test(href) || !/[^\x00-\x7f]/.test(host)) return text;
  try {
    return text.replace(host, new URL(href).hostname);
  } catch {
    return text;
  }
};

/** Links of one line: web, mail and tel addresses only, in order, never overlapping. */
export const findLinks = (line: string): FoundLink[] => {
  if (line.length > MAX_LINE || !HINT.test(line)) return [];
  const matches = linkify.match(line.replace(OPENING_UNDERSCORE, '$1 ')) ?? [];
  return matches
    .filter((match) => SAFE.test(match.url))
    .map((match) => ({
      start: match.index,
      end: match.lastIndex,
      href: asciiHost(match.url, match.url),
      label: asciiHost(match.text, match.url),
    }));
};
