'use strict';

const path = require('node:path');

/** An absolute path: `resolve: '../..'` would be looked up from inside Strapi's own code. */
module.exports = () => ({
  whatsapp: {
    enabled: true,
    resolve: path.resolve(__dirname, '../../..'),
    config: globalThis.whatsappTestOptions ?? {},
  },
});
