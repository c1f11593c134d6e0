import { DEFAULT_GRAPH_VERSION } from '../constants';

/** Plugin options (`config/plugins.ts` → `whatsapp.config`). Every one has a safe default. */
export interface WhatsAppConfig {
  /** Graph version for numbers that do not set their own, `vNN.N`. Default `v25.0`. */
  graphVersion: string;
  webhook: {
    /**
     * Answers webhook calls before the host's middlewares (faster, and no body parser can touch the signed bytes).
     * `false` sends them past all of them, for a host whose own middleware has to see these calls. Default true.
     */
    early: boolean;
    /** Largest body accepted, bytes. Meta sends up to 3 MB. Default 4 MiB; above it the answer is 413. */
    maxBytes: number;
    /** Deliveries that may wait for their commit before the answer is 503. Default 2,000. */
    bufferDeliveries: number;
    /** Bytes of bodies that may wait. Default 64 MiB. */
    bufferBytes: number;
    /** Time for a sender to hand over its body, ms. Default 15,000. */
    readTimeoutMs: number;
  };
  sending: {
    /** Sends per second and number; Meta's default is 80, counted in both directions. Default 80. */
    messagesPerSecond: number;
    /** How long one send call may take before its outcome counts as unknown, ms. Default 20,000. */
    timeoutMs: number;
  };
  media: {
    /** Folder for received files; absolute, or relative to the app. Never below `public`. Default `private/whatsapp`. */
    directory: string;
    /** Largest file fetched, bytes. Default 100 MiB, Meta's own maximum. */
    maxBytes: number;
  };
  simulator: {
    /** Offers "Try it without a Meta account": a stand-in for Meta inside this process, on loopback. Default true. */
    enabled: boolean;
    /** Where its customers and threads survive a restart; absolute, or relative to the app. */
    stateFile: string;
  };
  retention: {
    /** Days that the log of webhook calls is kept. Default 14. */
    deliveryLogDays: number;
    /** Hours that a browser may be away and still catch up without a full refetch. Default 48. */
    changeHours: number;
  };
}

const DEFAULTS: WhatsAppConfig = {
  graphVersion: DEFAULT_GRAPH_VERSION,
  webhook: {
    early: true,
    maxBytes: 4 * 1024 * 1024,
    bufferDeliveries: 2_000,
    bufferBytes: 64 * 1024 * 1024,
    readTimeoutMs: 15_000,
  },
  sending: { messagesPerSecond: 80, timeoutMs: 20_000 },
  media: { directory: 'private/whatsapp', maxBytes: 100 * 1024 * 1024 },
  simulator: { enabled: true, stateFile: '.tmp/whatsapp-simulator.json' },
  retention: { deliveryLogDays: 14, changeHours: 48 },
};

const fail = (key: string, should: string): never => {
  throw new Error(`whatsapp: config "${key}" should be ${should}`);
};

/** Every key whose default is a number: `'20'` from an environment variable read as text is caught here. */
const checkNumbers = (section: string, defaults: object, given: object): void => {
  for (const [key, standard] of Object.entries(defaults)) {
    if (typeof standard !== 'number') continue;
    const value = (given as Record<string, unknown>)[key];
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 1) {
      fail(`${section}.${key}`, 'a number of at least 1');
    }
  }
};

export const config = {
  default: DEFAULTS,
  /** Runs at boot, synchronously (Strapi does not wait for it). */
  validator(given: WhatsAppConfig): void {
    if (!/^v\d{2}\.\d$/.test(given.graphVersion)) fail('graphVersion', 'like "v25.0"');
    for (const section of ['webhook', 'sending', 'media', 'retention'] as const) {
      if (typeof given[section] !== 'object' || given[section] === null) fail(section, 'an object');
      checkNumbers(section, DEFAULTS[section], given[section]);
    }
    if (typeof given.webhook.early !== 'boolean') fail('webhook.early', 'true or false');
    if (given.sending.messagesPerSecond > 1_000)
      fail('sending.messagesPerSecond', 'at most 1000, Meta’s own ceiling');
    if (typeof given.media.directory !== 'string' || given.media.directory === '')
      fail('media.directory', 'a path');
    if (/(^|[\\/])public([\\/]|$)/.test(given.media.directory)) {
      fail('media.directory', 'outside "public": what customers send must not be readable by address');
    }
    if (typeof given.simulator?.enabled !== 'boolean') fail('simulator.enabled', 'true or false');
    if (typeof given.simulator.stateFile !== 'string' || given.simulator.stateFile === '') {
      fail('simulator.stateFile', 'a path');
    }
  },
};
