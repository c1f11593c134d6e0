import type { Span } from './span';

/*
 * What the Doctor says of the installation and of numbers without asking Meta, in English; beside
 * integrations/check-words.ts, under the same rules.
 */

const AGO: Record<Span['unit'], (amount: number) => string> = {
  moments: () => 'less than two minutes',
  minutes: (amount) => `${amount} minutes`,
  hours: (amount) => `${amount} hours`,
  days: (amount) => `${amount} days`,
};
const ago = ({ unit, amount }: Span): string => AGO[unit](amount);

interface Count {
  count: number;
}
const number = (count: number, one: string, other: string): string => (count === 1 ? one : other);

export const DOCTOR_WORDS = {
  'encryption_key.none': () => 'No encryption key is set: no token can be stored or read.',
  'encryption_key.newest': () => 'Everything is sealed with the newest key.',
  'encryption_key.older': ({ count }: Count) =>
    `${count} ${number(count, 'number is', 'numbers are')} still sealed with an older key.`,
  'webhook_url.right': () => 'The webhook has a public https address.',
  'webhook_url.localhost': () =>
    'The public address of this site is this machine or a private network: Meta cannot call it.',
  'webhook_url.not_https': () => 'The public address of this site is not https: Meta calls no other.',
  'clock.untold': () => 'No answer of Meta told the time.',
  'clock.right': () => 'This server’s clock agrees with Meta’s.',
  'clock.behind': ({ seconds }: { seconds: number }) =>
    `This server’s clock is ${seconds} seconds behind Meta’s.`,
  'clock.ahead': ({ seconds }: { seconds: number }) =>
    `This server’s clock is ${seconds} seconds ahead of Meta’s.`,
  'last_webhook.no_number': () => 'No number is connected yet.',
  'last_webhook.never': () => 'No webhook has arrived yet.',
  'last_webhook.heard': (span: Span) => `The last webhook came ${ago(span)} ago.`,
  'last_webhook.quiet': (span: Span) => `No webhook for ${ago(span)}.`,
  'send_queue.empty': () => 'Nothing waits to be sent.',
  'send_queue.waits': ({ count, ...span }: Count & Span) =>
    `${count} ${number(count, 'message waits', 'messages wait')}, the oldest for ${ago(span)}.`,
  'quarantine.empty': () => 'Every webhook could be stored.',
  'quarantine.some': ({ count }: Count) =>
    `${count} webhook ${number(count, 'event', 'events')} could not be stored and ${number(count, 'lies', 'lie')} in quarantine.`,
  'jobs.well': () => 'Nothing fails again and again.',
  'jobs.failing': ({ count }: Count) =>
    `${count} ${number(count, 'job has', 'jobs have')} failed at least five times.`,
  'processes.one': () => 'One process does the work.',
  'processes.several': ({ count }: Count) =>
    `${count} processes share this database, and each of them sends, downloads and limits by itself.`,
  'graph_version.ended': ({ version }: { version: string }) =>
    `Meta has switched ${version} off and serves another version instead.`,
  'graph_version.ends_soon': ({ version, day }: { version: string; day: string }) =>
    `Meta switches ${version} off on ${day}.`,
  'graph_version.unknown': ({ version }: { version: string }) =>
    `${version} is not a version that was known when this plugin was made.`,
  'graph_version.works_until': ({ version, day }: { version: string; day: string }) =>
    `${version} works until ${day}.`,
  'graph_version.newest': ({ version }: { version: string }) => `${version} is the newest version.`,
  'active.on': () => 'The number is switched on.',
  'active.off': () => 'The number is switched off: nothing is sent from it.',
};

export const DOCTOR_FIXES = {
  set_any_key: () =>
    'Set WHATSAPP_ENCRYPTION_KEYS (openssl rand -base64 32) or ENCRYPTION_KEY in the environment and restart.',
  reseal: () => 'Seal them again; after that the older key may be taken out of the environment.',
  public_url: () => 'Set url in config/server to the public https address and restart.',
  ntp: () => 'Let the system keep its time by NTP (timedatectl set-ntp true).',
  write_first: () =>
    'Write to the number from a phone; when nothing comes, look at subscription and callback below.',
  write_again: () => 'Write to the number from a phone to see whether webhooks still come.',
  see_numbers_below: () =>
    'See the numbers below: a dead token, a stopped number or Meta’s limits hold messages back.',
  replay: () => 'Open the webhook log, mend the cause and replay them; they are kept for 30 days.',
  files: () =>
    'Mostly files that Meta does not hand out: look at the token of the number. They are tried again by themselves.',
  one_process: () =>
    'Run one process. Messages are claimed one by one and not doubled, but the rates of a number are kept per process. After a restart this ends by itself within a minute.',
  newer_version: () => 'Set a newer one on the number, or graphVersion in the plugin’s options.',
};
export type DoctorFix = keyof typeof DOCTOR_FIXES;
