import { versionEndsAt, versionState } from '../cloud-api/graph-versions';
import type { CheckAction, CheckState } from '../integrations/contract';
import { speaker, type Sentence } from '../integrations/finding';
import type { DoctorCheck } from './contract';
import { spanOf } from './span';
import { DOCTOR_FIXES, DOCTOR_WORDS, type DoctorFix } from './words';

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

interface More {
  fix?: DoctorFix;
  action?: CheckAction;
  at?: string | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Webhooks are signed without a time, but windows, schedules and token ends are told by the clock. */
const SKEW_WARNING_MS = 30_000;
const SKEW_ERROR_MS = 5 * MINUTE;
const QUEUE_WARNING_MS = 2 * MINUTE;
const QUEUE_ERROR_MS = 15 * MINUTE;
const QUIET_MS = 7 * DAY;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const say = speaker(DOCTOR_WORDS);

const check =
  (scope: string, name: string, label: string) =>
  (state: CheckState, sentence: Sentence, { fix, action, at }: More = {}): DoctorCheck => ({
    name,
    scope,
    label,
    state,
    ...sentence,
    fix: fix ? DOCTOR_FIXES[fix]() : null,
    fixKey: fix ?? null,
    action: action ?? null,
    at: at ?? null,
  });

const plugin = (name: string, label: string) => check('plugin', name, label);

const encryptionKey = ({ encryption }: PluginFacts): DoctorCheck => {
  const is = plugin('encryption_key', 'Encryption key');
  if (!encryption.configured) return is('error', say('encryption_key.none'), { fix: 'set_any_key' });
  const { oldRows: count } = encryption;
  if (count === 0) return is('ok', say('encryption_key.newest'));
  return is('warning', say('encryption_key.older', { count }), { fix: 'reseal', action: 'reseal' });
};

const webhookUrl = ({ callbackProblem, hasRealNumbers }: PluginFacts): DoctorCheck => {
  const is = plugin('webhook_url', 'Public address');
  if (callbackProblem === null) return is('ok', say('webhook_url.right'));
  const key = callbackProblem === 'localhost' ? 'webhook_url.localhost' : 'webhook_url.not_https';
  return is(hasRealNumbers ? 'error' : 'warning', say(key), { fix: 'public_url' });
};

const clock = ({ clockSkews }: PluginFacts): DoctorCheck => {
  const is = plugin('clock', 'Clock');
  if (clockSkews.length === 0) return is('skipped', say('clock.untold'));
  const skew = clockSkews.reduce((a, b) => (Math.abs(a) > Math.abs(b) ? a : b));
  const far = Math.abs(skew);
  // `Date` names whole seconds, and an answer takes its time.
  if (far < SKEW_WARNING_MS) return is('ok', say('clock.right'));
  const seconds = Math.round(far / 1000);
  const sentence = say(skew > 0 ? 'clock.behind' : 'clock.ahead', { seconds });
  return is(far < SKEW_ERROR_MS ? 'warning' : 'error', sentence, { fix: 'ntp' });
};

const lastWebhook = ({ lastWebhookAt, hasNumbers, now }: PluginFacts): DoctorCheck => {
  const is = plugin('last_webhook', 'Last webhook');
  if (!hasNumbers) return is('skipped', say('last_webhook.no_number'));
  if (lastWebhookAt === null) return is('warning', say('last_webhook.never'), { fix: 'write_first' });
  const quiet = now - lastWebhookAt;
  const at = iso(lastWebhookAt);
  if (quiet < QUIET_MS) return is('ok', say('last_webhook.heard', spanOf(quiet)), { at });
  return is('warning', say('last_webhook.quiet', spanOf(quiet)), { fix: 'write_again', at });
};

const sendQueue = ({ oldestQueuedAt, queued, now }: PluginFacts): DoctorCheck => {
  const is = plugin('send_queue', 'Send queue');
  if (oldestQueuedAt === null) return is('ok', say('send_queue.empty'));
  const waits = now - oldestQueuedAt;
  const at = iso(oldestQueuedAt);
  const sentence = say('send_queue.waits', { count: queued, ...spanOf(waits) });
  if (waits < QUEUE_WARNING_MS) return is('ok', sentence, { at });
  return is(waits < QUEUE_ERROR_MS ? 'warning' : 'error', sentence, { fix: 'see_numbers_below', at });
};

const quarantine = ({ unresolvedQuarantine: count }: PluginFacts): DoctorCheck => {
  const is = plugin('quarantine', 'Quarantine');
  if (count === 0) return is('ok', say('quarantine.empty'));
  return is('warning', say('quarantine.some', { count }), { fix: 'replay' });
};

const jobs = ({ failingJobs: count }: PluginFacts): DoctorCheck => {
  const is = plugin('jobs', 'Background work');
  if (count === 0) return is('ok', say('jobs.well'));
  return is('warning', say('jobs.failing', { count }), { fix: 'files' });
};

const processes = ({ processes: count }: PluginFacts): DoctorCheck => {
  const is = plugin('processes', 'Processes');
  if (count <= 1) return is('ok', say('processes.one'));
  return is('warning', say('processes.several', { count }), { fix: 'one_process' });
};

/** Checks of the installation. */
export const judgePlugin = (facts: PluginFacts): DoctorCheck[] =>
  [encryptionKey, webhookUrl, clock, lastWebhook, sendQueue, quarantine, jobs, processes].map((judge) =>
    judge(facts),
  );

const version = ({ id, apiVersion }: NumberFacts, now: number): DoctorCheck => {
  const is = check(id, 'graph_version', 'Graph version');
  const endsAt = versionEndsAt(apiVersion);
  const of = { version: apiVersion };
  const until = endsAt === null ? null : { ...of, day: new Date(endsAt).toISOString().slice(0, 10) };
  const more: More = { fix: 'newer_version', action: 'edit-number' };
  const state = versionState(apiVersion, now);
  if (state === 'ended') return is('error', say('graph_version.ended', of), more);
  if (state === 'unknown') return is('warning', say('graph_version.unknown', of));
  if (state === 'ends_soon' && until) return is('warning', say('graph_version.ends_soon', until), more);
  return is('ok', until ? say('graph_version.works_until', until) : say('graph_version.newest', of));
};

const switchedOn = ({ id, active }: NumberFacts): DoctorCheck => {
  const is = check(id, 'active', 'Switched on');
  return active ? is('ok', say('active.on')) : is('warning', say('active.off'), { action: 'edit-number' });
};

/** What is to be said of a number without asking Meta. */
export const judgeNumberHere = (number: NumberFacts, now: number): DoctorCheck[] => [
  switchedOn(number),
  version(number, now),
];
