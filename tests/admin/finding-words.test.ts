import { createIntl } from 'react-intl';
import { findingWords } from '../../admin/src/integrations/finding-words';
import en from '../../admin/src/translations/en.json';
import tr from '../../admin/src/translations/tr.json';
import { DOCTOR_FIXES, DOCTOR_WORDS } from '../../server/src/doctor/words';
import { spanOf } from '../../server/src/doctor/span';
import { CHECK_FIXES, CHECK_WORDS } from '../../server/src/integrations/check-words';
import type { Facts } from '../../server/src/integrations/contract';

const WORDS: Record<string, (facts: never) => string> = { ...CHECK_WORDS, ...DOCTOR_WORDS };
const FIXES: Record<string, () => string> = { ...CHECK_FIXES, ...DOCTOR_FIXES };

const intlOf = (locale: string, texts: Record<string, string>) =>
  createIntl({
    locale,
    messages: Object.fromEntries(Object.entries(texts).map(([key, text]) => [`whatsapp.${key}`, text])),
    timeZone: 'UTC',
    onError: (error) => {
      throw error;
    },
  });
const english = intlOf('en', en);
const turkish = intlOf('tr', tr);

const PLAIN: Facts = {
  code: 190,
  status: 'PENDING',
  title: 'Too busy',
  reason: 'Nobody knows.',
  rights: 'whatsapp_business_messaging',
  // No day as the server writes it: those are spelled as the viewer spells them.
  day: 'some day',
  name: 'Shop',
  host: 'elsewhere.example.com',
  version: 'v25.0',
  seconds: 90,
};
const MINUTE = 60_000;
/** Every shade of the facts that choose between words. */
const SHADES: Facts[] = [1, 2, 1_500].flatMap((count) =>
  [1, 50, 600, 9_000].flatMap((minutes) =>
    ['token', 'number', 'account', 'numbers', 'apps', 'callback'].flatMap((subject) =>
      ['number', 'account', 'app'].map((level) => ({
        ...PLAIN,
        ...spanOf(minutes * MINUTE),
        count,
        subject,
        level,
      })),
    ),
  ),
);

it.each(Object.keys(WORDS))(
  '%s: the panel says in English what the server says, and has Turkish words',
  (key) => {
    for (const facts of SHADES) {
      const message = WORDS[key](facts as never);
      const said = { key, facts, message: 'the words of the server', fix: null, fixKey: null };
      // Large counts are written with the reader's separators.
      expect(findingWords(english, said).message.replace('1,500', '1500')).toBe(message);
      expect(findingWords(turkish, said).message).not.toMatch(/the words of the server|[{}]/);
      expect(findingWords(turkish, said).message).not.toBe(message);
    }
  },
);

it.each(Object.keys(FIXES))('what to do, %s: the same in English, and in Turkish', (fixKey) => {
  const said = { key: '', facts: {}, message: '', fix: 'the words of the server', fixKey };
  expect(findingWords(english, said).fix).toBe(FIXES[fixKey]());
  expect(findingWords(turkish, said).fix).not.toBe('the words of the server');
});

it('no words are left over from findings that are gone', () => {
  const known = [
    ...Object.keys(WORDS),
    ...Object.keys(FIXES).map((key) => `fix.${key}`),
    ...['token', 'number', 'account', 'numbers', 'apps', 'callback'].map((name) => `subject.${name}`),
    ...['number', 'account', 'app'].map((name) => `level.${name}`),
  ];
  const worded = Object.keys(en).filter((key) => key.startsWith('finding.'));
  expect(worded.map((key) => key.replace('finding.', '')).sort()).toEqual(known.sort());
});

it('a fix of one table is not taken for one of the other', () => {
  expect(Object.keys(CHECK_FIXES).filter((key) => key in DOCTOR_FIXES)).toEqual([]);
  expect(Object.keys(CHECK_WORDS).filter((key) => key in DOCTOR_WORDS)).toEqual([]);
});

it('spells a day as the viewer does, and leaves what it has no words for as it came', () => {
  const said = {
    key: 'token.expired',
    facts: { day: '2026-11-22' },
    message: 'The access token expired on 2026-11-22.',
    fix: 'Ask Meta.',
    fixKey: null,
  };
  expect(findingWords(english, said)).toEqual({
    message: 'The access token expired on November 22, 2026.',
    fix: 'Ask Meta.',
  });
  expect(findingWords(turkish, said).message).toContain('22 Kasım 2026');
  const unknown = { ...said, key: 'moon.full', message: 'The moon is full.', fixKey: 'howl' };
  expect(findingWords(turkish, unknown)).toEqual({ message: 'The moon is full.', fix: 'Ask Meta.' });
});
