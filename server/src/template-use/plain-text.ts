/** Control characters and every kind of line break: Meta refuses them in a value (132018). */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
const BLANKS = / {2,}/g;

/** A value as Meta takes it: one line, single blanks, nothing around it. */
export const oneLine = (text: string): string => text.replace(BREAKS, ' ').replace(BLANKS, ' ').trim();

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  euro: '€',
};

const codePoint = (digits: string, radix: number): string => {
  const code = parseInt(digits, radix);
  return Number.isFinite(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
};

const entity = (whole: string, name: string): string => {
  if (/^#x/i.test(name)) return codePoint(name.slice(2), 16);
  if (name.startsWith('#')) return codePoint(name.slice(1), 10);
  return ENTITIES[name.toLowerCase()] ?? whole;
};

/** Markdown (Strapi's rich text) or HTML (what other editors store in the same field) as the words it shows. */
export const fromMarkdown = (source: string): string =>
  source
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/!\[[^\]]*\]\([^()]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^()]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/^\s*(?:```|~~~).*$/gm, ' ')
    .replace(/^\s*(?:[-*_]\s*){3,}$/gm, ' ')
    .replace(/(\*\*|__|~~)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_\n]*?\S)\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, entity);

interface Block {
  type?: unknown;
  text?: unknown;
  children?: unknown;
}

const MOST_DEPTH = 20;
const INLINE = new Set(['text', 'link']);

const wordsOf = (node: unknown, depth: number): string => {
  if (typeof node !== 'object' || node === null || depth > MOST_DEPTH) return '';
  const { type, text, children } = node as Block;
  if (typeof text === 'string') return text;
  if (!Array.isArray(children)) return '';
  const words = children.map((child) => wordsOf(child, depth + 1)).join('');
  return INLINE.has(String(type)) ? words : `${words} `;
};

/** Strapi's blocks as the words they show. */
export const fromBlocks = (blocks: unknown): string =>
  Array.isArray(blocks) ? blocks.map((block) => wordsOf(block, 0)).join(' ') : '';
