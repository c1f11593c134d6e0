import { inspect } from 'node:util';
import {
  GraphError,
  toGraphError,
  type GraphErrorCategory,
} from '../../../../server/src/cloud-api/graph-error';
import { redact } from '../../../../server/src/cloud-api/redact';

const TOKEN = 'EAAGm0PX4ZCpsBAKZCanary';

/** As axios rejects: with config, request and header texts around it. */
function failure(more: object) {
  return Object.assign(new Error(`request to https://graph.facebook.com/?access_token=${TOKEN} failed`), {
    isAxiosError: true,
    config: { url: `https://x/?input_token=${TOKEN}`, headers: { Authorization: `Bearer ${TOKEN}` } },
    request: { path: `/?access_token=${TOKEN}` },
    ...more,
  });
}
const answer = (status: number, data: unknown, headers: object = {}) =>
  failure({ response: { status, data, headers } });
const graph = (code: number, more: object = {}, status = 400) =>
  answer(status, { error: { message: `(#${code}) Message`, code, fbtrace_id: 'A1b2', ...more } });

type Case = [name: string, given: unknown, whenSending: GraphErrorCategory, whenReading: GraphErrorCategory];

const CASES: Case[] = [
  ['connection refused', failure({ code: 'ECONNREFUSED', syscall: 'connect' }), 'unreachable', 'unreachable'],
  ['unknown host', failure({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'unreachable', 'unreachable'],
  ['name server busy', failure({ code: 'EAI_AGAIN' }), 'unreachable', 'unreachable'],
  ['no route', failure({ code: 'EHOSTUNREACH' }), 'unreachable', 'unreachable'],
  ['connect timeout', failure({ code: 'ETIMEDOUT', syscall: 'connect' }), 'unreachable', 'unreachable'],
  [
    'connect timeout told by its cause',
    failure({ code: 'ETIMEDOUT', cause: { syscall: 'connect' } }),
    'unreachable',
    'unreachable',
  ],
  ['expired certificate', failure({ code: 'CERT_HAS_EXPIRED' }), 'unreachable', 'unreachable'],
  ['self-signed certificate', failure({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'unreachable', 'unreachable'],
  [
    'wrong host in certificate',
    failure({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
    'unreachable',
    'unreachable',
  ],
  [
    'no TLS on the other side',
    failure({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
    'unreachable',
    'unreachable',
  ],
  ['timeout', failure({ code: 'ECONNABORTED' }), 'unknown_outcome', 'retryable'],
  ['timeout, other name', failure({ code: 'ETIMEDOUT' }), 'unknown_outcome', 'retryable'],
  ['reset', failure({ code: 'ECONNRESET', syscall: 'read' }), 'unknown_outcome', 'retryable'],
  ['broken pipe', failure({ code: 'EPIPE', syscall: 'write' }), 'unknown_outcome', 'retryable'],
  ['cancelled', failure({ code: 'ERR_CANCELED' }), 'unknown_outcome', 'retryable'],
  ['no code at all', failure({}), 'unknown_outcome', 'retryable'],
  ['not even an error', 'boom', 'unknown_outcome', 'retryable'],
  ['undefined', undefined, 'unknown_outcome', 'retryable'],
  ['502 as HTML', answer(502, '<html>Bad gateway</html>'), 'unknown_outcome', 'retryable'],
  ['503 empty', answer(503, ''), 'unknown_outcome', 'retryable'],
  ['500 with other JSON', answer(500, { error: 'oops' }), 'unknown_outcome', 'retryable'],
  ['200 unreadable', answer(200, '{"messages":[{"id":'), 'unknown_outcome', 'retryable'],
  ['408', answer(408, ''), 'unknown_outcome', 'retryable'],
  ['429 of a limiter', answer(429, 'slow down'), 'retryable', 'retryable'],
  ['404 of somebody else', answer(404, 'not here'), 'rejected', 'rejected'],
  ['a redirect', answer(302, ''), 'rejected', 'rejected'],
  ['0: cannot authenticate', graph(0), 'credential', 'credential'],
  ['190: token expired', graph(190, { error_subcode: 463 }, 401), 'credential', 'credential'],
  ['3', graph(3), 'config', 'config'],
  ['10', graph(10), 'config', 'config'],
  ['200', graph(200), 'config', 'config'],
  ['299', graph(299), 'config', 'config'],
  ['131031', graph(131031), 'config', 'config'],
  ['131047', graph(131047), 'rejected', 'rejected'],
  ['131050', graph(131050), 'rejected', 'rejected'],
  ['131053 (gotcha 42)', graph(131053), 'rejected', 'rejected'],
  ['130429 with HTTP 400', graph(130429), 'retryable', 'retryable'],
  ['131056', graph(131056), 'retryable', 'retryable'],
  ['131016 with HTTP 503', graph(131016, {}, 503), 'retryable', 'retryable'],
  ['131000', graph(131000, {}, 500), 'retryable', 'retryable'],
  ['1 with HTTP 400', graph(1), 'rejected', 'rejected'],
  ['1, transient', graph(1, { is_transient: true }), 'retryable', 'retryable'],
  ['1 with HTTP 500', graph(1, {}, 500), 'retryable', 'retryable'],
  ['unknown code', graph(424242), 'rejected', 'rejected'],
  ['unknown code with HTTP 500', graph(424242, {}, 500), 'unknown_outcome', 'retryable'],
  ['unknown code, transient', graph(424242, { is_transient: true }), 'unknown_outcome', 'retryable'],
  ['code as text', answer(400, { error: { code: '131026', message: 'x' } }), 'rejected', 'rejected'],
  ['body as text', answer(400, JSON.stringify({ error: { code: 190 } })), 'credential', 'credential'],
];

it.each(CASES)('%s', (_name, given, whenSending, whenReading) => {
  const sending = toGraphError(given, { sending: true });
  const reading = toGraphError(given, { sending: false });
  expect([sending.category, reading.category]).toEqual([whenSending, whenReading]);
  expect(sending.retryable).toBe(whenSending === 'unreachable' || whenSending === 'retryable');
});

it.each(CASES)('%s leaks no token, address or axios object', (_name, given) => {
  const error = toGraphError(given, { sending: true, secrets: [TOKEN] });
  const shown = `${inspect(error, { depth: 10, showHidden: true })}${JSON.stringify(error)}${error.stack ?? ''}`;
  expect(shown).not.toContain(TOKEN);
  expect(shown).not.toContain('input_token');
  const fields = ['category', 'httpStatus', 'meta', 'name', 'retryAfterMs', 'transportCode'];
  expect(Object.keys(error).sort()).toEqual(fields);
});

it('knows better when the caller saw the connection', () => {
  expect(toGraphError({ code: 'ETIMEDOUT' }, { sending: true, connected: false }).category).toBe(
    'unreachable',
  );
  expect(toGraphError({ code: 'EPROTO' }, { sending: true, connected: true }).category).toBe(
    'unknown_outcome',
  );
});

it('keeps what Meta said', () => {
  const error = toGraphError(
    graph(131030, {
      error_data: { messaging_product: 'whatsapp', details: 'Recipient not in list' },
      error_user_title: 'Not allowed',
    }),
    { sending: true },
  );
  expect(error).toMatchObject({
    httpStatus: 400,
    meta: { code: 131030, title: 'Not allowed', details: 'Recipient not in list', fbtraceId: 'A1b2' },
  });
  expect(error.message).toMatch(/test number/);
});

it.each<[string, object, string | null]>([
  ['plain text', { error_data: 'Header format is wrong' }, 'Header format is wrong'],
  ['JSON as text', { error_data: '{"details":"in text"}' }, 'in text'],
  ['only the user message', { error_user_msg: 'Write it so' }, 'Write it so'],
  ['nothing', {}, null],
])('error_data: %s', (_name, more, details) => {
  expect(toGraphError(graph(2388072, more), { sending: false }).meta?.details).toBe(details);
});

it('hides a token that Meta repeats', () => {
  const error = toGraphError(
    answer(401, { error: { code: 190, message: `Malformed access token ${TOKEN}` } }),
    { sending: false },
  );
  expect(error.meta?.title).toBe('Malformed access token •••');
});

it.each<[string, object, number | null]>([
  ['seconds', { 'retry-after': '7' }, 7000],
  ['a date in the past', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
  ['rubbish', { 'retry-after': 'soon' }, null],
  [
    'usage header',
    { 'x-business-use-case-usage': '{"555":[{"type":"whatsapp","estimated_time_to_regain_access":3}]}' },
    180_000,
  ],
  [
    'usage without wait',
    { 'x-business-use-case-usage': '{"555":[{"estimated_time_to_regain_access":0}]}' },
    null,
  ],
  ['nothing', {}, null],
])('wait asked for: %s', (_name, headers, ms) => {
  expect(
    toGraphError(answer(400, { error: { code: 80007 } }, headers), { sending: false }).retryAfterMs,
  ).toBe(ms);
});

it('passes a GraphError through', () => {
  const error = new GraphError('rejected', 'x');
  expect(toGraphError(error, { sending: true })).toBe(error);
});

it.each([
  [`https://x/?access_token=abc&y=1`, 'https://x/?access_token=•••&y=1'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer •••'],
  ['the secret is hunter22', 'the secret is •••'],
  ['nothing here', 'nothing here'],
])('redact(%j)', (given, shown) => {
  expect(redact(given, ['hunter22', ''])).toBe(shown);
});
