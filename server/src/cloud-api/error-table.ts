/**
 * What each error code of Meta's means for us (Meta, support/error-codes, May 2026, and the pages on block lists,
 * groups, calling and BSUIDs). Decide on the code only: titles and HTTP statuses change.
 */

/** `retry`: may succeed later. `fail`: this message will not go. `config`: an admin has to act. `contact`: changes what we know of the person. */
export type ErrorClass = 'retry' | 'fail' | 'config' | 'contact';

/**
 * What the error asks for, in one word: the panel has words for each. `retry` we try again; `wait` a limit, later; `stop_number`
 * nothing leaves this number until an admin acts; `stop_template` the template or form is out of service; `opt_out` the person
 * wants no marketing; `agent` the writer decides; `bug` we built a request that Meta does not take.
 */
export type ErrorAct = 'retry' | 'wait' | 'stop_number' | 'stop_template' | 'opt_out' | 'agent' | 'bug';

/** How much has to wait when this error shows up. */
export type Stops = 'nothing' | 'template' | 'flow' | 'campaigns' | 'number';

export interface RetryPolicy {
  /** Further tries after the first one. */
  max: number;
  /** Milliseconds before the first of them. */
  baseMs: number;
  /** Each later wait is this much longer. */
  factor: number;
}

export interface ErrorRow {
  codes: readonly (number | readonly [from: number, to: number])[];
  /** The row's first code: stable, and the same for all codes of the row. Translations are kept under it. */
  key: string;
  class: ErrorClass;
  act: ErrorAct;
  title: string;
  /** For the editor in front of the conversation. */
  message: string;
  hint: string | null;
  retry: RetryPolicy | null;
  stops: Stops;
  /** Meta's own details say which value is wrong: show them too. */
  showDetails: boolean;
}

type Extras = Partial<Pick<ErrorRow, 'hint' | 'stops' | 'showDetails' | 'act'>>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const twice: RetryPolicy = { max: 2, baseMs: 2 * SECOND, factor: 3 };
const backoff: RetryPolicy = { max: 4, baseMs: 2 * SECOND, factor: 2 };
const inMinutes: RetryPolicy = { max: 3, baseMs: MINUTE, factor: 2 };
/** Meta, throughput: wait 4^n seconds, n from 1. */
const pairLimit: RetryPolicy = { max: 4, baseMs: 4 * SECOND, factor: 4 };
const inTenMinutes: RetryPolicy = { max: 2, baseMs: 10 * MINUTE, factor: 1 };
const inFiveMinutes: RetryPolicy = { max: 2, baseMs: 5 * MINUTE, factor: 2 };

type Codes = number | ErrorRow['codes'];

/** What most rows of a class ask for; the others say it themselves. */
function usualAct(kind: ErrorClass, stops: Stops): ErrorAct {
  if (kind === 'retry') return 'retry';
  if (stops === 'number') return 'stop_number';
  if (stops === 'template' || stops === 'flow') return 'stop_template';
  return stops === 'campaigns' ? 'wait' : 'agent';
}

function row(
  kind: ErrorClass,
  codes: Codes,
  title: string,
  message: string,
  retry: RetryPolicy | null,
  extras: Extras,
) {
  const listed = typeof codes === 'number' ? [codes] : codes;
  return {
    codes: listed,
    key: String([listed[0]].flat()[0]),
    class: kind,
    act: usualAct(kind, extras.stops ?? 'nothing'),
    title,
    message,
    retry,
    hint: null,
    stops: 'nothing',
    showDetails: false,
    ...extras,
  } as const;
}
const retry = (codes: Codes, title: string, message: string, policy: RetryPolicy, extras: Extras = {}) =>
  row('retry', codes, title, message, policy, extras);
const fail = (codes: Codes, title: string, message: string, extras: Extras = {}) =>
  row('fail', codes, title, message, null, extras);
const config = (codes: Codes, title: string, message: string, extras: Extras = {}) =>
  row('config', codes, title, message, null, { stops: 'number', ...extras });
const contact = (codes: Codes, title: string, message: string, extras: Extras = {}) =>
  row('contact', codes, title, message, null, extras);

const ASK_ADMIN = 'Ask an administrator to open the settings of this number.';
const NEW_TOKEN = 'Ask an administrator to enter a new access token in the settings of this number.';
const DETAILS: Extras = { showDetails: true };
const WAIT: Extras = { act: 'wait' };
/** What we check before Meta sees it: when it is refused all the same, the check is wrong. */
const BUG: Extras = { showDetails: true, act: 'bug' };

const ACCESS: ErrorRow[] = [
  config(0, 'Cannot sign in to WhatsApp', 'Meta does not accept the access token of this number.', {
    hint: NEW_TOKEN,
  }),
  config(190, 'Access token expired', 'The access token of this number is no longer valid.', {
    hint: NEW_TOKEN,
  }),
  config(3, 'Missing capability', 'The Meta app is not allowed to make this call.', { hint: ASK_ADMIN }),
  config(10, 'Permission denied', 'The access token lacks a permission for this number.', {
    hint: 'An administrator has to grant whatsapp_business_messaging to the token.',
  }),
  config(33, 'Number not found', 'Meta does not know this number, or the token has no access to it.', {
    hint: 'An administrator has to check the phone number id and assign the number to the system user.',
  }),
  config([[200, 299]], 'Permission missing', 'The access token may not act for this WhatsApp account.', {
    hint: 'Most often the system user is not assigned to the account in Meta Business settings.',
  }),
  config(131005, 'Access denied', 'The access token may not act for this number.', { hint: ASK_ADMIN }),
  config(
    368,
    'Blocked for a policy violation',
    'Meta has temporarily blocked this account for a policy violation.',
    {
      hint: 'See the account quality page in Meta Business Manager.',
    },
  ),
  config(131031, 'Account locked', 'Meta has locked this WhatsApp account.', {
    hint: 'See the account quality page in Meta Business Manager, or check the two-step PIN.',
  }),
  config(131037, 'Display name not approved', 'The display name of this number is not approved yet.', {
    hint: 'Submit the display name for review in WhatsApp Manager.',
  }),
  config(
    [131042, 134011],
    'Payment problem',
    'Meta does not deliver because of the payment settings of this account.',
    {
      hint: 'Check the payment method of the account in Meta Business Manager.',
    },
  ),
  config(131044, 'Payment problem for calls', 'Calls need a valid payment method on this account.', {
    hint: 'Check the payment method of the account in Meta Business Manager.',
    stops: 'nothing',
  }),
  config(
    131045,
    'Number not registered correctly',
    'Meta cannot use this number because of its registration.',
    {
      hint: 'Register the number again.',
    },
  ),
  config([141008, 141014], 'Account restricted', 'Meta has locked or restricted this business account.', {
    hint: 'See the account quality page in Meta Business Manager.',
  }),
];

const LIMITS: ErrorRow[] = [
  retry(1, 'Temporary problem at Meta', 'Meta could not process the request.', twice),
  retry(2, 'Temporary problem at Meta', 'The service is down for a moment.', backoff),
  retry(4, 'Too many calls', 'The Meta app has used up its calls for now.', inFiveMinutes, WAIT),
  retry(613, 'Too many calls', 'This call was made too often.', inMinutes, WAIT),
  retry(80007, 'Too many calls', 'This WhatsApp account has used up its calls for now.', inFiveMinutes, WAIT),
  retry(130429, 'Sending too fast', 'This number is sending faster than Meta allows.', backoff, WAIT),
  retry(131000, 'Unknown problem at Meta', 'Meta could not send the message and does not say why.', twice),
  retry(131016, 'Temporary problem at Meta', 'The service is overloaded or down for a moment.', backoff),
  retry(
    131056,
    'Too many messages to this person',
    'Messages to this person went out too quickly one after another.',
    pairLimit,
    WAIT,
  ),
  retry(
    [131057, 2494100],
    'Number in maintenance',
    'Meta is upgrading this number; it will work again in a minute.',
    inMinutes,
  ),
  retry(
    131059,
    'List changed while reading',
    'The list changed while it was being read and has to be read again.',
    twice,
  ),
  retry(133004, 'Temporary problem at Meta', 'The server is unavailable for a moment.', inMinutes),
  config(
    131048,
    'Too many messages marked as spam',
    'Meta slows this number down because people block or report it.',
    {
      hint: 'Pause campaigns for some hours and look at the quality rating of the number.',
      stops: 'campaigns',
    },
  ),
];

const DELIVERY: ErrorRow[] = [
  fail(100, 'Invalid request', 'Meta did not accept a value of this message.', BUG),
  fail(131008, 'A value is missing', 'A required value is missing.', {
    hint: 'For templates: fill in every variable, those of link buttons too.',
    ...DETAILS,
  }),
  fail(131009, 'A value is not valid', 'Meta did not accept a value of this message.', DETAILS),
  fail(135000, 'Invalid request', 'Meta did not accept a value of this message.', BUG),
  contact(130403, 'You blocked this contact', 'Your business has blocked this person.', {
    hint: 'Unblock the contact before you write.',
  }),
  fail(
    130472,
    'Held back by Meta',
    'The person is part of an experiment of Meta’s and gets no marketing messages now.',
    {
      hint: 'The message was not charged. Do not send it again.',
    },
  ),
  fail(130497, 'Country not allowed', 'This account may not write to people in this country.', {
    hint: 'Meta’s commerce policy restricts some businesses by country.',
  }),
  fail(131021, 'Sender and recipient are the same', 'A number cannot write to itself.'),
  fail(131026, 'Could not be delivered', 'The message could not be delivered to this person.', {
    hint: 'They may not use WhatsApp, have an old app, have not accepted new terms, or have blocked you. Try another way.',
  }),
  fail(131030, 'Recipient not on the test list', 'A test number can only write to numbers on its list.', {
    hint: 'Add the recipient under API setup in the Meta app, or use a real number.',
  }),
  fail(
    131047,
    'The 24-hour window is closed',
    'More than 24 hours have passed since the person last wrote.',
    {
      hint: 'Send an approved template instead.',
    },
  ),
  fail(
    131049,
    'Held back by Meta',
    'Meta did not deliver this to protect the person from too many marketing messages.',
    {
      hint: 'Do not send it again within 24 hours.',
      act: 'wait',
    },
  ),
  contact(131050, 'No marketing wanted', 'The person has stopped marketing messages from your business.', {
    hint: 'Do not send marketing to this person; answers to their own messages stay possible.',
    act: 'opt_out',
  }),
  fail(
    [131051, 130501],
    'Message type not supported',
    'WhatsApp does not support this type of message here.',
  ),
  fail(131060, 'Message not available', 'WhatsApp could not hand over this message.', {
    hint: 'Look at the phone app, or ask the person to send it again.',
  }),
  fail(131062, 'Phone number needed', 'This message cannot go to a person whose phone number is hidden.', {
    hint: 'Ask for the phone number first.',
  }),
  contact(
    137000,
    'Identity changed',
    'The person has registered WhatsApp anew since you last checked who they are.',
    {
      hint: 'Verify that you are talking to the right person.',
    },
  ),
  fail(
    [131020, 131041, [131201, 131215]],
    'Group problem',
    'The action is not possible in this group.',
    DETAILS,
  ),
  fail(131055, 'Not allowed', 'This kind of sending is not allowed for this message.', DETAILS),
  fail([[138000, 138018]], 'Call problem', 'The call is not possible.', DETAILS),
];

const MEDIA: ErrorRow[] = [
  fail(131052, 'File not available', 'The file the person sent could not be downloaded.', {
    hint: 'Ask the person to send it again.',
  }),
  fail(131053, 'File not accepted', 'WhatsApp could not use this file.', {
    hint: 'Check type, size and file name extension; sending the same file again will not help.',
  }),
];

const TEMPLATES: ErrorRow[] = [
  fail(132000, 'Wrong number of values', 'The values do not match the variables of the template.', {
    hint: 'The template may have changed: sync templates and try again.',
    ...DETAILS,
  }),
  fail(132001, 'Template not available', 'The template does not exist in this language or is not approved.', {
    hint: 'Sync templates and choose one that is approved.',
    stops: 'template',
  }),
  fail(132005, 'Text too long', 'With its values filled in the template text is too long.', {
    hint: 'Shorten the values.',
  }),
  fail(132007, 'Against the content policy', 'Meta refuses the content of this template.', {
    stops: 'template',
  }),
  fail(
    [132008, 132012],
    'Values do not fit',
    'A value does not have the form the template asks for.',
    DETAILS,
  ),
  config(132015, 'Template paused', 'Meta has paused this template because of its quality.', {
    hint: 'Use another template; the pause ends by itself or in WhatsApp Manager.',
    stops: 'template',
  }),
  config(132016, 'Template disabled', 'Meta has disabled this template for good.', {
    hint: 'Use another template.',
    stops: 'template',
  }),
  fail(
    132018,
    'Values do not fit',
    'A value holds line breaks, tabs, too many spaces or nothing at all.',
    DETAILS,
  ),
  fail(132021, 'Review failed', 'Meta’s review refused this message.'),
  config(132068, 'Form blocked', 'Meta has blocked this form.', {
    hint: 'See the form in WhatsApp Manager.',
    stops: 'flow',
  }),
  retry(132069, 'Form slowed down', 'Meta allows this form only ten times an hour for now.', inTenMinutes, {
    stops: 'flow',
  }),
  config(
    131063,
    'Marketing templates switched off',
    'This account may not send marketing templates through the Cloud API.',
    {
      hint: 'Marketing has to go through Meta’s Marketing Messages API for this account.',
      stops: 'campaigns',
    },
  ),
  config(
    131064,
    'Limited for wrong template categories',
    'Meta limits this account because templates were in the wrong category.',
    {
      hint: 'Check the categories of your templates.',
      stops: 'campaigns',
    },
  ),
  fail(134100, 'Marketing only', 'Only marketing templates can be sent this way.'),
  retry(134101, 'Template not ready', 'Meta is still preparing this template.', inTenMinutes, {
    stops: 'template',
  }),
  config(134102, 'Not available', 'Marketing messages are not available for this account.', {
    stops: 'campaigns',
  }),
  config(
    [[200005, 200007]],
    'Template insights off',
    'Template insights are not available or not switched on.',
    {
      hint: 'Switch on insights in WhatsApp Manager.',
      stops: 'nothing',
    },
  ),
  fail([[2388000, 2388999]], 'Template not accepted', 'Meta did not accept the template.', DETAILS),
];

const MANAGEMENT: ErrorRow[] = [
  config(133000, 'Deregistration incomplete', 'The number was not deregistered completely.', {
    hint: 'Deregister it again.',
  }),
  config(133005, 'Wrong PIN', 'The two-step PIN of this number is wrong.', { hint: ASK_ADMIN }),
  config(133006, 'Number not verified', 'The number has to be verified before it is registered.', {
    hint: ASK_ADMIN,
  }),
  config([133008, 133009], 'Too many PINs', 'The two-step PIN was tried too often.', {
    hint: 'Wait before you try again.',
  }),
  config(133010, 'Number not registered', 'The number is not registered for the Cloud API.', {
    hint: 'Register the number.',
  }),
  config([133015, 133016], 'Registered too often', 'The number was registered too often or just deleted.', {
    hint: 'Wait five minutes; after ten tries, three days.',
  }),
  config(136024, 'No verification code', 'The verification code could not be requested.', {
    hint: ASK_ADMIN,
    stops: 'nothing',
  }),
  config([[139000, 139004]], 'Form settings', 'The form could not be changed.', {
    stops: 'nothing',
    showDetails: true,
  }),
  fail(139100, 'Not everybody was blocked', 'Some people could not be blocked or unblocked.', {
    hint: 'Only people who wrote in the last 24 hours can be blocked.',
  }),
  fail(139101, 'Block list full', 'The block list of this number is full.'),
  retry([139102, 139103], 'Block list busy', 'The block list changed meanwhile.', twice),
  config(139200, 'Direct send not available', 'This account may not send this way.', { stops: 'nothing' }),
  config([[147001, 147004]], 'Business username', 'The username of the business could not be changed.', {
    stops: 'nothing',
    showDetails: true,
  }),
  fail(2494191, 'Handled by another app', 'Another app controls this conversation now.', {
    hint: 'Take the conversation over before you write.',
  }),
  fail(2593107, 'Already imported', 'The history of the phone app was already requested.'),
  fail(
    2593108,
    'Too late to import',
    'The history can only be requested within 24 hours of connecting the number.',
  ),
  fail(2593109, 'History not shared', 'The business chose not to share its history.'),
  fail(1752041, 'Already connected', 'This request was made before; nothing has to be done.'),
];

export const ERROR_TABLE: readonly ErrorRow[] = [
  ...ACCESS,
  ...LIMITS,
  ...DELIVERY,
  ...MEDIA,
  ...TEMPLATES,
  ...MANAGEMENT,
];

const BY_CODE = new Map<number, ErrorRow>();
const RANGES: { from: number; to: number; row: ErrorRow }[] = [];
for (const row of ERROR_TABLE) {
  for (const code of row.codes) {
    if (typeof code === 'number') BY_CODE.set(code, row);
    else RANGES.push({ from: code[0], to: code[1], row });
  }
}

/** The table's row for a code, single codes before ranges; null when it is unknown. */
export function errorRow(code: number): ErrorRow | null {
  return BY_CODE.get(code) ?? RANGES.find(({ from, to }) => code >= from && code <= to)?.row ?? null;
}
