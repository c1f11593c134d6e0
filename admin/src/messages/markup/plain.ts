import type { Block, Inline } from './ast';
import { parseMarkup } from './parse';

const words = (nodes: Inline[]): string =>
  nodes
    .map((node) => {
      if (node.kind === 'text' || node.kind === 'code') return node.text;
      return node.kind === 'link' ? node.label : words(node.children);
    })
    .join('');

const blockWords = (block: Block): string => {
  if (block.kind === 'pre') return block.text;
  return ('lines' in block ? block.lines : block.items).map(words).join(' ');
};

/** As much as a one-line preview can show. */
const MAX = 200;

/** The start of a text without its markup, on one line. */
export const plainStart = (text: string): string => parseMarkup(text.slice(0, MAX)).map(blockWords).join(' ');
