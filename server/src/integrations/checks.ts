import type { AccountInfo, NumberInfo, SubscribedApp, TokenInfo } from '../cloud-api/graph-answers';
import type { GraphError } from '../cloud-api/graph-error';
import { isSameAddress } from './callback-url';
import type { CheckAction, CheckState, IntegrationCheck } from './contract';
import { isDown, SENDING_STOPPED } from './health-rule';

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

const finding = (
  state: CheckState,
  message: string,
  fix: string | null = null,
  action: CheckAction | null = null,
): Finding => ({ state, message, fix, action });

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const NEW_TOKEN =
  'In Meta’s Business settings → System users, generate a token with whatsapp_business_messaging and ' +
  'whatsapp_business_management, and enter it here.';
const ASSIGN =
  'In Meta’s Business settings → System users, assign the WhatsApp account to the system user of this token, and compare ' +
  'the ids with WhatsApp → API Setup.';

/** What a call that failed says about the thing that was asked for; never more than Meta said. */
const unanswered = (what: string, error: GraphError): Finding => {
  switch (error.category) {
    case 'unreachable':
      return finding(
        'error',
        `${what} could not be asked for: ${error.message}`,
        'Check this server’s way out (DNS, proxy, firewall) to the endpoint of the number.',
      );
    case 'retryable':
    case 'unknown_outcome':
      return finding(
        'error',
        `${what} could not be asked for: ${error.message}`,
        'Try again in a minute; see metastatus.com when it stays.',
      );
    case 'credential':
      return finding('skipped', `${what} cannot be asked for: Meta does not take the access token.`);
    default:
      return finding(
        'error',
        `Meta refuses to tell about ${what}: ${error.meta?.title ?? error.message}`,
        ASSIGN,
        'edit-number',
      );
  }
};

const judgeToken = ({ token, hasToken, hasKey, now }: ConnectionFacts): Finding => {
  if (!hasKey && !hasToken)
    return finding(
      'error',
      'No encryption key is set, so the token cannot be read.',
      'Set WHATSAPP_ENCRYPTION_KEYS.',
    );
  if (!hasToken) {
    const fix = 'Bring the key back with which it was sealed, or enter the token again.';
    return finding(
      'error',
      'The stored access token cannot be opened with the keys of this server.',
      fix,
      'edit-number',
    );
  }
  if ('error' in token) {
    if (token.error.category !== 'credential') return unanswered('The token', token.error);
    const message = 'Meta does not take the access token: it has expired, was withdrawn, or is not complete.';
    return finding('error', message, NEW_TOKEN, 'edit-number');
  }
  const { isValid, expiresAt, scopes } = token.value;
  if (!isValid || (expiresAt !== null && expiresAt <= now)) {
    const message =
      expiresAt !== null && expiresAt <= now
        ? `The access token expired on ${day(expiresAt)}.`
        : 'Meta calls the access token invalid.';
    return finding('error', message, NEW_TOKEN, 'edit-number');
  }
  const missing = NEEDED.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) {
    const message = `The access token lacks ${missing.join(' and ')}.`;
    return finding('error', message, NEW_TOKEN, 'edit-number');
  }
  if (expiresAt !== null && expiresAt - now < SOON_MS) {
    const kind =
      expiresAt - now < DAY_MS ? ' It looks like one of the app’s dashboard, which live for a day.' : '';
    return finding(
      'warning',
      `The access token expires on ${day(expiresAt)}.${kind}`,
      NEW_TOKEN,
      'edit-number',
    );
  }
  const until = expiresAt === null ? 'does not expire' : `is valid until ${day(expiresAt)}`;
  return finding('ok', `The access token is valid, has the rights it needs, and ${until}.`);
};

const digits = (text: string): string => text.replace(/\D/g, '');

const judgeNumber = ({ number, phoneNumber }: ConnectionFacts): Finding => {
  if ('error' in number) return unanswered('The number', number.error);
  const { status, displayPhoneNumber, canSend, sendProblems, qualityRating, verifiedName } = number.value;
  const [problem] = sendProblems;
  if (isDown(status))
    return finding('error', SENDING_STOPPED[status], 'See WhatsApp Manager → Phone numbers.');
  if (displayPhoneNumber !== null && digits(displayPhoneNumber) !== digits(phoneNumber)) {
    const message = 'The phone number ID belongs to another number than the one entered here.';
    return finding('error', message, 'Compare both with WhatsApp → API Setup.', 'edit-number');
  }
  if (canSend === 'BLOCKED') {
    const fix = problem?.solution ?? 'See WhatsApp Manager → Account overview.';
    return finding(
      'error',
      `Meta does not let this number send: ${problem?.description ?? 'no reason given'}`,
      fix,
    );
  }
  if (canSend === 'LIMITED') {
    const message = `Meta limits what this number may send: ${problem?.description ?? 'no reason given'}`;
    return finding('warning', message, problem?.solution ?? null);
  }
  if (status === 'FLAGGED' || qualityRating === 'RED') {
    const fix = 'Send less, and only what people asked for; the rating follows the last seven days.';
    return finding('warning', 'The quality of this number is low: people block or report its messages.', fix);
  }
  if (status !== null && status !== 'CONNECTED') {
    const fix =
      status === 'PENDING' || status === 'UNVERIFIED' ? 'Verify and register the number at Meta.' : null;
    return finding('warning', `Meta reports the number as ${status}.`, fix);
  }
  return finding('ok', `Connected${verifiedName ? ` as ${verifiedName}` : ''}.`);
};

const judgeAccount = ({ account, numbersOfAccount, phoneNumberId }: ConnectionFacts): Finding => {
  if ('error' in account) return unanswered('The business account', account.error);
  if ('error' in numbersOfAccount)
    return unanswered('The numbers of the business account', numbersOfAccount.error);
  if (!numbersOfAccount.value.includes(phoneNumberId)) {
    const message = 'The number does not belong to this WhatsApp Business Account.';
    return finding(
      'error',
      message,
      'Enter the account ID that stands beside the number in WhatsApp → API Setup.',
      'edit-number',
    );
  }
  const { reviewStatus, name } = account.value;
  if (reviewStatus !== null && reviewStatus !== 'APPROVED') {
    return finding(
      'warning',
      `Meta’s review of the account stands at ${reviewStatus}.`,
      'See WhatsApp Manager → Account overview.',
    );
  }
  return finding('ok', `The number belongs to ${name ?? 'the account'}.`);
};

const judgeSubscription = ({ apps, token }: ConnectionFacts): Finding => {
  if ('error' in apps) return unanswered('The subscribed apps', apps.error);
  const appId = 'value' in token ? token.value.appId : null;
  const fix = 'Subscribe the app to the account: without it Meta verifies the address and then stays silent.';
  if (apps.value.length === 0)
    return finding('error', 'No app is subscribed to the account.', fix, 'subscribe');
  if (appId !== null && !apps.value.some(({ id }) => id === appId)) {
    return finding(
      'error',
      'Another app is subscribed to the account, but not the one of this token.',
      fix,
      'subscribe',
    );
  }
  if (appId === null)
    return finding('warning', 'An app is subscribed; whether it is ours, the token did not tell.');
  return finding('ok', 'The app is subscribed to the account.');
};

const CALLBACK_PROBLEMS = {
  localhost: 'Meta cannot reach this site: its public address is this machine or a private network.',
  not_https: 'Meta calls https addresses only, and the public address of this site is none.',
} as const;

const judgeCallback = ({ number, callbacks, callbackProblem }: ConnectionFacts): Finding => {
  if ('error' in number) return unanswered('The callback', number.error);
  const { callbacks: set } = number.value;
  const inForce = set.number ?? set.account ?? set.app;
  const matches = inForce !== null && callbacks.some((ours) => isSameAddress(ours, inForce));
  if (!matches && callbackProblem !== null) {
    const fix = 'Set server.url in config/server to the public https address.';
    return finding('error', CALLBACK_PROBLEMS[callbackProblem], fix);
  }
  if (inForce === null) {
    const fix =
      'Point the account at this site, or enter callback URL and verify token in the app: WhatsApp → Configuration.';
    return finding('error', 'No callback is configured at Meta.', fix, 'override-callback');
  }
  if (matches) return finding('ok', 'Meta posts to this site.');
  const level = set.number ? 'of the number' : set.account ? 'of the account' : 'of the app';
  const { host } = new URL(URL.canParse(inForce) ? inForce : 'http://unreadable');
  const message = `Meta posts to another address (${host}), set at the level ${level}.`;
  return finding(
    'error',
    message,
    'Point the account at this site. Whoever gets the messages now will get them no longer.',
    'override-callback',
  );
};

const judgeSecret = ({ secret, hasAppSecret, lastWebhookAt }: ConnectionFacts): Finding => {
  const fix = 'Copy it anew: app dashboard → App settings → Basic → App secret.';
  if (!hasAppSecret)
    return finding('error', 'There is no app secret: every webhook is refused.', fix, 'edit-number');
  if ('value' in secret) {
    return secret.value
      ? finding('ok', 'Meta accepts a proof made with the app secret.')
      : finding(
          'error',
          'The app secret is not that of this token’s app: webhooks are refused.',
          fix,
          'edit-number',
        );
  }
  if (lastWebhookAt !== null)
    return finding('ok', `A webhook that it signed arrived on ${day(lastWebhookAt)}.`);
  return finding('warning', 'The app secret is there; whether it is right could not be checked now.');
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
