import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const PLAYGROUND = path.join(ROOT, 'playground');
export const STRAPI_BIN = path.join(ROOT, 'node_modules/@strapi/strapi/bin/strapi.js');
export const PLUGIN_BIN = path.join(ROOT, 'node_modules/@strapi/sdk-plugin/bin/strapi-plugin.js');
export const JEST_BIN = path.join(ROOT, 'node_modules/jest/bin/jest.js');
