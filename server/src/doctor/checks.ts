import { versionEndsAt, versionState } from '../cloud-api/graph-versions';
import type { CheckAction, CheckState } from '../integrations/contract';
import type { DoctorCheck } from './contract';

/** What there is to know about the installation as a whole, and the tenant's own queues. */
export interface PluginFacts {
  now: number;
  encryption: { configured: boolean; oldRows: number };
  /** Public address of the webhook, and what is wrong with it. */
  callbackProblem: null | 'not_https' | 'localhost';
  /** Real numbers, beside those of the simulator. */
  hasRealNumbers: boolean;
  /** Meta's clock minus ours as each answer told it, ms. */
  clockSkews: number[];
  /** Newest webhook of any number. */
  lastWebhookAt: number | null;
  hasNumbers: boolean;
  /** Since when the oldest message is due and still waits. */
  oldestQueuedAt: number | null;
  queued: number;
  unresolvedQuarantine: number;
  /** Follow-up work that has failed again and again. */
  failingJobs: number;
  /** Processes on the embedded engine that were there within the last half minute. */
  processes: number;
}

export interface NumberFacts {
  id: string;
  name: string;
  active: boolean;
  sandbox: boolean;
  apiVersion: string;
  lastWebhookAt: number | null;
}

type Found = Pick<DoctorCheck, 'message'> & Partial<Pick<DoctorCheck, 'fix' | 'action' | 'at'>>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Webhooks are signed without a time, but windows, schedules and token ends are told by the clock. */
const SKEW_WARNING_MS = 30_000;
const SKEW_ERROR_MS = 5 * MINUTE;
const QUEUE_WARNING_MS = 2 * MINUTE;
const QUEUE_ERROR_MS = 15 * MINUTE;
const QUIET_MS = 7 * DAY;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const ago = (ms: number): string => {
  if (ms < 2 * MINUTE) return 'less than two minutes';
  if (ms < 120 * MINUTE) return `${Math.round(ms / MINUTE)} minutes`;
  return ms < 2 * DAY ? `${Math.round(ms / (60 * MINUTE))} hours` : `${Math.round(ms / DAY)} days`;
};

const check =
  (scope: string, name: string, label: string) =>
  (state: CheckState, { message, fix = null, action = null, at = null }: Found): DoctorCheck => ({
    name,
    scope,
    label,
    state,
    message,
    fix,
    action: action as CheckAction | null,
    at,
  });

const plugin = (name: string, label: string) => check('plugin', name, label);

const encryptionKey = ({ encryption }: PluginFacts): DoctorCheck => {
  const is = plugin('encryption_key', 'Encryption key');
  if (!encryption.configured) {
    return is('error', {
      message: 'No encryption key is set: no token can be stored or read.',
      fix: 'Set WHATSAPP_ENCRYPTION_KEYS (openssl rand -base64 32) or ENCRYPTION_KEY in the environment and restart.',
    });
  }
  if (encryption.oldRows === 0) return is('ok', { message: 'Everything is sealed with the newest key.' });
  return is('warning', {
    message: `${encryption.oldRows} number(s) are still sealed with an older key.`,
    fix: 'Seal them again; after that the older key may be taken out of the environment.',
    action: 'reseal',
  });
};

const PUBLIC_ADDRESS = {
  localhost: 'The public address of this site is this machine or a private network: Meta cannot call it.',
  not_https: 'The public address of this site is not https: Meta calls no other.',
} as const;

const webhookUrl = ({ callbackProblem, hasRealNumbers }: PluginFacts): DoctorCheck => {
  const is = plugin('webhook_url', 'Public address');
  if (callbackProblem === null) return is('ok', { message: 'The webhook has a public https address.' });
  return is(hasRealNumbers ? 'error' : 'warning', {
    message: PUBLIC_ADDRESS[callbackProblem],
    fix: 'Set url in config/server to the public https address and restart.',
  });
};

const clock = ({ clockSkews }: PluginFacts): DoctorCheck => {
  const is = plugin('clock', 'Clock');
  if (clockSkews.length === 0) return is('skipped', { message: 'No answer of Meta told the time.' });
  const skew = clockSkews.reduce((a, b) => (Math.abs(a) > Math.abs(b) ? a : b));
  const far = Math.abs(skew);
  // `Date` names whole seconds, and an answer takes its time.
  if (far < SKEW_WARNING_MS) return is('ok', { message: 'This server’s clock agrees with Meta’s.' });
  return is(far < SKEW_ERROR_MS ? 'warning' : 'error', {
    message: `This server’s clock is ${Math.round(far / 1000)} seconds ${skew > 0 ? 'behind' : 'ahead of'} Meta’s.`,
    fix: 'Let the system keep its time by NTP (timedatectl set-ntp true).',
  });
};

const lastWebhook = ({ lastWebhookAt, hasNumbers, now }: PluginFacts): DoctorCheck => {
  const is = plugin('last_webhook', 'Last webhook');
  if (!hasNumbers) return is('skipped', { message: 'No number is connected yet.' });
  if (lastWebhookAt === null) {
    const fix =
      'Write to the number from a phone; when nothing comes, look at subscription and callback below.';
    return is('warning', { message: 'No webhook has arrived yet.', fix });
  }
  const quiet = now - lastWebhookAt;
  const at = iso(lastWebhookAt);
  if (quiet < QUIET_MS) return is('ok', { message: `The last webhook came ${ago(quiet)} ago.`, at });
  const fix = 'Write to the number from a phone to see whether webhooks still come.';
  return is('warning', { message: `No webhook for ${ago(quiet)}.`, fix, at });
};

const sendQueue = ({ oldestQueuedAt, queued, now }: PluginFacts): DoctorCheck => {
  const is = plugin('send_queue', 'Send queue');
  if (oldestQueuedAt === null) return is('ok', { message: 'Nothing waits to be sent.' });
  const waits = now - oldestQueuedAt;
  const at = iso(oldestQueuedAt);
  const message = `${queued} message(s) wait, the oldest for ${ago(waits)}.`;
  if (waits < QUEUE_WARNING_MS) return is('ok', { message, at });
  const fix = 'See the numbers below: a dead token, a stopped number or Meta’s limits hold messages back.';
  return is(waits < QUEUE_ERROR_MS ? 'warning' : 'error', { message, fix, at });
};

const quarantine = ({ unresolvedQuarantine: count }: PluginFacts): DoctorCheck => {
  const is = plugin('quarantine', 'Quarantine');
  if (count === 0) return is('ok', { message: 'Every webhook could be stored.' });
  const fix = 'Open the webhook log, mend the cause and replay them; they are kept for 30 days.';
  return is('warning', {
    message: `${count} webhook event(s) could not be stored and lie in quarantine.`,
    fix,
  });
};

const jobs = ({ failingJobs: count }: PluginFacts): DoctorCheck => {
  const is = plugin('jobs', 'Background work');
  if (count === 0) return is('ok', { message: 'Nothing fails again and again.' });
  const fix =
    'Mostly files that Meta does not hand out: look at the token of the number. They are tried again by themselves.';
  return is('warning', { message: `${count} job(s) have failed at least five times.`, fix });
};

const processes = ({ processes: count }: PluginFacts): DoctorCheck => {
  const is = plugin('processes', 'Processes');
  if (count <= 1) return is('ok', { message: 'One process does the work.' });
  return is('warning', {
    message: `${count} processes share this database, and each of them sends, downloads and limits by itself.`,
    fix: 'Run one process. Messages are claimed one by one and not doubled, but the rates of a number are kept per process. After a restart this ends by itself within a minute.',
  });
};

/** Checks of the installation. */
export const judgePlugin = (facts: PluginFacts): DoctorCheck[] =>
  [encryptionKey, webhookUrl, clock, lastWebhook, sendQueue, quarantine, jobs, processes].map((judge) =>
    judge(facts),
  );

const version = ({ id, apiVersion }: NumberFacts, now: number): DoctorCheck => {
  const is = check(id, 'graph_version', 'Graph version');
  const endsAt = versionEndsAt(apiVersion);
  const day = endsAt === null ? null : new Date(endsAt).toISOString().slice(0, 10);
  const fix = 'Set a newer one on the number, or graphVersion in the plugin’s options.';
  switch (versionState(apiVersion, now)) {
    case 'ended':
      return is('error', {
        message: `Meta has switched ${apiVersion} off and serves another version instead.`,
        fix,
        action: 'edit-number',
      });
    case 'ends_soon':
      return is('warning', {
        message: `Meta switches ${apiVersion} off on ${day}.`,
        fix,
        action: 'edit-number',
      });
    case 'unknown':
      return is('warning', {
        message: `${apiVersion} is not a version that was known when this plugin was made.`,
      });
    default:
      return is('ok', {
        message: day ? `${apiVersion} works until ${day}.` : `${apiVersion} is the newest version.`,
      });
  }
};

const switchedOn = ({ id, active }: NumberFacts): DoctorCheck => {
  const is = check(id, 'active', 'Switched on');
  return active
    ? is('ok', { message: 'The number is switched on.' })
    : is('warning', {
        message: 'The number is switched off: nothing is sent from it.',
        action: 'edit-number',
      });
};

/** What is to be said of a number without asking Meta. */
export const judgeNumberHere = (number: NumberFacts, now: number): DoctorCheck[] => [
  switchedOn(number),
  version(number, now),
];
