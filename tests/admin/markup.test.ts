import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block, Inline } from '../../admin/src/messages/markup/ast';
import { emojiOnlyCount } from '../../admin/src/messages/markup/emoji-only';
import { parseMarkup } from '../../admin/src/messages/markup/parse';

const SIGNS = { bold: 'b', italic: 'i', strike: 's' } as const;

const inline = (nodes: Inline[]): string =>
  nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      if (node.kind === 'code') return `<c>${node.text}</c>`;
      if (node.kind === 'link') return `<a ${node.href}|${node.label}>`;
      return `<${SIGNS[node.kind]}>${inline(node.children)}</${SIGNS[node.kind]}>`;
    })
    .join('');

const block = (node: Block): string => {
  switch (node.kind) {
    case 'lines':
      return node.lines.map(inline).join('\\n');
    case 'quote':
      return `{q:${node.lines.map(inline).join('\\n')}}`;
    case 'bullets':
      return `{ul:${node.items.map(inline).join('|')}}`;
    case 'numbers':
      return `{ol${node.start}:${node.items.map(inline).join('|')}}`;
    case 'pre':
      return `{pre:${node.text.replace(/\n/g, '\\n')}}`;
  }
};

const CASES = readFileSync(join(__dirname, 'fixtures/markup.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' ⇒ ') as [string, string]);

const unescape = (text: string) => text.replace(/\\r/g, '\r').replace(/\\n/g, '\n');

describe('WhatsApp markup', () => {
  it('has a golden file of at least 120 cases', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(120);
  });

  it.each(CASES)('%s', (typed, tree) => {
    expect(parseMarkup(unescape(typed)).map(block).join('|')).toBe(tree);
  });

  it.each([
    ['openers', '*a '.repeat(22_000)],
    ['mixed openers', '*_~'.repeat(22_000)],
    ['back ticks', '`'.repeat(65_000)],
    ['fences', '```'.repeat(21_000)],
    ['pairs', '*a*_b_~c~ '.repeat(6_500)],
    ['lines', '> *a*\n- b\n'.repeat(6_500)],
    ['dots', '.'.repeat(65_000)],
    ['at signs', '@'.repeat(65_000)],
    ['almost links', 'http://'.repeat(9_300)],
    ['almost mail', 'a@'.repeat(32_000)],
    ['one word', 'a'.repeat(65_000)],
    ['host-like', 'a.'.repeat(32_000)],
  ])('reads 65 kB of %s in under 20 ms', (_name, text) => {
    // The best of several runs, in CPU time: the first ones are compiled under way, and the machine may be shared.
    const times = Array.from({ length: 15 }, () => {
      const start = process.cpuUsage();
      parseMarkup(text);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(20);
  });
});

describe('emoji-only texts', () => {
  it.each([
    ['😀', 1],
    ['👍🏽', 1],
    ['👨‍👩‍👧', 1],
    ['🇹🇷 ❤️', 2],
    ['😀😀😀', 3],
    ['😀😀😀😀', 0],
    ['ok 😀', 0],
    ['1', 0],
    ['', 0],
  ])('%s counts %d', (text, count) => {
    expect(emojiOnlyCount(text)).toBe(count);
  });
});
