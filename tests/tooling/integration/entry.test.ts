import path from 'node:path';

import { ROOT } from '../../helpers/dist';

const manifest = require(path.join(ROOT, 'package.json'));

describe('the root entry files', () => {
  it('hand over the very plugin that the exports map names', () => {
    const target = path.resolve(ROOT, manifest.exports['./strapi-server'].require);
    expect(require(path.join(ROOT, 'strapi-server.js'))).toBe(require(target));
  });
});
