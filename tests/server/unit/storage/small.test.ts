import { documentId, randomToken } from '../../../../server/src/storage/ids';
import { decodeCursor, encodeCursor } from '../../../../server/src/storage/keyset';

describe('ids', () => {
  it('have the form of Strapi’s document ids and do not repeat', () => {
    const ids = Array.from({ length: 20_000 }, documentId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]{23}$/.test(id))).toEqual([]);
  });

  it('use every letter and digit about equally', () => {
    const counts = new Map<string, number>();
    for (const char of randomToken(72_000)) counts.set(char, (counts.get(char) ?? 0) + 1);
    expect(counts.size).toBe(36);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(300);
  });

  it('tokens are as long as asked', () => {
    expect(randomToken()).toHaveLength(32);
    expect(randomToken(1)).toHaveLength(1);
  });
});

describe('cursors', () => {
  it.each([
    { at: 0, id: 1 },
    { at: 1_790_000_000_000, id: 2_147_483_647 },
  ])('come back as they went: %j', (position) =>
    expect(decodeCursor(encodeCursor(position))).toEqual(position),
  );

  const forged = (text: string): string => Buffer.from(text).toString('base64url');
  it.each([
    '',
    'x',
    forged('1'),
    forged('1:2:3'),
    forged('-1:2'),
    forged('1: 2'),
    forged('1e3:2'),
    forged("1:2'--"),
    forged(`${'9'.repeat(17)}:1`),
    '%00',
  ])('that are not ours are refused: %s', (cursor) => expect(decodeCursor(cursor)).toBeNull());
});
