/** Where a fault hits, for a list that a person reads. */
export type FaultGroup = 'sending' | 'delivery' | 'media' | 'webhooks' | 'account' | 'everything';

interface FaultInfo {
  /** The words of the README's table. */
  description: string;
  group: FaultGroup;
  /** Default of `delayMs`, for faults that wait. */
  delayMs?: number;
  /** Cannot be set without `code`. */
  needsCode?: boolean;
}

/** Every fault that can be switched on. */
const TABLE = {
  'reset-before': {
    group: 'sending',
    description: 'The connection breaks before a send is accepted.',
  },
  'hang-before': {
    group: 'sending',
    description: 'A send is neither accepted nor answered.',
  },
  'lost-answer': {
    group: 'sending',
    description: 'A send is accepted, then the connection breaks before the answer.',
  },
  'reset-after': {
    group: 'sending',
    description: 'A send is accepted, then the connection is reset in the middle of the answer.',
  },
  'no-answer': {
    group: 'sending',
    description: 'A send is accepted, then nothing is answered.',
  },
  'accepted-then-500': {
    group: 'sending',
    description: 'A send is accepted and goes out, but the answer is HTTP 500.',
  },
  malformed: {
    group: 'sending',
    description: 'A send is accepted and goes out, but the answer is half a JSON body under HTTP 200.',
  },
  'html-answer': {
    group: 'sending',
    description: 'A send is accepted and goes out, but the answer is an HTML page under HTTP 200.',
  },
  'early-status': {
    group: 'sending',
    delayMs: 5000,
    description:
      'The statuses of a send arrive before its HTTP answer, which waits for them (delayMs at most).',
  },
  '429': { group: 'sending', description: 'Sends are refused: HTTP 429, code 130429.' },
  '429-as-400': {
    group: 'sending',
    description: 'Sends are refused: code 130429 under HTTP 400, as Meta often does.',
  },
  'pair-limit': {
    group: 'sending',
    description: 'Sends are refused: HTTP 400, code 131056 (too many messages to one person).',
  },
  'spam-limit': {
    group: 'sending',
    description: 'Sends are refused: HTTP 400, code 131048 (spam rate limit of the number).',
  },
  '5xx': {
    group: 'sending',
    description: 'Sends are refused: HTTP 503 with a transient Graph error (code 131016).',
  },
  '5xx-html': {
    group: 'sending',
    description: 'Sends are refused: HTTP 503 with an HTML page instead of JSON.',
  },
  error: {
    group: 'sending',
    needsCode: true,
    description: "Sends are refused at once with a code of Meta's table (code).",
  },
  'closed-window-sync': {
    group: 'sending',
    description: 'Free-form sends are refused at once with 131047.',
  },
  'closed-window': {
    group: 'delivery',
    description: 'Free-form sends fail by status 131047, whatever the window says.',
  },
  'not-on-whatsapp': {
    group: 'delivery',
    description: 'Sends are accepted and fail by status 131026.',
  },
  'failed-status': {
    group: 'delivery',
    needsCode: true,
    description: "Sends are accepted and fail by status with a code of Meta's table (code).",
  },
  'out-of-order': {
    group: 'delivery',
    description: 'The statuses of a send are posted in reverse order, with their true timestamps.',
  },
  'no-status': { group: 'delivery', description: 'Sends are accepted and never heard of again.' },
  'media-expired': {
    group: 'media',
    description: 'Asking for a media id answers 100/33, as for one that is older than a week.',
  },
  'media-404': { group: 'media', description: 'Download addresses of media answer 404.' },
  'media-slow': {
    group: 'media',
    delayMs: 3000,
    description: 'The second half of a downloaded file comes late (delayMs, default 3000).',
  },
  'media-cut': { group: 'media', description: 'The connection breaks in the middle of a download.' },
  'media-wrong-hash': {
    group: 'media',
    description: 'A downloaded file has other bytes than its SHA-256 says.',
  },
  'media-wrong-type': {
    group: 'media',
    description: 'A downloaded file is an HTML page with a script, whatever its type says.',
  },
  late: {
    group: 'webhooks',
    delayMs: 5000,
    description: 'Webhooks arrive late (delayMs, default 5000).',
  },
  duplicate: { group: 'webhooks', description: 'Every webhook is posted twice.' },
  shuffled: {
    group: 'webhooks',
    delayMs: 1000,
    description:
      'Each webhook waits for a time of its own (up to delayMs, default 1000), so they overtake each other.',
  },
  'invalid-token': { group: 'account', description: 'The access token is unknown: 190 without a reason.' },
  'token-expires-soon': { group: 'account', description: 'The access token expires in three hours.' },
  'missing-scope': {
    group: 'account',
    description: 'The access token lacks whatsapp_business_management: calls about accounts answer code 10.',
  },
  'wrong-account': {
    group: 'account',
    description: 'The business account exists, but the number is none of its own.',
  },
  'account-gone': { group: 'account', description: 'Calls about the business account answer 100/33.' },
  'wrong-secret': { group: 'account', description: 'A proof made with the app secret is refused.' },
  'not-subscribed': {
    group: 'account',
    description: 'No app is subscribed to the account, and no webhook comes, until it is subscribed again.',
  },
  'other-callback': { group: 'account', description: 'The callback at Meta points to another site.' },
  'template-lost-answer': {
    group: 'account',
    description: 'A new or changed template is taken, then the connection breaks before the answer.',
  },
  'insights-off': { group: 'account', description: 'Template insights are switched off: code 200005.' },
  'quality-low': { group: 'account', description: 'The number is FLAGGED and its quality RED.' },
  'number-banned': { group: 'account', description: 'The number is BANNED.' },
  'number-disconnected': { group: 'account', description: 'The number is DISCONNECTED.' },
  'slow-clock': { group: 'account', description: 'Meta’s clock is ten minutes ahead of ours.' },
  'dead-token': {
    group: 'everything',
    description: 'Every call answers 401, code 190: the access token has expired.',
  },
  slow: {
    group: 'everything',
    delayMs: 3000,
    description: 'Every Graph call is answered late (delayMs, default 3000).',
  },
  'meta-down': {
    group: 'everything',
    description: 'Every connection to Graph breaks and no webhook comes; those that are due come afterwards.',
  },
} as const satisfies Record<string, FaultInfo>;

export type FaultName = keyof typeof TABLE;

export const FAULTS: Readonly<Record<FaultName, FaultInfo>> = TABLE;

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(TABLE, name);

/** Faults that hit every call by themselves; the rest leave what is no send alone. */
export const reachesEverything = (name: FaultName): boolean =>
  ['everything', 'media', 'account'].includes(FAULTS[name].group);
