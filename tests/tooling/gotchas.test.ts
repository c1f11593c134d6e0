/** What is known to bite whoever builds on the Cloud API has a test of its name, or stands here with the reason why not. */
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const OWN = path.relative(ROOT, __filename);
const text = fs
  .readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.test\.tsx?$/.test(name) && name !== OWN)
  .map((name) => fs.readFileSync(path.join(ROOT, name), 'utf8'))
  .join('\n');

/** Numbers as in `gotcha 9`, `gotchas 68 and 71`. */
const named = new Set(
  [...text.matchAll(/\bgotchas? (\d+(?:(?:,| and) \d+)*)/g)].flatMap(([, list]) =>
    list.split(/\D+/).map(Number),
  ),
);

const ALL = Array.from({ length: 75 }, (_, index) => index + 1);

/** Of capabilities that do not exist yet, and what is held by something else than a test. */
const WITHOUT: Record<number, string> = {
  49: 'consent: there is no opt-out by keyword',
  50: 'consent: there is no opt-out by keyword',
  52: 'consent: Meta’s preference is stored and judged by nobody yet',
  53: 'automation: nothing answers by itself',
  59: 'templates: a header’s file is always uploaded anew',
  64: 'campaigns: there is no sender that could write a recipient off',
  72: 'deleting a number leaves its subscription at Meta, which may serve other software',
};

it('every gotcha has its test, or a reason for none', () => {
  const missing = ALL.filter((number) => !named.has(number) && !(number in WITHOUT));
  expect(missing).toEqual([]);
});

it('no reason is kept for what has a test by now', () => {
  expect(Object.keys(WITHOUT).filter((number) => named.has(Number(number)))).toEqual([]);
});

it.each([
  'only the first of a batch is read',
  'a failed file is fetched again, the duplicate key does not block it',
  'the duplicate check queries a column that does not exist',
  'an early status is dropped',
  'a late lower status overwrites a higher one',
  'a signature is optional',
  'the handshake and the deliveries shadow each other',
  'a message vanishes when its media fails',
  'a missing key in an unfamiliar kind throws',
  'the composer clears before success',
  'realtime ignores permission',
  'Graph is called inside the save of a record',
  'a token in a query string or a log',
  'all payloads are logged for ever',
  'the window is derived from what the browser loaded',
  'a number matches the first of two people',
  'work status and window status are mixed',
  'the API version is scattered and old',
])('the trap has a test of its name: %s', (name) => {
  expect(text).toContain(`trap: ${name}`);
});
