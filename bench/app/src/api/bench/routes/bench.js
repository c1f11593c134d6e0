'use strict';

const open = (handler) => ({
  method: 'POST',
  path: `/bench/${handler}`,
  handler: `bench.${handler}`,
  config: { auth: false },
});

module.exports = { routes: [open('empty'), open('naive')] };
