import type { AccountInfo, NumberInfo, SubscribedApp, TokenInfo } from '../cloud-api/graph-answers';
import type { GraphError } from '../cloud-api/graph-error';
import { isSameAddress } from './callback-url';
import { CHECK_FIXES, CHECK_WORDS, type CheckFix, type Subject } from './check-words';
import type { CheckAction, CheckState, IntegrationCheck } from './contract';
import { speaker, type Sentence } from './finding';
import { isDown, type DownStatus } from './health-rule';

/** One question to Meta: its answer, or why there is none. */
export type Asked<T> = { value: T } | { error: GraphError };

/** All that was found out about one number; asked side by side, so that one failure hides no other. */
export interface ConnectionFacts {
  now: number;
  phoneNumber: string;
  phoneNumberId: string;
  hasAppSecret: boolean;
  /** The key opens the stored token. */
  hasToken: boolean;
  hasKey: boolean;
  /** Addresses under which this site takes the number's webhooks, its own first. */
  callbacks: string[];
  callbackProblem: null | 'not_https' | 'localhost';
  /** A webhook with a right signature came: the strongest proof of the secret. */
  lastWebhookAt: number | null;
  token: Asked<TokenInfo>;
  number: Asked<NumberInfo>;
  account: Asked<AccountInfo>;
  numbersOfAccount: Asked<string[]>;
  apps: Asked<SubscribedApp[]>;
  secret: Asked<boolean>;
}

const NEEDED = ['whatsapp_business_messaging', 'whatsapp_business_management'] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** A token for less than a day is one of the app's dashboard; one that ends within two weeks needs somebody soon. */
const SOON_MS = 14 * DAY_MS;

type Finding = Omit<IntegrationCheck, 'name' | 'ok'>;

const say = speaker(CHECK_WORDS);

/** Meta's own advice, in its own words. */
interface Advice {
  advice: string;
}

const fixOf = (fix: CheckFix | Advice | null): Pick<Finding, 'fix' | 'fixKey'> => {
  if (fix === null) return { fix: null, fixKey: null };
  return typeof fix === 'string'
    ? { fix: CHECK_FIXES[fix](), fixKey: fix }
    : { fix: fix.advice, fixKey: null };
};

const finding = (
  state: CheckState,
  sentence: Sentence,
  fix: CheckFix | Advice | null = null,
  action: CheckAction | null = null,
): Finding => ({ state, ...sentence, ...fixOf(fix), action });

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Why there is no answer for now; with Meta's own code where it gave one. */
const silence = (subject: Subject, error: GraphError): Sentence => {
  if (error.meta)
    return say('asked.meta_error', {
      subject,
      code: error.meta.code,
      title: error.meta.title ?? error.message,
    });
  if (error.httpStatus !== null) return say('asked.http_status', { subject, status: error.httpStatus });
  return say('asked.no_answer', { subject, code: error.transportCode ?? 'no answer' });
};

/** What a call that failed says about the thing that was asked for; never more than Meta said. */
const unanswered = (subject: Subject, error: GraphError): Finding => {
  switch (error.category) {
    case 'unreachable':
      return finding(
        'error',
        say('asked.unreachable', { subject, code: error.transportCode ?? 'no connection' }),
        'way_out',
      );
    case 'retryable':
    case 'unknown_outcome':
      return finding('error', silence(subject, error), 'wait');
    case 'credential':
      return finding('skipped', say('asked.no_token', { subject }));
    default:
      return finding(
        'error',
        say('asked.refused', { subject, reason: error.meta?.title ?? error.message }),
        'assign',
        'edit-number',
      );
  }
};

const judgeToken = ({ token, hasToken, hasKey, now }: ConnectionFacts): Finding => {
  if (!hasKey && !hasToken) return finding('error', say('token.no_key'), 'set_key');
  if (!hasToken) return finding('error', say('token.sealed_away'), 'bring_key_back', 'edit-number');
  const bad = (sentence: Sentence) => finding('error', sentence, 'new_token', 'edit-number');
  if ('error' in token) {
    return token.error.category === 'credential'
      ? bad(say('token.refused'))
      : unanswered('token', token.error);
  }
  const { isValid, expiresAt, scopes } = token.value;
  if (expiresAt !== null && expiresAt <= now) return bad(say('token.expired', { day: day(expiresAt) }));
  if (!isValid) return bad(say('token.invalid'));
  const missing = NEEDED.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) return bad(say('token.lacks_rights', { rights: missing.join(', ') }));
  if (expiresAt === null) return finding('ok', say('token.valid'));
  const until = { day: day(expiresAt) };
  if (expiresAt - now >= SOON_MS) return finding('ok', say('token.valid_until', until));
  const key = expiresAt - now < DAY_MS ? 'token.of_dashboard' : 'token.expires_soon';
  return finding('warning', say(key, until), 'new_token', 'edit-number');
};

const digits = (text: string): string => text.replace(/\D/g, '');

const DOWN = {
  DISCONNECTED: 'number.disconnected',
  BANNED: 'number.banned',
  DELETED: 'number.deleted',
  MIGRATED: 'number.migrated',
} as const satisfies Record<DownStatus, keyof typeof CHECK_WORDS>;

/** What Meta says in its own words about a number that may not send, or not all; null when it may. */
const judgeHealth = ({ canSend, sendProblems: [problem] }: NumberInfo): Finding | null => {
  const reason = problem?.description;
  const advice = problem?.solution ? { advice: problem.solution } : null;
  if (canSend === 'BLOCKED') {
    const sentence = reason ? say('number.blocked_because', { reason }) : say('number.blocked');
    return finding('error', sentence, advice ?? 'see_account');
  }
  if (canSend === 'LIMITED') {
    return finding(
      'warning',
      reason ? say('number.limited_because', { reason }) : say('number.limited'),
      advice,
    );
  }
  return null;
};

const judgeNumber = ({ number, phoneNumber }: ConnectionFacts): Finding => {
  if ('error' in number) return unanswered('number', number.error);
  const { status, displayPhoneNumber, qualityRating, verifiedName } = number.value;
  if (isDown(status)) return finding('error', say(DOWN[status]), 'see_numbers');
  if (displayPhoneNumber !== null && digits(displayPhoneNumber) !== digits(phoneNumber)) {
    return finding('error', say('number.other'), 'compare_both', 'edit-number');
  }
  const health = judgeHealth(number.value);
  if (health) return health;
  if (status === 'FLAGGED' || qualityRating === 'RED') {
    return finding('warning', say('number.low_quality'), 'send_less');
  }
  if (status !== null && status !== 'CONNECTED') {
    const isNew = status === 'PENDING' || status === 'UNVERIFIED';
    return finding('warning', say('number.in_state', { status }), isNew ? 'register' : null);
  }
  return finding(
    'ok',
    verifiedName ? say('number.connected_as', { name: verifiedName }) : say('number.connected'),
  );
};

const judgeAccount = ({ account, numbersOfAccount, phoneNumberId }: ConnectionFacts): Finding => {
  if ('error' in account) return unanswered('account', account.error);
  if ('error' in numbersOfAccount) return unanswered('numbers', numbersOfAccount.error);
  if (!numbersOfAccount.value.includes(phoneNumberId)) {
    return finding('error', say('account.other'), 'account_id', 'edit-number');
  }
  const { reviewStatus, name } = account.value;
  if (reviewStatus !== null && reviewStatus !== 'APPROVED') {
    return finding('warning', say('account.in_review', { status: reviewStatus }), 'see_account');
  }
  return finding('ok', name ? say('account.named', { name }) : say('account.right'));
};

const judgeSubscription = ({ apps, token }: ConnectionFacts): Finding => {
  if ('error' in apps) return unanswered('apps', apps.error);
  const appId = 'value' in token ? token.value.appId : null;
  if (apps.value.length === 0) return finding('error', say('subscription.none'), 'subscribe', 'subscribe');
  if (appId === null) return finding('warning', say('subscription.unknown'));
  if (!apps.value.some(({ id }) => id === appId)) {
    return finding('error', say('subscription.other'), 'subscribe', 'subscribe');
  }
  return finding('ok', say('subscription.there'));
};

const CALLBACK_PROBLEMS = { localhost: 'callback.localhost', not_https: 'callback.not_https' } as const;

const judgeCallback = ({ number, callbacks, callbackProblem }: ConnectionFacts): Finding => {
  if ('error' in number) return unanswered('callback', number.error);
  const { callbacks: set } = number.value;
  const inForce = set.number ?? set.account ?? set.app;
  const matches = inForce !== null && callbacks.some((ours) => isSameAddress(ours, inForce));
  if (!matches && callbackProblem !== null) {
    return finding('error', say(CALLBACK_PROBLEMS[callbackProblem]), 'server_url');
  }
  if (inForce === null) return finding('error', say('callback.none'), 'point_or_enter', 'override-callback');
  if (matches) return finding('ok', say('callback.here'));
  const level = set.number ? 'number' : set.account ? 'account' : 'app';
  const { host } = new URL(URL.canParse(inForce) ? inForce : 'http://unreadable');
  return finding('error', say('callback.elsewhere', { host, level }), 'point_here', 'override-callback');
};

const judgeSecret = ({ secret, hasAppSecret, lastWebhookAt }: ConnectionFacts): Finding => {
  if (!hasAppSecret) return finding('error', say('secret.none'), 'copy_secret', 'edit-number');
  if ('value' in secret) {
    return secret.value
      ? finding('ok', say('secret.proven'))
      : finding('error', say('secret.wrong'), 'copy_secret', 'edit-number');
  }
  if (lastWebhookAt !== null) return finding('ok', say('secret.signed', { day: day(lastWebhookAt) }));
  return finding('warning', say('secret.unproven'));
};

const JUDGES: Record<string, (facts: ConnectionFacts) => Finding> = {
  token: judgeToken,
  number: judgeNumber,
  account: judgeAccount,
  subscription: judgeSubscription,
  callback: judgeCallback,
  secret: judgeSecret,
};

/** The checks of one number, in the contract's order. `ok` is false for an error and for what could not be looked at. */
export const judgeConnection = (facts: ConnectionFacts): IntegrationCheck[] =>
  Object.entries(JUDGES).map(([name, judge]) => {
    const found = judge(facts);
    return { name, ok: found.state === 'ok' || found.state === 'warning', ...found };
  });
