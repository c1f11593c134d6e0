'use strict';

/**
 * better-sqlite3 is compiled with WAL meaning `synchronous = NORMAL`, which may lose the last commits when the power
 * fails. What is answered 200 must not be lost, so every contender runs with FULL.
 */
const durable = {
  min: 1,
  max: 1,
  afterCreate(connection, done) {
    connection.pragma('synchronous = FULL');
    done(null, connection);
  },
};

module.exports = ({ env }) => {
  const connection = env.json('BENCH_DATABASE');
  return { connection: connection.client === 'sqlite' ? { ...connection, pool: durable } : connection };
};
