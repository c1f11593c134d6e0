import type { Block, Inline } from './ast';
import { parseInline } from './inline';

type Line =
  | { kind: 'line'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'bullet'; text: string }
  | { kind: 'number'; text: string; value: number };

const readLine = (text: string): Line => {
  if (text.startsWith('> ') && text.length > 2) return { kind: 'quote', text: text.slice(2) };
  if (/^[-*] \S/.test(text)) return { kind: 'bullet', text: text.slice(2) };
  const number = /^(\d{1,3})\. (?=\S)/.exec(text);
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

/**
 * WhatsApp's markup as a tree: `*bold* _italic_ ~strike~`, inline code, fenced code, quotes, lists, links. Pure data,
 * so that rendering can never inject HTML. Linear in the length of the text.
 */
export const parseMarkup = (source: string): Block[] => {
  const text = source.replace(/\r\n?/g, '\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf(FENCE, at);
    const close = open < 0 ? -1 : text.indexOf(FENCE, open + FENCE.length);
    if (close < 0) break;
    const code = text.slice(open + FENCE.length, close);
    if (code.trim() === '') {
      blocks.push(...parseLines(text.slice(at, close + FENCE.length)));
    } else {
      const before = trimBreak(text.slice(at, open), 'end');
      if (before) blocks.push(...parseLines(before));
      blocks.push({ kind: 'pre', text: trimBreak(trimBreak(code, 'start'), 'end') });
    }
    at = close + FENCE.length;
    if (text[at] === '\n') at += 1;
  }
  const rest = text.slice(at);
  if (rest || blocks.length === 0) blocks.push(...parseLines(rest));
  return blocks;
};
