/** The folder that a demo lives in: database, uploads, its own secrets. Delete it to start over. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { PLAYGROUND } from './paths.mjs';
import { assertWritable } from './requirements.mjs';

/** The first admin, as the seed wants it in the environment. */
export const LOGIN = {
  DEMO_ADMIN_EMAIL: process.env.DEMO_ADMIN_EMAIL || 'admin@example.com',
  DEMO_ADMIN_PASSWORD: process.env.DEMO_ADMIN_PASSWORD || 'Whatsapp-demo-1',
};

const secret = () => randomBytes(24).toString('base64url');

/**
 * Secrets made on the first start and kept: with new ones every session, API token and sealed Meta token would be void
 * on the second.
 */
const keptSecrets = (file) => {
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
  const secrets = {
    APP_KEYS: `${secret()},${secret()}`,
    ADMIN_JWT_SECRET: secret(),
    API_TOKEN_SALT: secret(),
    TRANSFER_TOKEN_SALT: secret(),
    ENCRYPTION_KEY: secret(),
  };
  fs.writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
};

/**
 * Makes the data folder ready.
 * @param {string | undefined} folder DEMO_DATA_DIR; default playground/.tmp
 * @returns {{ folder: string, env: Record<string, string> }} what Strapi is to be started with
 */
export const prepareDemoData = (folder) => {
  const data = folder ? path.resolve(folder) : path.join(PLAYGROUND, '.tmp');
  const publicDir = path.join(data, 'public');
  assertWritable(data);
  fs.mkdirSync(path.join(publicDir, 'uploads'), { recursive: true });
  return {
    folder: data,
    env: {
      ...keptSecrets(path.join(data, 'secrets.json')),
      DEMO_DATA_DIR: data,
      DATABASE_FILENAME: path.join(data, 'data.db'),
      PUBLIC_DIR: publicDir,
    },
  };
};
