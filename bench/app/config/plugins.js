'use strict';

const path = require('node:path');

/** The plain way runs without the plugin: nothing of ours stands in its path. */
module.exports = ({ env }) => ({
  whatsapp: {
    enabled: env.bool('BENCH_PLUGIN', true),
    resolve: path.resolve(__dirname, '../../..'),
    config: { simulator: { enabled: false } },
  },
});
