import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import type { NumberInfo } from '../cloud-api/graph-answers';
import type { GraphError } from '../cloud-api/graph-error';
import { callbackProblem, isLocalMeta } from './callback-url';
import { judgeConnection, type Asked, type ConnectionFacts } from './checks';
import type { IntegrationCheck } from './contract';
import type { ConnectedNumber, Registry } from './registry';

export interface Watch {
  timeoutMs?: number;
  onServerTime?(at: number): void;
}

export interface InspectDeps {
  registry: Registry;
  clientFor(number: ConnectedNumber, watch?: Watch): GraphClient;
  now(): number;
  hasKey: boolean;
  webhookUrl(key: string): string;
  /** Other addresses of the same webhook: without a key, of the second document, on this machine for the simulator. */
  otherWebhookUrls(number: ConnectedNumber): string[];
  lastWebhookAt(id: number): Promise<number | null>;
  /** What Meta told on the way is stored like any other reading. */
  onNumber(number: ConnectedNumber, info: NumberInfo): Promise<void>;
  /** Meta does not take the token. */
  onDeadToken(number: ConnectedNumber, error: GraphError | null): Promise<void>;
}

export interface Inspection {
  checks: IntegrationCheck[];
  /** Meta's clock minus ours, ms; null when no answer came. Answers name whole seconds. */
  clockSkewMs: number | null;
}

/** A person waits for it: shorter than a send may take. */
const TIMEOUT_MS = 8_000;

const ask = async <T>(question: () => Promise<T>): Promise<Asked<T>> => {
  try {
    return { value: await question() };
  } catch (error) {
    return { error: toGraphError(error, { sending: false }) };
  }
};

const isDeadToken = ({ token, now }: ConnectionFacts): boolean => {
  if ('error' in token) return token.error.category === 'credential';
  const { isValid, expiresAt } = token.value;
  return !isValid || (expiresAt !== null && expiresAt <= now);
};

/** Asks Meta everything about one number, side by side, and judges the answers. */
export const createInspector = (deps: InspectDeps) => {
  const { registry, clientFor, now } = deps;

  /** Numbers of one app share its callback, so any of their addresses will do. */
  const callbacksOf = async (number: ConnectedNumber): Promise<string[]> => {
    const siblings = (await registry.all()).filter(
      ({ appSecret, id }) => id !== number.id && appSecret !== null && appSecret === number.appSecret,
    );
    const keys = [number, ...siblings].map(({ webhookKey }) => webhookKey);
    return [...keys.map(deps.webhookUrl), ...deps.otherWebhookUrls(number)];
  };

  const gather = async (number: ConnectedNumber, watch: Watch): Promise<ConnectionFacts> => {
    const { phoneNumberId, businessAccountId, accessToken, appSecret } = number;
    const meta = () => clientFor(number, { timeoutMs: TIMEOUT_MS, ...watch });
    const [token, info, account, numbersOfAccount, apps, secret] = await Promise.all([
      ask(async () => meta().debugToken(accessToken ?? '')),
      ask(async () => meta().getPhoneNumber(phoneNumberId)),
      ask(async () => meta().getAccount(businessAccountId)),
      ask(async () => meta().phoneNumberIds(businessAccountId)),
      ask(async () => meta().subscribedApps(businessAccountId)),
      ask(async () => meta().provesSecret(phoneNumberId, appSecret ?? '')),
    ]);
    return {
      now: now(),
      phoneNumber: number.phoneNumber,
      phoneNumberId,
      hasKey: deps.hasKey,
      hasToken: accessToken !== null,
      hasAppSecret: appSecret !== null,
      callbacks: await callbacksOf(number),
      callbackProblem: isLocalMeta(number) ? null : callbackProblem(deps.webhookUrl(number.webhookKey)),
      lastWebhookAt: await deps.lastWebhookAt(number.id),
      token,
      number: info,
      account,
      numbersOfAccount,
      apps,
      secret,
    };
  };

  const learn = async (number: ConnectedNumber, facts: ConnectionFacts): Promise<void> => {
    if (facts.hasToken && isDeadToken(facts)) {
      await deps.onDeadToken(number, 'error' in facts.token ? facts.token.error : null);
    } else if ('value' in facts.number) {
      await deps.onNumber(number, facts.number.value);
    }
  };

  return async (number: ConnectedNumber): Promise<Inspection> => {
    let clockSkewMs: number | null = null;
    const facts = await gather(number, {
      onServerTime: (at) => {
        clockSkewMs = at - now();
      },
    });
    await learn(number, facts);
    return { checks: judgeConnection(facts), clockSkewMs };
  };
};

export type Inspect = ReturnType<typeof createInspector>;
