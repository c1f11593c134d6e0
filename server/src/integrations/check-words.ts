import { SENDING_STOPPED } from './health-rule';

/*
 * What the checks of a number say, in English. The panel says the same from key and facts in the viewer's language; a
 * test holds both to the same words. A fact is a plain value: a day is `2026-11-22`, a name is as Meta gave it.
 */

const SUBJECTS = {
  token: 'the access token',
  number: 'the number',
  account: 'the business account',
  numbers: 'the numbers of the business account',
  apps: 'the subscribed apps',
  callback: 'the callback',
} as const;
export type Subject = keyof typeof SUBJECTS;

const LEVELS = { number: 'the number', account: 'the account', app: 'the app' } as const;
export type CallbackLevel = keyof typeof LEVELS;

interface OfSubject {
  subject: Subject;
}
interface Day {
  day: string;
}

const notAsked = (subject: Subject): string => `Meta could not be asked about ${SUBJECTS[subject]}`;

export const CHECK_WORDS = {
  'asked.unreachable': ({ subject, code }: OfSubject & { code: string }) =>
    `${notAsked(subject)}: WhatsApp could not be reached (${code}).`,
  'asked.no_answer': ({ subject, code }: OfSubject & { code: string }) =>
    `${notAsked(subject)}: WhatsApp did not answer (${code}).`,
  'asked.http_status': ({ subject, status }: OfSubject & { status: number }) =>
    `${notAsked(subject)}: WhatsApp answered with HTTP status ${status}.`,
  'asked.meta_error': ({ subject, code, title }: OfSubject & { code: number; title: string }) =>
    `${notAsked(subject)}: Meta answered with error ${code} (${title}).`,
  'asked.no_token': ({ subject }: OfSubject) => `${notAsked(subject)}: it does not take the access token.`,
  'asked.refused': ({ subject, reason }: OfSubject & { reason: string }) =>
    `Meta refuses to tell about ${SUBJECTS[subject]}: ${reason}`,

  'token.no_key': () => 'No encryption key is set, so the token cannot be read.',
  'token.sealed_away': () => 'The stored access token cannot be opened with the keys of this server.',
  'token.refused': () =>
    'Meta does not take the access token: it has expired, was withdrawn, or is not complete.',
  'token.expired': ({ day }: Day) => `The access token expired on ${day}.`,
  'token.invalid': () => 'Meta calls the access token invalid.',
  'token.lacks_rights': ({ rights }: { rights: string }) => `The access token lacks these rights: ${rights}.`,
  'token.of_dashboard': ({ day }: Day) =>
    `The access token expires on ${day}. It looks like one of the app’s dashboard, which live for a day.`,
  'token.expires_soon': ({ day }: Day) => `The access token expires on ${day}.`,
  'token.valid_until': ({ day }: Day) =>
    `The access token is valid, has the rights it needs, and is valid until ${day}.`,
  'token.valid': () => 'The access token is valid, has the rights it needs, and does not expire.',

  'number.disconnected': () => SENDING_STOPPED.DISCONNECTED,
  'number.banned': () => SENDING_STOPPED.BANNED,
  'number.deleted': () => SENDING_STOPPED.DELETED,
  'number.migrated': () => SENDING_STOPPED.MIGRATED,
  'number.other': () => 'The phone number ID belongs to another number than the one entered here.',
  'number.blocked': () => 'Meta does not let this number send, and gives no reason.',
  'number.blocked_because': ({ reason }: { reason: string }) =>
    `Meta does not let this number send: ${reason}`,
  'number.limited': () => 'Meta limits what this number may send, and gives no reason.',
  'number.limited_because': ({ reason }: { reason: string }) =>
    `Meta limits what this number may send: ${reason}`,
  'number.low_quality': () => 'The quality of this number is low: people block or report its messages.',
  'number.in_state': ({ status }: { status: string }) => `Meta reports the number as ${status}.`,
  'number.connected_as': ({ name }: { name: string }) => `Connected as ${name}.`,
  'number.connected': () => 'Connected.',

  'account.other': () => 'The number does not belong to this WhatsApp Business Account.',
  'account.in_review': ({ status }: { status: string }) =>
    `Meta’s review of the account stands at ${status}.`,
  'account.named': ({ name }: { name: string }) => `The number belongs to ${name}.`,
  'account.right': () => 'The number belongs to the account.',

  'subscription.none': () => 'No app is subscribed to the account.',
  'subscription.other': () => 'Another app is subscribed to the account, but not the one of this token.',
  'subscription.unknown': () => 'An app is subscribed; whether it is ours, the token did not tell.',
  'subscription.there': () => 'The app is subscribed to the account.',

  'callback.localhost': () =>
    'Meta cannot reach this site: its public address is this machine or a private network.',
  'callback.not_https': () => 'Meta calls https addresses only, and the public address of this site is none.',
  'callback.none': () => 'No callback is configured at Meta.',
  'callback.here': () => 'Meta posts to this site.',
  'callback.elsewhere': ({ host, level }: { host: string; level: CallbackLevel }) =>
    `Meta posts to another address (${host}), set at the level of ${LEVELS[level]}.`,

  'secret.none': () => 'There is no app secret: every webhook is refused.',
  'secret.proven': () => 'Meta accepts a proof made with the app secret.',
  'secret.wrong': () => 'The app secret is not that of this token’s app: webhooks are refused.',
  'secret.signed': ({ day }: Day) => `A webhook that it signed arrived on ${day}.`,
  'secret.unproven': () => 'The app secret is there; whether it is right could not be checked now.',
};

/** What to do about a finding. */
export const CHECK_FIXES = {
  way_out: () => 'Check this server’s way out (DNS, proxy, firewall) to the endpoint of the number.',
  wait: () => 'Try again in a minute; see metastatus.com when it stays.',
  assign: () =>
    'In Meta’s Business settings → System users, assign the WhatsApp account to the system user of this token, and ' +
    'compare the ids with WhatsApp → API Setup.',
  set_key: () => 'Set WHATSAPP_ENCRYPTION_KEYS.',
  bring_key_back: () => 'Bring the key back with which it was sealed, or enter the token again.',
  new_token: () =>
    'In Meta’s Business settings → System users, generate a token with whatsapp_business_messaging and ' +
    'whatsapp_business_management, and enter it here.',
  see_numbers: () => 'See WhatsApp Manager → Phone numbers.',
  see_account: () => 'See WhatsApp Manager → Account overview.',
  compare_both: () => 'Compare both with WhatsApp → API Setup.',
  send_less: () => 'Send less, and only what people asked for; the rating follows the last seven days.',
  register: () => 'Verify and register the number at Meta.',
  account_id: () => 'Enter the account ID that stands beside the number in WhatsApp → API Setup.',
  subscribe: () =>
    'Subscribe the app to the account: without it Meta verifies the address and then stays silent.',
  server_url: () => 'Set server.url in config/server to the public https address.',
  point_or_enter: () =>
    'Point the account at this site, or enter callback URL and verify token in the app: WhatsApp → Configuration.',
  point_here: () => 'Point the account at this site. Whoever gets the messages now will get them no longer.',
  copy_secret: () => 'Copy it anew: app dashboard → App settings → Basic → App secret.',
};
export type CheckFix = keyof typeof CHECK_FIXES;
