import type { Block, Inline } from './ast';
import { parseInline } from './inline';

type Line =
  | { kind: 'line'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'bullet'; text: string }
  | { kind: 'number'; text: string; value: number };

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

const readLine = (text: string): Line => {
  const first = text[0];
  if (first === '>' && text[1] === ' ' && text.length > 2) return { kind: 'quote', text: text.slice(2) };
  if ((first === '-' || first === '*') && /^. \S/.test(text)) return { kind: 'bullet', text: text.slice(2) };
  const number = isDigit(first) && /^(\d{1,3})\. (?=\S)/.exec(text);
  if (number) return { kind: 'number', text: text.slice(number[0].length), value: Number(number[1]) };
  return { kind: 'line', text };
};

const parseLines = (text: string): Block[] => {
  const blocks: Block[] = [];
  for (const raw of text.split('\n')) {
    const line = readLine(raw);
    const nodes: Inline[] = parseInline(line.text);
    const last = blocks[blocks.length - 1];
    if (line.kind === 'line') {
      if (last?.kind === 'lines') last.lines.push(nodes);
      else blocks.push({ kind: 'lines', lines: [nodes] });
    } else if (line.kind === 'quote') {
      if (last?.kind === 'quote') last.lines.push(nodes);
      else blocks.push({ kind: 'quote', lines: [nodes] });
    } else if (line.kind === 'bullet') {
      if (last?.kind === 'bullets') last.items.push(nodes);
      else blocks.push({ kind: 'bullets', items: [nodes] });
    } else if (last?.kind === 'numbers' && line.value === last.start + last.items.length)
      last.items.push(nodes);
    else blocks.push({ kind: 'numbers', start: line.value, items: [nodes] });
  }
  return blocks;
};

const FENCE = '```';

/** A line break beside a fence belongs to the fence: without this, each code block would sit between blank lines. */
const trimBreak = (text: string, side: 'start' | 'end'): string =>
  side === 'start' ? text.replace(/^\n/, '') : text.replace(/\n$/, '');

const isBlank = (text: string, from: number, to: number): boolean =>
  from === to || text.slice(from, to).trim() === '';

/**
 * WhatsApp's markup as a tree: `*bold* _italic_ ~strike~`, inline code, fenced code, quotes, lists, links. Pure data,
 * so that rendering can never inject HTML. Linear in the length of the text.
 */
export const parseMarkup = (source: string): Block[] => {
  const text = source.replace(/\r\n?/g, '\n');
  const blocks: Block[] = [];
  /** Where the text begins that is not in a block yet, and where to look for the next fence. */
  let from = 0;
  let at = 0;
  for (;;) {
    const open = text.indexOf(FENCE, at);
    const close = open < 0 ? -1 : text.indexOf(FENCE, open + FENCE.length);
    if (close < 0) break;
    if (isBlank(text, open + FENCE.length, close)) {
      at = close;
      continue;
    }
    const before = trimBreak(text.slice(from, open), 'end');
    if (before) blocks.push(...parseLines(before));
    const code = text.slice(open + FENCE.length, close);
    blocks.push({ kind: 'pre', text: trimBreak(trimBreak(code, 'start'), 'end') });
    at = close + FENCE.length;
    if (text[at] === '\n') at += 1;
    from = at;
  }
  const rest = text.slice(from);
  if (rest || blocks.length === 0) blocks.push(...parseLines(rest));
  return blocks;
};
