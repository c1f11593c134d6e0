import { DEFAULT_GRAPH_VERSION } from '../constants';
import { ENVIRONMENT_FIELDS, type EnvironmentNumber } from '../integrations/environment';

/** Plugin options (`config/plugins.ts` → `whatsapp.config`). Every one has a safe default. */
export interface WhatsAppConfig {
  /** Graph version for numbers that do not set their own, `vNN.N`. Default `v25.0`. */
  graphVersion: string;
  /**
   * Numbers that the environment connects or fixes fields of, e.g. `{ phoneNumberId: env('WA_PHONE_NUMBER_ID'), accessToken:
   * env('WA_ACCESS_TOKEN') }`. Blank values fix nothing. Default none.
   */
  numbers: EnvironmentNumber[];
  encryption: {
    /**
     * Keys that secrets are sealed with, newest first; all of them open. Default: env `WHATSAPP_ENCRYPTION_KEYS`, parted by
     * commas. Strapi's `admin.secrets.encryptionKey` always stands at the end of the ring.
     */
    keys: string[];
  };
  network: {
    /** Hosts that may be called though they are private: the site's own proxy to Meta. Names as in the URL. Default none. */
    trustedHosts: string[];
    /** Whether a number's `endpointUrl` may be on this machine (a simulator). Default: not in production. */
    loopbackEndpoints: boolean;
  };
  health: {
    /** Whether they are read on a schedule at all; webhooks and people still cause a reading. Default true. */
    enabled: boolean;
    /** How often quality, limit and status of each number are read from Meta, minutes, spread by a tenth. Default 60. */
    everyMinutes: number;
  };
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
    /**
     * Days that the exact bytes of calls are kept, sealed, so that they can be looked at (redacted) and applied again.
     * 0 keeps only those of calls that are in quarantine. Default 7.
     */
    keepPayloadDays: number;
    /** Unsigned or wrongly signed calls of one address in a minute before the answer is 429. Default 120. */
    rejectedPerMinute: number;
  };
  sending: {
    /** Sends per second and number; Meta's default is 80, counted in both directions. Default 80. */
    messagesPerSecond: number;
    /** Sends per second for a number that is also used in the phone app; Meta allows 20 in both directions. Default 10. */
    coexistencePerSecond: number;
    /** How long one send call may take before its outcome counts as unknown, ms. Default 20,000. */
    timeoutMs: number;
  };
  /** Of our own doors; per process. Reading is not limited. */
  limits: {
    /** Writing calls per minute and API token; above it 429 with `Retry-After`. Default 6,000. */
    writesPerMinutePerToken: number;
    /** Writing calls per minute and person in the admin panel. Default 600. */
    writesPerMinutePerAdmin: number;
    /** Largest body of a call that carries no file, bytes; above it 413. Default 256 KiB. */
    bodyBytes: number;
  };
  templates: {
    /**
     * How often the templates of each account are read from Meta, minutes, spread by a tenth; webhooks tell what happens in
     * between. 0: only by hand. Default 60.
     */
    syncMinutes: number;
    /** `two-person`: a draft goes to Meta only after somebody else has approved it. Default `off`. */
    review: 'off' | 'two-person';
  };
  media: {
    /** Folder for received files; absolute, or relative to the app. Never below `public`. Default `private/whatsapp`. */
    directory: string;
    /** Largest file fetched, bytes. Default 100 MiB, Meta's own maximum. */
    maxBytes: number;
    /** Lets messages name files on this machine itself (`http://127.0.0.1…`), for trying things out. Default false. */
    fetchLoopback: boolean;
  };
  simulator: {
    /** Offers "Try it without a Meta account": a stand-in for Meta inside this process, on loopback. Default true. */
    enabled: boolean;
    /** Where its customers and threads survive a restart; absolute, or relative to the app. */
    stateFile: string;
  };
  debug: {
    /** Switches debug mode on for so many minutes with each start; at most 1440. Default 0: only the panel switches it. */
    minutesAtStart: number;
  };
  retention: {
    /** Days that the log of webhook calls is kept. Default 14. */
    deliveryLogDays: number;
    /** Hours that a browser may be away and still catch up without a full refetch. Default 48. */
    changeHours: number;
    /** Days that the audit trail is kept; no page and no route can shorten it. Default 730. */
    auditDays: number;
  };
}

/** As secrets managers hand over several keys: one text, parted by commas. */
const keysOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);

const DEFAULTS: WhatsAppConfig = {
  graphVersion: DEFAULT_GRAPH_VERSION,
  numbers: [],
  encryption: { keys: keysOf(process.env.WHATSAPP_ENCRYPTION_KEYS) },
  network: { trustedHosts: [], loopbackEndpoints: process.env.NODE_ENV !== 'production' },
  health: { enabled: true, everyMinutes: 60 },
  webhook: {
    early: true,
    maxBytes: 4 * 1024 * 1024,
    bufferDeliveries: 2_000,
    bufferBytes: 64 * 1024 * 1024,
    readTimeoutMs: 15_000,
    keepPayloadDays: 7,
    rejectedPerMinute: 120,
  },
  sending: { messagesPerSecond: 80, coexistencePerSecond: 10, timeoutMs: 20_000 },
  limits: {
    writesPerMinutePerToken: 6_000,
    writesPerMinutePerAdmin: 600,
    bodyBytes: 256 * 1024,
  },
  templates: { syncMinutes: 60, review: 'off' },
  media: { directory: 'private/whatsapp', maxBytes: 100 * 1024 * 1024, fetchLoopback: false },
  simulator: { enabled: true, stateFile: '.tmp/whatsapp-simulator.json' },
  debug: { minutesAtStart: 0 },
  retention: { deliveryLogDays: 14, changeHours: 48, auditDays: 730 },
};

const fail = (key: string, should: string): never => {
  throw new Error(`whatsapp: config "${key}" should be ${should}`);
};

const MAY_BE_ZERO = new Set(['webhook.keepPayloadDays', 'debug.minutesAtStart', 'templates.syncMinutes']);

/** Every key whose default is a number: `'20'` from an environment variable read as text is caught here. */
const checkNumbers = (section: string, defaults: object, given: object): void => {
  for (const [key, standard] of Object.entries(defaults)) {
    if (typeof standard !== 'number') continue;
    const value = (given as Record<string, unknown>)[key];
    const least = MAY_BE_ZERO.has(`${section}.${key}`) ? 0 : 1;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
      fail(`${section}.${key}`, `a number of at least ${least}`);
    }
  }
};

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string' && text.trim() !== '');

/** A short key is found by trying; 16 characters are what `openssl rand -base64 12` gives. */
const SHORTEST_KEY = 16;

const checkAccounts = (given: WhatsAppConfig): void => {
  const { numbers, encryption, network } = given;
  const isEntry = (entry: unknown): boolean =>
    typeof entry === 'object' &&
    entry !== null &&
    Object.entries(entry).every(
      ([field, value]) =>
        (ENVIRONMENT_FIELDS as readonly string[]).includes(field) &&
        (value === undefined || value === null || typeof value === 'string'),
    );
  if (!Array.isArray(numbers) || !numbers.every(isEntry)) {
    fail('numbers', `a list of objects with ${ENVIRONMENT_FIELDS.join(', ')} as texts`);
  }
  // The keys themselves must not get into the message.
  if (!isTexts(encryption?.keys) || encryption.keys.some((key) => key.trim().length < SHORTEST_KEY)) {
    fail('encryption.keys', `a list of keys of at least ${SHORTEST_KEY} characters`);
  }
  if (typeof given.health.enabled !== 'boolean') fail('health.enabled', 'true or false');
  if (!isTexts(network?.trustedHosts)) fail('network.trustedHosts', 'a list of host names');
  if (typeof network.loopbackEndpoints !== 'boolean') fail('network.loopbackEndpoints', 'true or false');
};

export const config = {
  default: DEFAULTS,
  /** Runs at boot, synchronously (Strapi does not wait for it). */
  validator(given: WhatsAppConfig): void {
    if (!/^v\d{2}\.\d$/.test(given.graphVersion)) fail('graphVersion', 'like "v25.0"');
    for (const section of [
      'health',
      'webhook',
      'sending',
      'limits',
      'templates',
      'media',
      'debug',
      'retention',
    ] as const) {
      if (typeof given[section] !== 'object' || given[section] === null) fail(section, 'an object');
      checkNumbers(section, DEFAULTS[section], given[section]);
    }
    if (typeof given.webhook.early !== 'boolean') fail('webhook.early', 'true or false');
    checkAccounts(given);
    if (given.debug.minutesAtStart > 1_440) fail('debug.minutesAtStart', 'at most 1440, a day');
    if (given.sending.messagesPerSecond > 1_000)
      fail('sending.messagesPerSecond', 'at most 1000, Meta’s own ceiling');
    if (given.sending.coexistencePerSecond > 20)
      fail('sending.coexistencePerSecond', 'at most 20, Meta’s own ceiling');
    if (!['off', 'two-person'].includes(given.templates.review))
      fail('templates.review', '"off" or "two-person"');
    if (typeof given.media.fetchLoopback !== 'boolean') fail('media.fetchLoopback', 'true or false');
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
