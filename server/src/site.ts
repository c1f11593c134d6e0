import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { COMPAT_WEBHOOK, PLUGIN_ID } from './constants';
import { randomToken } from './storage/ids';

/** Beside the bundle as beside the sources: two folders up. */
const ownVersion = (): string => {
  const manifest = readFileSync(path.join(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};

/** Our own server as the simulator reaches it: never over the network. */
const loopbackOf = ({ address, family }: AddressInfo): string => {
  if (address === '0.0.0.0' || address === '::' || address === '127.0.0.1') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
};

/** What the Strapi that we live in is called from outside, where its folders are and what it is. */
export const createSite = (strapi: Core.Strapi) => {
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api');
  const keys = strapi.config.get<string[] | undefined>('server.app.keys');
  const routes = `${prefix}/${PLUGIN_ID}`;
  /** Asked each time: a server without a fixed port knows its address only once it listens. */
  const base = (): string => strapi.config.get<string>('server.absoluteUrl', '');

  /** A number's webhook on this machine; null while the server does not listen on a port. */
  const localCallback = (key: string): string | null => {
    const address = strapi.server.httpServer.address();
    if (address === null || typeof address === 'string') return null;
    return `http://${loopbackOf(address)}:${address.port}${routes}/webhook/${key}`;
  };

  return {
    /** Path of a content route: `/api/whatsapp/<below>`. */
    path: (below: string): string => `${routes}/${below}`,
    webhookUrl: (key: string): string => `${base()}${routes}/webhook/${key}`,
    localCallback,
    /** The webhook without a number's key, under both of its addresses. */
    sharedWebhookUrls: (): string[] => [`${base()}${routes}/webhook`, `${base()}${COMPAT_WEBHOOK}`],
    /** A path that the options name, from the application's folder. */
    inApp: (target: string): string => path.resolve(strapi.dirs.app.root, target),
    /** Signs links to files. Without keys of the site, links live as long as the process. */
    linkSecret: Array.isArray(keys) && typeof keys[0] === 'string' ? keys[0] : randomToken(48),
    /** Strapi's own encryption key. */
    strapiKey: strapi.config.get<string | undefined>('admin.secrets.encryptionKey'),
    /** For the Doctor's report. */
    about: {
      plugin: ownVersion(),
      strapi: strapi.config.get<string>('info.strapi', 'unknown'),
      node: process.version,
    },
  };
};

export type Site = ReturnType<typeof createSite>;
