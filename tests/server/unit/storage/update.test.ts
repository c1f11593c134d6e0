import type { Database } from '../../../../server/src/storage/database';
import { insertRows } from '../../../../server/src/storage/insert';
import type { Tx } from '../../../../server/src/storage/transaction';
import { updateRows } from '../../../../server/src/storage/update';

const db = { dialect: 'postgres', name: (table: string) => `"${table}"` } as unknown as Database;
const asked = () => {
  const run = jest.fn(() => Promise.resolve(1));
  const all = jest.fn(() => Promise.resolve([{ id: 1 }]));
  return { run, all, tx: { run, all } as unknown as Tx };
};
const rows = (count: number): number[][] => Array.from({ length: count }, (_, index) => [index]);
const update = (tx: Tx, list: number[][]) =>
  updateRows(db, tx, {
    table: 'whatsapp_messages',
    shape: { i: 'int' },
    rows: list,
    on: 'm.id = r.i',
    set: [['a', 'r.i']],
  });

describe('many rows', () => {
  it('go in as many statements as they need, all at once', async () => {
    const { run, tx } = asked();
    expect(await update(tx, rows(1_001))).toBe(3);
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('none ask nothing', async () => {
    const { run, tx } = asked();
    expect(await update(tx, [])).toBe(0);
    expect(run).not.toHaveBeenCalled();
  });

  it('are all bound before the first is sent', async () => {
    const { run, all, tx } = asked();
    await expect(update(tx, [...rows(500), [1.5]])).rejects.toThrow(TypeError);
    const insert = { table: 'whatsapp_messages', shape: { i: 'int' }, rows: [...rows(500), [1.5]] } as const;
    await expect(insertRows(db, tx, insert as never)).rejects.toThrow(TypeError);
    expect(run).not.toHaveBeenCalled();
    expect(all).not.toHaveBeenCalled();
  });
});
