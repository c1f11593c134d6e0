'use strict';

module.exports = ({ env }) => ({
  host: '127.0.0.1',
  port: 0,
  app: { keys: ['test-key'] },
  dirs: { public: env('TEST_PUBLIC_DIR') },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
});
