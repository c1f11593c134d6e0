'use strict';

/**
 * What the database itself can do: the rows that the plugin writes for a message, into the plugin's own tables, by the
 * bare driver, with no HTTP, no JSON to read and the rows made beforehand. Talks to run.mjs like server.cjs does.
 */
const { sqliteWriter } = require('./raw-sqlite.cjs');
const { postgresWriter } = require('./raw-postgres.cjs');

const SLICE = 2_000;

/** Cells of one message: everything that is not known before the transaction. */
const eventsOf = (run, from, count) =>
  Array.from({ length: count }, (_, index) => {
    const serial = from + index;
    const customer = serial % 1000;
    const wamid = `wamid.${Buffer.from(`${run}:${String(serial).padStart(12, '0')}:bench`).toString('base64')}`;
    const text = `Hello, this is message ${serial} of customer ${customer} – is it in stock? 👋`;
    const phone = String(15_552_000_000 + customer);
    const at = 1_790_000_000_000 + serial * 10;
    const raw = { from: phone, id: wamid, timestamp: String(at / 1000), type: 'text', text: { body: text } };
    const key = `k${run}${String(serial).padStart(12, '0')}`.slice(-24);
    return { key, customer, phone, wamid, text, raw: JSON.stringify(raw), at };
  });

const main = async () => {
  const connection = JSON.parse(process.env.BENCH_DATABASE);
  const open = connection.client === 'sqlite' ? sqliteWriter : postgresWriter;
  const writer = await open(connection.connection);
  let serial = 0;

  /** Transactions of `batch` events for about `seconds`; answers events and the seconds spent writing. */
  const run = async ({ batch, seconds }) => {
    let events = 0;
    let spent = 0;
    while (spent < seconds) {
      const size = Math.max(batch * writer.connections, Math.min(SLICE, batch * 200));
      const slice = eventsOf(`raw${process.pid}`, serial, size);
      serial += size;
      const groups = [];
      for (let start = 0; start < size; start += batch) groups.push(slice.slice(start, start + batch));
      const prepared = writer.prepare(groups);
      const began = performance.now();
      await writer.write(prepared);
      spent += (performance.now() - began) / 1000;
      events += size;
    }
    return { events, seconds: spent };
  };

  const verbs = { run, stop: () => process.exit(0) };
  process.on('message', async ({ id, verb, input }) => {
    try {
      process.send({ id, result: await verbs[verb](input) });
    } catch (error) {
      process.send({ id, error: error.stack });
    }
  });
  process.send({ ready: true });
};

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
