import type { ValueFormat } from '../../../../server/src/template-use/contract';
import { localeFor } from '../../../../server/src/template-use/entries';
import { languageTag, writeValue } from '../../../../server/src/template-use/formats';
import { fromBlocks, fromMarkdown, oneLine } from '../../../../server/src/template-use/plain-text';
import {
  servingLanguage,
  suggestLanguage,
  usualLanguage,
} from '../../../../server/src/template-use/suggest-language';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a value is written for its reader', () => {
  const write = (
    value: string | number | boolean | Date,
    type: string,
    format?: ValueFormat,
    language = 'en_US',
  ) => {
    const written = writeValue(value, type, format, { language, timeZone: 'Europe/Istanbul' });
    return 'problem' in written ? written.problem : plain(written.text);
  };
  const euro: ValueFormat = { as: 'currency', currency: 'EUR' };
  const long: ValueFormat = { as: 'date', style: 'long' };
  it.each<[string | number | boolean, string, ValueFormat | undefined, string, string]>([
    [1234.5, 'decimal', euro, 'en_US', '€1,234.50'],
    [1234.5, 'decimal', euro, 'pt_BR', '€ 1.234,50'],
    // Databases give decimals and big integers as text.
    ['1234.50', 'decimal', euro, 'de', '1.234,50 €'],
    ['9007199254740993', 'biginteger', undefined, 'en_US', '9007199254740993'],
    [4711, 'integer', undefined, 'en_US', '4711'],
    [4711, 'integer', { as: 'number' }, 'tr', '4.711'],
    [0.5, 'float', { as: 'number', decimals: 2 }, 'en_US', '0.50'],
    [0, 'integer', euro, 'en_US', '€0.00'],
    ['soon', 'string', euro, 'en_US', 'not_a_number'],
    ['', 'string', { as: 'number' }, 'en_US', 'not_a_number'],
    ['2026-03-01', 'date', long, 'tr', '1 Mart 2026'],
    ['2026-03-01', 'date', { ...long, time: true }, 'en_US', 'March 1, 2026'],
    // A moment is read on the organization's clock: half past nine in the evening in London is the next day there.
    ['2026-03-01T21:30:00.000Z', 'datetime', long, 'en_US', 'March 2, 2026'],
    ['2026-03-01T21:30:00.000Z', 'datetime', undefined, 'en_GB', '2 Mar 2026, 00:30'],
    ['2026-03-01', 'date', undefined, 'en_US', 'Mar 1, 2026'],
    ['2026-03-01', 'date', { as: 'text' }, 'en_US', '2026-03-01'],
    ['someday', 'string', long, 'en_US', 'not_a_date'],
    ['13:45:00.000', 'time', undefined, 'en_US', '1:45 PM'],
    ['13:45:00.000', 'time', undefined, 'de', '13:45'],
    ['noonish', 'time', undefined, 'de', 'noonish'],
    [true, 'boolean', undefined, 'pt_BR', 'Sim'],
    [false, 'boolean', undefined, 'xx_XX', 'No'],
  ])('%j (%s) as %j in %s is %s', (value, type, format, language, expected) => {
    expect(write(value, type, format, language)).toBe(expected);
  });

  it.each([
    ['pt_BR', 'pt-BR'],
    ['zh_HK', 'zh-HK'],
    ['fil', 'fil'],
    ['nonsense!', 'en'],
  ])('Meta’s %s is %s', (code, tag) => {
    expect(languageTag(code)).toBe(tag);
  });

  it('a time zone that nobody knows is UTC', () => {
    const written = writeValue('2026-03-01T21:30:00Z', 'datetime', long, {
      language: 'en',
      timeZone: 'Mars/Base',
    });
    expect(written).toEqual({ text: 'March 1, 2026' });
  });
});

describe('plain words', () => {
  it.each([
    ['# Title\n\nSome **bold** and _slanted_ ~~old~~ `code`', 'Title Some bold and slanted old code'],
    ['[here](https://s.example/a) ![pic](x.png) there', 'here there'],
    ['- one\n- two\n1. three\n> said', 'one two three said'],
    ['<p>Fish &amp; <b>chips</b>&nbsp;&#8364;5</p><script>alert(1)</script>', 'Fish & chips €5'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['```js\ncode\n```', 'code'],
    ['a < b and b > c', 'a < b and b > c'],
  ])('of %j are %j', (source, words) => {
    expect(oneLine(fromMarkdown(source))).toBe(words);
  });

  it('of blocks are their texts, whatever is nested', () => {
    const text = (words: string) => ({ type: 'text', text: words });
    const blocks = [
      { type: 'heading', children: [text('Title')] },
      { type: 'paragraph', children: [text('See '), { type: 'link', children: [text('this')] }, text('.')] },
      {
        type: 'list',
        children: [
          { type: 'list-item', children: [text('one')] },
          { type: 'list-item', children: [text('two')] },
        ],
      },
      { type: 'image', image: { url: 'x' } },
      'rubbish',
      null,
    ];
    expect(oneLine(fromBlocks(blocks))).toBe('Title See this. one two');
    expect(fromBlocks('text')).toBe('');
  });

  it.each([
    ['a\nb\r\n\tc', 'a b c'],
    ['a\u2028b\u0000c', 'a b c'],
    ['  a     b  ', 'a b'],
    ['\n', ''],
  ])('%j on one line is %j, as Meta takes it', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });
});

describe('the language that serves somebody', () => {
  it.each([
    ['es', ['en', 'es_AR', 'es'], 'es'],
    ['es_MX', ['en', 'es_AR', 'es'], 'es'],
    ['es', ['en', 'es_AR'], 'es_AR'],
    ['pt-BR', ['pt_PT', 'pt_BR'], 'pt_BR'],
    ['EN-us', ['en_US'], 'en_US'],
    ['fr', ['en'], null],
    [null, ['en'], null],
  ])('%s of %j is %s', (wanted, available, expected) => {
    expect(servingLanguage(wanted, available)).toBe(expected);
  });

  it('is the first reason that leads anywhere, and later ones are not asked', async () => {
    const asked: string[] = [];
    const reason = (name: string, code: string | null) => () => {
      asked.push(name);
      return code;
    };
    const found = await suggestLanguage(
      [
        ['contact', reason('contact', 'fr')],
        ['linked_entry', reason('linked_entry', 'tr')],
        ['conversation', reason('conversation', 'en')],
      ],
      ['en', 'tr'],
    );
    expect([found, asked]).toEqual([{ code: 'tr', because: 'linked_entry' }, ['contact', 'linked_entry']]);
  });

  it('is otherwise the one that most templates have', () => {
    expect(usualLanguage(['tr', 'en', 'tr'], 'en_US')).toBe('tr');
    expect(usualLanguage(['tr', 'en_US'], 'en_US')).toBe('en_US');
    expect(usualLanguage([], 'en_US')).toBeNull();
  });

  it.each([
    ['pt_BR', ['en', 'pt-BR', 'pt'], 'pt-BR'],
    ['pt_BR', ['en', 'pt'], 'pt'],
    ['pt_BR', ['en', 'pt-PT'], 'pt-PT'],
    ['de', ['en'], null],
  ])('as a locale of the site, %s of %j is %s', (language, codes, expected) => {
    expect(localeFor(language, codes)).toBe(expected);
  });
});
