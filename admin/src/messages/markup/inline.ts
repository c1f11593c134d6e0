import type { Inline } from './ast';
import { findLinks } from './links';

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Marker = keyof typeof STYLES;

const isMarker = (char: string | undefined): char is Marker => char === '*' || char === '_' || char === '~';
const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);
const isWordChar = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** Pieces that nothing reaches into: code spans first, then links outside of them. */
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
    const text = line.slice(open + 1, close);
    if (text.trim() === '') {
      open = close;
      continue;
    }
    atoms.push({ start: open, end: close + 1, node: { kind: 'code', text } });
    open = line.indexOf('`', close + 1);
  }
  return atoms;
};

const trimMarkers = (line: string, start: number, end: number): number => {
  // `*https://a.io*`: the closing marker belongs to the sentence, as WhatsApp reads it, not to the address.
  let stop = end;
  while (stop > start && isMarker(line[stop - 1]) && line[start - 1] === line[stop - 1]) stop -= 1;
  return stop;
};

const findAtoms = (line: string): Atom[] => {
  const code = findCode(line);
  const links = findLinks(line)
    .map(({ start, end, href, label }): Atom => {
      const cut = end - trimMarkers(line, start, end);
      const trim = (text: string) => (cut > 0 ? text.slice(0, -cut) : text);
      return { start, end: end - cut, node: { kind: 'link', href: trim(href), label: trim(label) } };
    })
    .filter((link) => !code.some((span) => link.start < span.end && span.start < link.end));
  return [...code, ...links].sort((a, b) => a.start - b.start);
};

/**
 * Pairs of markers that style what is between them: position of the opener → position of the closer. At most one
 * opener of each marker waits at a time, which keeps this linear for any input.
 */
const matchMarkers = (line: string, atoms: Atom[]): Map<number, number> => {
  const pairs = new Map<number, number>();
  const open: { marker: Marker; at: number }[] = [];
  let atom = 0;
  for (let at = 0; at < line.length; at += 1) {
    while (atom < atoms.length && atoms[atom]!.end <= at) atom += 1;
    if (atom < atoms.length && at >= atoms[atom]!.start) {
      at = atoms[atom]!.end - 1;
      continue;
    }
    const char = line[at];
    if (!isMarker(char)) continue;
    const [before, after] = [line[at - 1], codePointAt(line, at + 1)];
    const waiting = open.findIndex((entry) => entry.marker === char);
    if (waiting >= 0 && at > open[waiting]!.at + 1 && !isSpace(before) && !isWordChar(after)) {
      pairs.set(open[waiting]!.at, at);
      open.length = waiting;
      continue;
    }
    const mayOpen = !isWordChar(codePointBefore(line, at)) && !isSpace(after);
    if (!mayOpen) continue;
    if (waiting < 0) open.push({ marker: char, at });
    // `**bold**`: the inner pair is the one that counts.
    else if (open[waiting]!.at === at - 1 && waiting === open.length - 1) open[waiting]!.at = at;
  }
  return pairs;
};

const codePointAt = (line: string, at: number): string | undefined => {
  const point = line.codePointAt(at);
  return point === undefined ? undefined : String.fromCodePoint(point);
};
const codePointBefore = (line: string, at: number): string | undefined => {
  if (at === 0) return undefined;
  const low = line.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? line.slice(at - 2, at) : line[at - 1];
};

/** One line of WhatsApp text as nodes. Styles never cross the end of the line. */
export const parseInline = (line: string): Inline[] => {
  const atoms = findAtoms(line);
  const pairs = matchMarkers(line, atoms);
  const atomAt = new Map(atoms.map((atom) => [atom.start, atom]));

  const read = (from: number, to: number): Inline[] => {
    const nodes: Inline[] = [];
    let textFrom = from;
    const flush = (end: number) => {
      if (end > textFrom) nodes.push({ kind: 'text', text: line.slice(textFrom, end) });
    };
    for (let at = from; at < to;) {
      const atom = atomAt.get(at);
      const close = pairs.get(at);
      if (!atom && close === undefined) {
        at += 1;
        continue;
      }
      flush(at);
      if (atom) nodes.push(atom.node);
      else nodes.push({ kind: STYLES[line[at] as Marker], children: read(at + 1, close!) });
      at = atom ? atom.end : close! + 1;
      textFrom = at;
    }
    flush(to);
    return nodes;
  };
  return read(0, line.length);
};
