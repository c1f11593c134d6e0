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

/** What PostgreSQL reads out of an array in its own form (array_recv). */
const readArray = (bytes: unknown): { oid: number; nulls: number; cells: (string | number | null)[] } => {
  const view = bytes as Buffer;
  const cells: (string | number | null)[] = [];
  const oid = view.readInt32BE(8);
  if (view.readInt32BE(0) === 0) return { oid, nulls: view.readInt32BE(4), cells };
  expect([view.readInt32BE(0), view.readInt32BE(16)]).toEqual([1, 1]);
  let at = 20;
  for (let index = 0; index < view.readInt32BE(12); index += 1) {
    const length = view.readInt32BE(at);
    const cell = view.subarray(at + 4, at + 4 + Math.max(0, length));
    if (length < 0) cells.push(null);
    else if (oid === 20) cells.push(Number(cell.readBigInt64BE()));
    else if (oid === 3802) cells.push(`${cell[0]}|${cell.subarray(1).toString()}`);
    else cells.push(cell.toString());
    at += 4 + Math.max(0, length);
  }
  expect(at).toBe(view.length);
  return { oid, nulls: view.readInt32BE(4), cells };
};

describe('bound rows', () => {
  it('are positions for SQLite', () =>
    expect(bindRows('sqlite', SHAPE, ROWS).map((param) => JSON.parse(param as string))).toEqual([ROWS]));

  it('are an array of each column for PostgreSQL, JSON with its version and NULL a real null', () => {
    expect(bindRows('postgres', SHAPE, ROWS).map(readArray)).toEqual([
      { oid: 20, nulls: 0, cells: [1, 2] },
      { oid: 25, nulls: 1, cells: ['it’s "quoted" \\ 🙂', null] },
      { oid: 3802, nulls: 1, cells: ['1|{"a":[1,null]}', null] },
    ]);
  });

  it.each([0, 1, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 40 + 7, -(2 ** 40) - 7, Number.MAX_SAFE_INTEGER])(
    'hold %i',
    (n) => expect(bindRows('postgres', { n: 'int' }, [[n]]).map(readArray)[0].cells).toEqual([n]),
  );

  it.each([1.5, NaN, 2 ** 60, 'x'])('refuse %s for a whole number', (cell) =>
    expect(() => bindRows('postgres', { n: 'int' }, [[cell]])).toThrow(TypeError),
  );

  it('are named for MySQL, JSON as text: its JSON columns make a literal of NULL', () => {
    const [json] = bindRows('mysql', SHAPE, ROWS);
    expect(JSON.parse(json as string)).toEqual([
      { n: 1, t: 'it’s "quoted" \\ 🙂', j: '{"a":[1,null]}' },
      { n: 2, t: null, j: null },
    ]);
  });

  it('of no rows are an empty list', () => {
    expect(bindRows('sqlite', SHAPE, [])).toEqual(['[]']);
    expect(bindRows('mysql', SHAPE, [])).toEqual(['[]']);
    expect(bindRows('postgres', SHAPE, []).map((bytes) => readArray(bytes).cells)).toEqual([[], [], []]);
  });

  it.each(['sqlite', 'postgres', 'mysql'] as const)(
    'take the placeholders of their row set on %s',
    (dialect) => {
      expect(rowSet(dialect, SHAPE).match(/\?/g)).toHaveLength(bindRows(dialect, SHAPE, ROWS).length);
    },
  );
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
