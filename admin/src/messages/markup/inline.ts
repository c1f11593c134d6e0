import type { Inline } from './ast';
import { findLinks } from './links';

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Marker = keyof typeof STYLES;

/** Signs without which a line is plain text. */
const SPECIAL = /[*_~`.@:]/;

const isMarker = (char: string | undefined): char is Marker => char === '*' || char === '_' || char === '~';

const isSpace = (code: number): boolean =>
  Number.isNaN(code) || code <= 32 || (code > 127 && /\s/.test(String.fromCharCode(code)));

const isWordPoint = (point: number | undefined): boolean => {
  if (point === undefined) return false;
  if (point < 128)
    return (point >= 48 && point <= 57) || (point >= 65 && point <= 90) || (point >= 97 && point <= 122);
  return /[\p{L}\p{N}]/u.test(String.fromCodePoint(point));
};

const pointBefore = (line: string, at: number): number | undefined => {
  if (at === 0) return undefined;
  const low = line.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? line.codePointAt(at - 2) : low;
};

/** A piece that nothing reaches into: code spans first, then links outside of them. */
interface Atom {
  start: number;
  end: number;
  node: Inline;
}

const findCode = (line: string): Atom[] => {
  const atoms: Atom[] = [];
  for (let open = line.indexOf('`'); open >= 0;) {
    const close = line.indexOf('`', open + 1);
    if (close < 0) break;
    const text = close === open + 1 ? '' : line.slice(open + 1, close);
    if (text.trim() === '') {
      open = close;
      continue;
    }
    atoms.push({ start: open, end: close + 1, node: { kind: 'code', text } });
    open = line.indexOf('`', close + 1);
  }
  return atoms;
};

/** `*https://a.io*`: the closing marker belongs to the sentence, as WhatsApp reads it, not to the address. */
const markersAtEnd = (line: string, start: number, end: number): number => {
  let stop = end;
  while (stop > start && isMarker(line[stop - 1]) && line[start - 1] === line[stop - 1]) stop -= 1;
  return end - stop;
};

const findAtoms = (line: string): Atom[] => {
  const code = findCode(line);
  const links = findLinks(line)
    .map(({ start, end, href, label }): Atom => {
      const cut = markersAtEnd(line, start, end);
      const trim = (text: string) => (cut > 0 ? text.slice(0, -cut) : text);
      return { start, end: end - cut, node: { kind: 'link', href: trim(href), label: trim(label) } };
    })
    .filter((link) => !code.some((span) => link.start < span.end && span.start < link.end));
  return links.length === 0 ? code : [...code, ...links].sort((a, b) => a.start - b.start);
};

/** A styled stretch or an atom, in the order of the line. */
interface Mark {
  start: number;
  /** Position after the atom, or of the closing marker. */
  end: number;
  node: Inline | null;
}

const NONE = -1;
const SLOTS: Record<Marker, 0 | 1 | 2> = { '*': 0, _: 1, '~': 2 };

/**
 * Finds the pairs of markers that style what is between them. At most one opener of each marker waits at a time, so
 * that this is linear for any input.
 */
const findMarks = (line: string, atoms: Atom[]): Mark[] => {
  const marks: Mark[] = [...atoms];
  /** Position of the waiting opener of each marker. */
  const open: [number, number, number] = [NONE, NONE, NONE];
  let atom = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (atom < atoms.length && at === atoms[atom]!.start) {
      at = atoms[atom]!.end - 1;
      atom += 1;
      continue;
    }
    const char = line[at];
    if (!isMarker(char)) continue;
    const slot = SLOTS[char];
    const opener = open[slot];
    const closes =
      opener !== NONE &&
      at > opener + 1 &&
      !isSpace(line.charCodeAt(at - 1)) &&
      !isWordPoint(line.codePointAt(at + 1));
    if (closes) {
      marks.push({ start: opener, end: at, node: null });
      // Openers inside the pair can no longer close: styles do not overlap.
      for (const other of [0, 1, 2] as const) if (open[other] >= opener) open[other] = NONE;
      continue;
    }
    if (isWordPoint(pointBefore(line, at)) || isSpace(line.charCodeAt(at + 1))) continue;
    // `**bold**`: the inner pair is the one that counts.
    if (opener === NONE || opener === at - 1) open[slot] = at;
  }
  return marks.sort((a, b) => a.start - b.start);
};

/** One line of WhatsApp text as nodes. Styles never cross the end of the line. */
export const parseInline = (line: string): Inline[] => {
  if (line === '') return [];
  if (!SPECIAL.test(line)) return [{ kind: 'text', text: line }];
  const marks = findMarks(line, findAtoms(line));
  let next = 0;

  const read = (from: number, to: number): Inline[] => {
    const nodes: Inline[] = [];
    let at = from;
    const text = (end: number) => {
      if (end > at) nodes.push({ kind: 'text', text: line.slice(at, end) });
    };
    while (next < marks.length && marks[next]!.start < to) {
      const mark = marks[next]!;
      next += 1;
      text(mark.start);
      if (mark.node) {
        nodes.push(mark.node);
        at = mark.end;
      } else {
        nodes.push({ kind: STYLES[line[mark.start] as Marker], children: read(mark.start + 1, mark.end) });
        at = mark.end + 1;
      }
    }
    text(to);
    return nodes;
  };
  return read(0, line.length);
};
