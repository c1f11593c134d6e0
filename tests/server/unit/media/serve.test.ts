import { parseRange } from '../../../../server/src/media/serve';
import { createMediaLinks } from '../../../../server/src/media/links';

describe('ranges', () => {
  it.each([
    ['bytes=0-0', 10, { start: 0, end: 0 }],
    ['bytes=2-5', 10, { start: 2, end: 5 }],
    ['bytes=5-', 10, { start: 5, end: 9 }],
    ['bytes=5-99', 10, { start: 5, end: 9 }],
    ['bytes=-3', 10, { start: 7, end: 9 }],
    ['bytes=-99', 10, { start: 0, end: 9 }],
    [' bytes=0-1 ', 10, { start: 0, end: 1 }],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=99-100', 10, 'unsatisfiable'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['', 10, null],
    ['bytes=-', 10, null],
    ['bytes=5-2', 10, null],
    ['bytes=0-1,3-4', 10, null],
    ['items=0-1', 10, null],
    ['bytes=a-b', 10, null],
    ['bytes=0x0-1', 10, null],
  ])('%j of %i bytes', (header, size, expected) => expect(parseRange(header, size)).toEqual(expected));
});

describe('links', () => {
  const HOUR = 3_600_000;
  let now = 1_790_000_000_000;
  const links = createMediaLinks('app-key', '/api/whatsapp/media', () => now);
  const queryOf = (link: string) => Object.fromEntries(new URL(link, 'http://x').searchParams);

  beforeEach(() => (now = 1_790_000_000_000));

  it('open their own message, until they expire after one to two hours', () => {
    const query = queryOf(links.to('7'));
    const left = Number(query.expires) - now;
    expect(left).toBeGreaterThan(HOUR);
    expect(left).toBeLessThanOrEqual(2 * HOUR);
    expect(links.isValid('7', query)).toBe(true);
    now = Number(query.expires) + 1;
    expect(links.isValid('7', query)).toBe(false);
  });

  it('made in the same hour are equal, so that the browser’s cache serves them', () => {
    now = Math.floor(now / HOUR) * HOUR;
    const link = links.to('7');
    now += HOUR - 1;
    expect(links.to('7')).toBe(link);
    now += 1;
    expect(links.to('7')).not.toBe(link);
  });

  it('cannot be bent to another message, another time or another key', () => {
    const query = queryOf(links.to('7'));
    const foreign = createMediaLinks('other-key', '/x', () => now);
    expect(links.isValid('8', query)).toBe(false);
    expect(links.isValid('71', { ...query, expires: query.expires.slice(1) })).toBe(false);
    expect(links.isValid('7', { ...query, expires: String(Number(query.expires) + 1) })).toBe(false);
    expect(links.isValid('7', queryOf(foreign.to('7')))).toBe(false);
  });

  it.each([
    {},
    { expires: '', signature: '' },
    { expires: 'Infinity', signature: 'x' },
    { expires: ['1', '2'], signature: 'x' },
    { expires: '9999999999999', signature: ['a'] },
    { expires: '9999999999999', signature: 'ü'.repeat(43) },
  ])('refuse %j without an error', (query) => expect(links.isValid('7', query)).toBe(false));
});
