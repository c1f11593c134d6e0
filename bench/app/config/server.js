'use strict';

module.exports = ({ env }) => ({
  host: '127.0.0.1',
  port: 0,
  app: { keys: ['bench-key'] },
  dirs: { public: env('BENCH_PUBLIC_DIR') },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
});
