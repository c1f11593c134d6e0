import { GraphError } from '../../../../server/src/cloud-api/graph-error';
import { judgeConnection, type ConnectionFacts } from '../../../../server/src/integrations/checks';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 60 * 60 * 1000;
const OURS = 'https://shop.example.com/api/whatsapp/webhook/key';
const RIGHTS = ['whatsapp_business_messaging', 'whatsapp_business_management'];

const token = { isValid: true, expiresAt: null as number | null, scopes: RIGHTS, appId: 'app-1' };
const number = {
  status: 'CONNECTED',
  displayPhoneNumber: '+1 415-555-0100',
  canSend: 'AVAILABLE',
  sendProblems: [] as { description: string; solution: string | null }[],
  qualityRating: 'GREEN',
  verifiedName: 'Shop',
  callbacks: { number: null as string | null, account: null as string | null, app: OURS as string | null },
};
const FINE = {
  now: NOW,
  phoneNumber: '+14155550100',
  phoneNumberId: '777',
  hasAppSecret: true,
  hasToken: true,
  hasKey: true,
  callbacks: [OURS],
  callbackProblem: null,
  lastWebhookAt: null,
  token: { value: token },
  number: { value: number },
  account: { value: { reviewStatus: 'APPROVED', name: 'Shop Ltd' } },
  numbersOfAccount: { value: ['777'] },
  apps: { value: [{ id: 'app-1' }] },
  secret: { value: true },
};

const judge = (over: object) => judgeConnection({ ...FINE, ...over } as unknown as ConnectionFacts);
const failed = (error: GraphError) => ({ error });
const meta = (code: number, title: string) => ({ code, title, details: null, fbtraceId: null });

it('says of a number that works that it works', () => {
  expect(judge({}).map(({ state, key }) => [state, key])).toEqual([
    ['ok', 'token.valid'],
    ['ok', 'number.connected_as'],
    ['ok', 'account.named'],
    ['ok', 'subscription.there'],
    ['ok', 'callback.here'],
    ['ok', 'secret.proven'],
  ]);
});

it.each<[string, object, string, string, string | null, object]>([
  ['no key', { hasKey: false, hasToken: false }, 'token.no_key', 'error', 'set_key', {}],
  ['a key that does not open it', { hasToken: false }, 'token.sealed_away', 'error', 'bring_key_back', {}],
  [
    'a refused token',
    { token: failed(new GraphError('credential', 'dead', { meta: meta(190, 'OAuth') })) },
    'token.refused',
    'error',
    'new_token',
    {},
  ],
  [
    'a token past its day',
    { token: { value: { ...token, isValid: false, expiresAt: NOW - HOUR } } },
    'token.expired',
    'error',
    'new_token',
    { day: '2026-11-22' },
  ],
  [
    'an invalid token',
    { token: { value: { ...token, isValid: false } } },
    'token.invalid',
    'error',
    'new_token',
    {},
  ],
  [
    'a token without rights',
    { token: { value: { ...token, scopes: [RIGHTS[0]] } } },
    'token.lacks_rights',
    'error',
    'new_token',
    { rights: RIGHTS[1] },
  ],
  [
    'a token of the dashboard',
    { token: { value: { ...token, expiresAt: NOW + 23 * HOUR } } },
    'token.of_dashboard',
    'warning',
    'new_token',
    { day: '2026-11-23' },
  ],
  [
    'a token of a fortnight',
    { token: { value: { ...token, expiresAt: NOW + 240 * HOUR } } },
    'token.expires_soon',
    'warning',
    'new_token',
    { day: '2026-12-02' },
  ],
  [
    'a token of two months',
    { token: { value: { ...token, expiresAt: NOW + 1_440 * HOUR } } },
    'token.valid_until',
    'ok',
    null,
    { day: '2027-01-21' },
  ],
  [
    'no way to Meta',
    { number: failed(new GraphError('unreachable', 'x', { transportCode: 'ECONNREFUSED' })) },
    'asked.unreachable',
    'error',
    'way_out',
    { subject: 'number', code: 'ECONNREFUSED' },
  ],
  [
    'no answer of Meta',
    { account: failed(new GraphError('retryable', 'x', { transportCode: 'ETIMEDOUT' })) },
    'asked.no_answer',
    'error',
    'wait',
    { subject: 'account', code: 'ETIMEDOUT' },
  ],
  [
    'a gateway that fails',
    { apps: failed(new GraphError('retryable', 'x', { httpStatus: 503 })) },
    'asked.http_status',
    'error',
    'wait',
    { subject: 'apps', status: 503 },
  ],
  [
    'calls used up',
    {
      numbersOfAccount: failed(
        new GraphError('retryable', 'x', { meta: meta(80007, 'Rate limit'), httpStatus: 400 }),
      ),
    },
    'asked.meta_error',
    'error',
    'wait',
    { subject: 'numbers', code: 80007, title: 'Rate limit' },
  ],
  [
    'an account of somebody else',
    { account: failed(new GraphError('config', 'No right', { meta: meta(200, 'Permissions error') })) },
    'asked.refused',
    'error',
    'assign',
    { subject: 'account', reason: 'Permissions error' },
  ],
  [
    'a ban',
    { number: { value: { ...number, status: 'BANNED' } } },
    'number.banned',
    'error',
    'see_numbers',
    {},
  ],
  [
    'another number',
    { number: { value: { ...number, displayPhoneNumber: '+1 415-555-0199' } } },
    'number.other',
    'error',
    'compare_both',
    {},
  ],
  [
    'a number that may not send',
    {
      number: {
        value: {
          ...number,
          canSend: 'BLOCKED',
          sendProblems: [{ description: 'Unpaid.', solution: 'Pay.' }],
        },
      },
    },
    'number.blocked_because',
    'error',
    null,
    { reason: 'Unpaid.' },
  ],
  [
    'a number that may not send, Meta does not say why',
    { number: { value: { ...number, canSend: 'BLOCKED' } } },
    'number.blocked',
    'error',
    'see_account',
    {},
  ],
  [
    'low quality',
    { number: { value: { ...number, qualityRating: 'RED' } } },
    'number.low_quality',
    'warning',
    'send_less',
    {},
  ],
  [
    'a number to register',
    { number: { value: { ...number, status: 'PENDING' } } },
    'number.in_state',
    'warning',
    'register',
    { status: 'PENDING' },
  ],
  ['a foreign account', { numbersOfAccount: { value: ['1'] } }, 'account.other', 'error', 'account_id', {}],
  ['no app', { apps: { value: [] } }, 'subscription.none', 'error', 'subscribe', {}],
  ['another app', { apps: { value: [{ id: 'x' }] } }, 'subscription.other', 'error', 'subscribe', {}],
  [
    'a callback elsewhere',
    {
      number: {
        value: { ...number, callbacks: { number: null, account: 'https://n8n.example.com/x', app: OURS } },
      },
    },
    'callback.elsewhere',
    'error',
    'point_here',
    { host: 'n8n.example.com', level: 'account' },
  ],
  [
    'a site at home',
    { callbackProblem: 'localhost', callbacks: [] },
    'callback.localhost',
    'error',
    'server_url',
    {},
  ],
  ['no secret', { hasAppSecret: false }, 'secret.none', 'error', 'copy_secret', {}],
  ['a wrong secret', { secret: { value: false } }, 'secret.wrong', 'error', 'copy_secret', {}],
  [
    'a secret that a webhook proved',
    { secret: failed(new GraphError('retryable', 'x')), lastWebhookAt: NOW },
    'secret.signed',
    'ok',
    null,
    { day: '2026-11-22' },
  ],
])('%s', (_name, over, key, state, fixKey, facts) => {
  const found = judge(over).find((check) => check.key === key);
  expect(found).toMatchObject({ key, state, fixKey, facts, ok: state === 'ok' || state === 'warning' });
  for (const value of Object.values(found?.facts ?? {}))
    if (typeof value === 'string' && !['number', 'account', 'apps', 'numbers'].includes(value))
      expect(found?.message).toContain(value);
});

it('Meta’s own advice stays in its own words', () => {
  const sendProblems = [{ description: 'Unpaid.', solution: 'Add a card.' }];
  const found = judge({ number: { value: { ...number, canSend: 'LIMITED', sendProblems } } })[1];
  expect(found).toMatchObject({ state: 'warning', fix: 'Add a card.', fixKey: null });
});

it('a token that Meta does not take skips the other questions instead of blaming them', () => {
  const dead = failed(new GraphError('credential', 'dead'));
  const found = judge({
    token: dead,
    number: dead,
    account: dead,
    numbersOfAccount: dead,
    apps: dead,
    secret: dead,
  });
  expect(found.map(({ state }) => state)).toEqual([
    'error',
    'skipped',
    'skipped',
    'skipped',
    'skipped',
    'warning',
  ]);
  expect(found.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(['secret']);
});
