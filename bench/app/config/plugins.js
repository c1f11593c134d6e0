'use strict';

const path = require('node:path');

/**
 * The plain way runs without the plugin: nothing of ours stands in its path. BENCH_PLUGIN_PATH measures another build.
 */
module.exports = ({ env }) => ({
  whatsapp: {
    enabled: env.bool('BENCH_PLUGIN', true),
    resolve: env('BENCH_PLUGIN_PATH', path.resolve(__dirname, '../../..')),
    config: {
      // Numbers of the measurement point at this machine.
      network: { loopbackEndpoints: true },
      simulator: { enabled: false },
      media: { directory: path.join(env('BENCH_PUBLIC_DIR'), '../media') },
    },
  },
});
