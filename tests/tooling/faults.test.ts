/** docs/faults.md names a test for each fault: every file and every title in it has to exist. */
import fs from 'node:fs';
import path from 'node:path';

const text = fs.readFileSync(path.join(__dirname, '../../docs/faults.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| (\d+|–) /.test(line))
  .map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );

it('has every number from 1 to 44', () => {
  const numbers = new Set(rows.map(([number]) => number));
  expect(Array.from({ length: 44 }, (_, index) => String(index + 1)).filter((n) => !numbers.has(n))).toEqual(
    [],
  );
});

/** `faults/storm: ` and the titles behind it, up to the next file. */
const named = rows.flatMap(([, fault, test]) =>
  [
    ...test.matchAll(/((?:faults|integration|unit)\/[\w/-]+): (.*?)(?=(?:faults|integration|unit)\/|$)/g),
  ].flatMap(([, file, titles]) =>
    [...titles.matchAll(/`([^`]+)`/g)].map(([, title]) => [fault, file, title] as const),
  ),
);

it.each(named)('%s: %s has "%s"', (_fault, file, title) => {
  const source = fs.readFileSync(path.join(__dirname, `../server/${file}.test.ts`), 'utf8');
  expect(source).toContain(title);
});

it('names enough of them', () => {
  expect(named.length).toBeGreaterThan(50);
});
