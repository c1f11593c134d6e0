/** docs/coverage.md is what the code says today, and nothing in it is a gap that nobody knows of. */
import fs from 'node:fs';
import path from 'node:path';
import { renderCoverage } from '../coverage/report';

const ROOT = path.join(__dirname, '../..');
const text = renderCoverage(ROOT);

/** Cells by the first one of their row. */
const rowsBelow = (heading: string): string[][] =>
  (text.split(`## ${heading}`)[1] ?? '')
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.trim()),
    );

it('is up to date (else run "npm run coverage:messages" and commit docs/coverage.md)', () => {
  expect(fs.readFileSync(path.join(ROOT, 'docs/coverage.md'), 'utf8')).toBe(text);
});

it('every kind of news is stored, save the one that we alone send, and shown, save two that tell no story of their own', () => {
  const gaps = rowsBelow('Messages').filter(([, stored, shown]) => stored === '–' || shown === '–');
  expect(gaps.map(([name]) => name)).toEqual(['user_preferences', 'user_actions', 'template']);
});

it('every error has a class, something that follows, and a test', () => {
  const rows = rowsBelow('Errors');
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((row) => row[5] !== 'yes')).toEqual([]);
});
