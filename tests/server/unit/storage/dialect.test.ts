import {
  bindRows,
  chunks,
  incoming,
  onConflictUpdate,
  rowSet,
  updateFrom,
  type RowShape,
} from '../../../../server/src/storage/dialect';

const SHAPE: RowShape = { n: 'int', t: 'text', j: 'json' };
const ROWS = [
  [1, 'it’s "quoted" \\ 🙂', '{"a":[1,null]}'],
  [2, null, null],
];

describe('rows as one bound parameter', () => {
  it('are positions for SQLite', () => expect(JSON.parse(bindRows('sqlite', SHAPE, ROWS))).toEqual(ROWS));

  it('are named for PostgreSQL, JSON unfolded and NULL a real null', () => {
    expect(JSON.parse(bindRows('postgres', SHAPE, ROWS))).toEqual([
      { n: 1, t: 'it’s "quoted" \\ 🙂', j: { a: [1, null] } },
      { n: 2, t: null, j: null },
    ]);
  });

  it('are named for MySQL, JSON as text: its JSON columns make a literal of NULL', () => {
    expect(JSON.parse(bindRows('mysql', SHAPE, ROWS))).toEqual([
      { n: 1, t: 'it’s "quoted" \\ 🙂', j: '{"a":[1,null]}' },
      { n: 2, t: null, j: null },
    ]);
  });

  it.each(['sqlite', 'postgres', 'mysql'] as const)('of no rows are an empty list on %s', (dialect) => {
    expect(bindRows(dialect, SHAPE, [])).toBe('[]');
  });

  it.each(['sqlite', 'postgres', 'mysql'] as const)('take exactly one placeholder on %s', (dialect) => {
    expect(rowSet(dialect, SHAPE).match(/\?/g)).toHaveLength(1);
  });
});

describe('statements', () => {
  it('name what an upsert would have inserted', () => {
    expect([incoming('sqlite', 'a'), incoming('mysql', 'a')]).toEqual(['excluded.a', 'VALUES(a)']);
    expect(onConflictUpdate('postgres', ['a', 'b'], 'c = 1')).toBe('ON CONFLICT (a, b) DO UPDATE SET c = 1');
    expect(onConflictUpdate('mysql', ['a'], 'c = 1')).toBe('ON DUPLICATE KEY UPDATE c = 1');
  });

  it('update from rows, which MySQL spells as a join', () => {
    expect(updateFrom('sqlite', 't', 'rows', 'm.id = r.i', [['a', 'r.a']])).toBe(
      'UPDATE t AS m SET a = r.a FROM rows WHERE m.id = r.i',
    );
    expect(updateFrom('mysql', 't', 'rows', 'm.id = r.i', [['a', 'r.a']])).toBe(
      'UPDATE t m JOIN rows ON m.id = r.i SET m.a = r.a',
    );
  });
});

describe('chunks', () => {
  it.each([
    [0, []],
    [1, [1]],
    [500, [500]],
    [501, [500, 1]],
    [1500, [500, 500, 500]],
  ])('of %i', (size, expected) => {
    const list = Array.from({ length: size }, (_, i) => i);
    expect(chunks(list).map((chunk) => chunk.length)).toEqual(expected);
    expect(chunks(list).flat()).toEqual(list);
  });
});
