'use strict';

const { readSigned } = require('../signed');
const { storeNaively } = require('../naive');

module.exports = {
  /** The most that this server can answer: bytes, signature, JSON, 200. */
  async empty(ctx) {
    JSON.parse(await readSigned(ctx));
    ctx.type = 'text/plain';
    ctx.body = 'ok';
  },
  /** The handler that everybody writes first. */
  async naive(ctx) {
    const body = JSON.parse(await readSigned(ctx));
    await storeNaively(strapi, body, () => ctx.req.socket.destroyed);
    ctx.type = 'text/plain';
    ctx.body = 'ok';
  },
};
