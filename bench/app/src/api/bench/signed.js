'use strict';

const { createHmac, timingSafeEqual } = require('node:crypto');

const readBytes = (stream) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    stream.on('error', reject);
    stream.on('close', () => reject(new Error('The body ended before it was complete.')));
  });

/** The body as text, once its `X-Hub-Signature-256` was found right; throws else. */
const readSigned = async (ctx) => {
  const raw = await readBytes(ctx.req);
  const claimed = Buffer.from(String(ctx.req.headers['x-hub-signature-256']).slice('sha256='.length), 'hex');
  const digest = createHmac('sha256', process.env.BENCH_APP_SECRET).update(raw).digest();
  if (claimed.length !== digest.length || !timingSafeEqual(claimed, digest)) ctx.throw(401);
  return raw.toString('utf8');
};

module.exports = { readSigned };
