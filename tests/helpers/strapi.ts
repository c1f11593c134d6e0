/** A real Strapi with the built plugin, on a database and an uploads folder of its own. */
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { createStrapi, type Core } from '@strapi/strapi';
import request from 'supertest';

import { copyTemplate, createDatabase, type TestDatabase } from './database';
import { assertDistIsFresh, ROOT } from './dist';

const APP_DIR = path.join(ROOT, 'tests/app');

/** Options of the plugin, as a site would write them in config/plugins. */
export type PluginOptions = Record<string, Record<string, unknown> | undefined>;

export interface BootOptions {
  config?: PluginOptions;
  /** Strapi's own settings by path, e.g. `{ 'admin.secrets.encryptionKey': undefined }`. */
  settings?: Record<string, unknown>;
  /** Default: a copy of the migrated template, dropped by `stop`. Give one to boot twice on the same data. */
  database?: TestDatabase;
}

export interface BootedStrapi {
  strapi: Core.Strapi;
  /** `http://127.0.0.1:<port>` */
  url: string;
  http: ReturnType<typeof request>;
  database: TestDatabase;
  /** Ends Strapi; drops the database unless it was given. */
  stop(): Promise<void>;
}

/** `strapi.destroy()` removes every listener of the process, jest's own among them: they are put back. */
const keepingProcessListeners = async (work: () => Promise<unknown>): Promise<void> => {
  const kept = process.eventNames().map((name) => [name, process.rawListeners(name as 'exit')] as const);
  await work();
  for (const [name, listeners] of kept) {
    const present = new Set(process.rawListeners(name as 'exit'));
    for (const listener of listeners) {
      if (!present.has(listener)) process.on(name as string, listener as (...args: unknown[]) => void);
    }
  }
};

const listen = async (strapi: Core.Strapi): Promise<string> => {
  const server = strapi.server.httpServer;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  strapi.config.set('server.port', port);
  strapi.config.set('server.url', url);
  strapi.config.set('server.absoluteUrl', url);
  return url;
};

/** Files that the plugin writes go to the test's own folder, unless the test says where. */
const inFolder = (folder: string, config: PluginOptions = {}): PluginOptions => ({
  ...config,
  media: { directory: path.join(folder, 'media'), ...config.media },
  // A reading in the middle of a test would take up a fault that was meant for something else.
  health: { enabled: false, ...config.health },
  // Nor may a listing of its own find the templates before the test does.
  templates: { syncMinutes: 0, ...config.templates },
  simulator: { stateFile: path.join(folder, 'simulator.json'), ...config.simulator },
});

/** Boots Strapi and listens on a free port of 127.0.0.1. Needs a fresh `dist` (npm run build). */
export const bootStrapi = async (options: BootOptions = {}): Promise<BootedStrapi> => {
  assertDistIsFresh();
  const database = options.database ?? (await copyTemplate());
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-test-'));
  const publicDir = path.join(folder, 'public');
  fs.mkdirSync(path.join(publicDir, 'uploads'), { recursive: true });
  Object.assign(process.env, {
    TEST_DATABASE: JSON.stringify(database.connection),
    TEST_PUBLIC_DIR: publicDir,
    STRAPI_TELEMETRY_DISABLED: 'true',
  });
  (globalThis as { whatsappTestOptions?: unknown }).whatsappTestOptions = inFolder(folder, options.config);
  const strapi = createStrapi({
    appDir: APP_DIR,
    distDir: APP_DIR,
    autoReload: false,
    serveAdminPanel: false,
  });
  strapi.log.level = process.env.TEST_LOG_LEVEL ?? 'error';
  for (const [key, value] of Object.entries(options.settings ?? {})) strapi.config.set(key, value);
  const stop = async (): Promise<void> => {
    strapi.server.httpServer.closeAllConnections();
    await keepingProcessListeners(() => strapi.destroy());
    fs.rmSync(folder, { recursive: true, force: true });
    if (!options.database) await database.drop();
  };
  try {
    await strapi.load();
    strapi.server.mount();
    return { strapi, url: await listen(strapi), http: request(strapi.server.httpServer), database, stop };
  } catch (error) {
    /** What failed first is what the reader needs; a half-booted Strapi may not stop cleanly. */
    await stop().catch(() => undefined);
    throw error;
  }
};

/** Boots once on an empty database so that every table is there, and leaves the database behind. */
export const migrateTemplate = async (): Promise<TestDatabase> => {
  const database = await createDatabase();
  try {
    const { stop } = await bootStrapi({ database });
    await stop();
  } catch (error) {
    await database.drop();
    throw error;
  }
  return database;
};
