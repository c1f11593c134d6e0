import { postgresStatement, type PostgresStatement } from './postgres-statements';
import { RaceLost } from './race';
import { createTurns, type Tail } from './tail';
import { noEach, type Meter, type Opened, type Pool, type Row, type Tx } from './tx';
import type { Param } from './values';

interface Answer<R = Row> {
  rows: R[];
  rowCount: number | null;
  command?: string;
}

interface PostgresConnection {
  /** Sends statements without waiting for the answers to those before; a driver that cannot has no such property. */
  pipeline?: boolean;
  query<R = Row>(config: PostgresStatement & { values?: unknown[]; rowMode?: 'array' }): Promise<Answer<R>>;
}

type Turns = ReturnType<typeof createTurns>;

/**
 * Nothing is written before BEGIN was answered: without a transaction it would stay. A look-up may go out along with it.
 */
const postgresTx = (
  connection: PostgresConnection,
  meter: Meter,
  { later }: Tail,
  { take }: Turns,
  begun: Promise<unknown>,
): Tx => {
  let beginning: Promise<unknown> | null = begun;
  begun.then(
    () => (beginning = null),
    () => undefined,
  );
  const ask = <R>(sql: string, params: Param[], rowMode?: 'array'): Promise<Answer<R>> => {
    meter.statements += 1;
    const query = () => connection.query<R>({ ...postgresStatement(sql), values: params, rowMode });
    if (connection.pipeline === undefined) return take(query);
    return beginning && rowMode !== 'array' ? beginning.then(query) : query();
  };
  return {
    later,
    each: noEach,
    all: async <T extends Row>(sql: string, params: Param[] = []) => (await ask<T>(sql, params)).rows,
    lists: async (sql, params = []) => (await ask<unknown[]>(sql, params, 'array')).rows,
    run: async (sql, params = []) => (await ask(sql, params)).rowCount ?? 0,
  };
};

/** Others who borrow the connection expect it as it was: one statement at a time. */
export const openPostgres = async (pool: Pool, meter: Meter, tail: Tail): Promise<Opened> => {
  const connection = (await pool.acquireConnection()) as PostgresConnection;
  const { pipeline } = connection;
  if (pipeline !== undefined) connection.pipeline = true;
  const turns = createTurns();
  const control = (text: string): Promise<Answer> => turns.behind(() => connection.query({ text }));
  const begun = turns.take(() => connection.query({ text: 'BEGIN' }));
  tail.later(begun);
  return {
    tx: postgresTx(connection, meter, tail, turns, begun),
    async commit() {
      const { command } = await control('COMMIT');
      // So it answers when something in it had failed, and calls that no error.
      if (command === 'ROLLBACK') throw new RaceLost('What a transaction wrote');
    },
    rollback: async () => void (await control('ROLLBACK')),
    async release() {
      if (pipeline !== undefined) connection.pipeline = pipeline;
      await pool.releaseConnection(connection);
    },
  };
};
