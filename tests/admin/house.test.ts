import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { darkTheme, lightTheme } from '@strapi/design-system';
import { parse } from '@formatjs/icu-messageformat-parser';
import { AVATAR_HUES } from '../../admin/src/design/Avatar';
import { bubbleTokens, isDarkPalette, luminance, type Palette } from '../../admin/src/design/bubble-tokens';
import { MESSAGE_TYPES } from '../../server/src/cloud-api/events';
import { PERMISSIONS } from '../../admin/src/permissions';
import en from '../../admin/src/translations/en.json';
import tr from '../../admin/src/translations/tr.json';

const ROOT = join(__dirname, '../../admin/src');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

describe('translations', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(tr).sort()).toEqual(Object.keys(en).sort());
  });

  it('hold every id that is used', () => {
    const used = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bt\('([^']+)'\)/g)].map((match) => match[1]!),
    );
    expect(used.length).toBeGreaterThan(100);
    expect(used.filter((id) => !(id in en))).toEqual([]);
  });

  it('hold every id that is put together', () => {
    const statuses =
      'received scheduled queued sending accepted sent delivered read played failed unknown cancelled';
    const origins = 'contact api campaign automation phone_app';
    const ids = [
      ...statuses.split(' ').map((name) => `status.${name}`),
      ...origins.split(' ').map((name) => `origin.${name}`),
      ...MESSAGE_TYPES.map((name) => `type.${name}`),
      ...['verified', 'unverified', 'error'].map((name) => `numbers.status.${name}`),
    ];
    expect(ids.filter((id) => !(id in en))).toEqual([]);
  });

  it.each(Object.entries({ en, tr }))(
    'are well-formed messages with the same arguments (%s)',
    (_locale, texts) => {
      const args = (text: string) =>
        [
          ...new Set(
            [...JSON.stringify(parse(text)).matchAll(/"type":[1-6],"value":"(\w+)"/g)].map((m) => m[1]),
          ),
        ].sort();
      for (const [key, text] of Object.entries(texts)) {
        expect([key, ...args(text)]).toEqual([key, ...args(en[key as keyof typeof en])]);
      }
    },
  );
});

describe('house rules of the panel', () => {
  it('write no colour but those of the theme', () => {
    const coloured = sources.filter(
      ({ text }) =>
        /(['"`:\s])#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})\b/i.test(text.replace(/\/\*[\s\S]*?\*\//g, '')) ||
        /\b(rgba?|hsla?)\(/.test(text),
    );
    expect(coloured.map(({ file }) => file)).toEqual([]);
  });

  it('render nothing as HTML', () => {
    expect(
      sources.filter(({ text }) => text.includes('dangerouslySetInnerHTML')).map(({ file }) => file),
    ).toEqual([]);
  });

  it('lay out by logical properties', () => {
    const physical = /\b(margin|padding|border)-(left|right)\b|\btext-align: (left|right)|^\s+(left|right):/m;
    expect(sources.filter(({ text }) => physical.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('ask for permissions with a spelled-out subject, as Page.Protect compares it', () => {
    for (const permission of Object.values(PERMISSIONS).flat()) expect(permission.subject).toBeNull();
  });
});

const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

describe.each([
  ['light', lightTheme],
  ['dark', darkTheme],
])('contrast in the %s theme', (name, theme) => {
  const colors = theme.colors as unknown as Palette & Record<string, string>;
  const tokens = bubbleTokens(colors);

  it('is told from the values', () => {
    expect(isDarkPalette(colors)).toBe(name === 'dark');
  });

  it.each(['incoming', 'outgoing', 'failed', 'note'] as const)(
    'of an %s bubble is AA for text and meta',
    (tone) => {
      const { background, inset, text, meta } = tokens[tone];
      expect(contrast(text, background)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(meta, background)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, inset)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('of ticks and failure signs is at least 3:1', () => {
    expect(contrast(tokens.readTick, tokens.outgoing.background)).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens.readTick, colors.neutral0!)).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens.dangerIcon, tokens.failed.background)).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens.dangerIcon, colors.neutral0!)).toBeGreaterThanOrEqual(3);
  });

  it.each(AVATAR_HUES)('of initials on %s is AA', (hue) => {
    expect(contrast(colors.neutral0!, colors[hue]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['neutral800', 'neutral0'],
    ['neutral600', 'neutral0'],
    ['neutral600', 'neutral100'],
    ['neutral600', 'primary100'],
    ['neutral800', 'primary100'],
    ['primary700', 'neutral0'],
    ['primary700', 'neutral100'],
    ['primary700', 'primary100'],
    ['danger600', 'neutral0'],
    ['neutral0', 'primary600'],
    ['neutral800', 'neutral150'],
  ])('of %s on %s is AA', (text, background) => {
    expect(contrast(colors[text]!, colors[background]!)).toBeGreaterThanOrEqual(4.5);
  });

  it('of the warning sign beside the window text is at least 3:1', () => {
    expect(contrast(colors.warning700!, colors.neutral0!)).toBeGreaterThanOrEqual(3);
  });
});
