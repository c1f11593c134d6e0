import { judgeNumberHere, judgePlugin, type PluginFacts } from '../../../../server/src/doctor/checks';
import { reportOf } from '../../../../server/src/doctor/report';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const MINUTE = 60_000;

const FINE: PluginFacts = {
  now: NOW,
  encryption: { configured: true, oldRows: 0 },
  callbackProblem: null,
  hasRealNumbers: true,
  clockSkews: [400, -900],
  lastWebhookAt: NOW - MINUTE,
  hasNumbers: true,
  oldestQueuedAt: null,
  queued: 0,
  unresolvedQuarantine: 0,
  failingJobs: 0,
  processes: 1,
};

const complaints = (over: Partial<PluginFacts>): string[] =>
  judgePlugin({ ...FINE, ...over })
    .filter(({ state }) => state !== 'ok')
    .map(({ name, state }) => `${name}: ${state}`);

it.each<[Partial<PluginFacts>, string[]]>([
  [{}, []],
  [{ encryption: { configured: false, oldRows: 0 } }, ['encryption_key: error']],
  [{ encryption: { configured: true, oldRows: 3 } }, ['encryption_key: warning']],
  [{ callbackProblem: 'localhost' }, ['webhook_url: error']],
  [{ callbackProblem: 'not_https', hasRealNumbers: false }, ['webhook_url: warning']],
  [{ clockSkews: [] }, ['clock: skipped']],
  [{ clockSkews: [100, -40_000] }, ['clock: warning']],
  [{ clockSkews: [10 * MINUTE] }, ['clock: error']],
  [{ lastWebhookAt: null }, ['last_webhook: warning']],
  [{ lastWebhookAt: null, hasNumbers: false }, ['last_webhook: skipped']],
  [{ lastWebhookAt: NOW - 8 * 24 * 60 * MINUTE }, ['last_webhook: warning']],
  [{ oldestQueuedAt: NOW - MINUTE, queued: 4 }, []],
  [{ oldestQueuedAt: NOW - 5 * MINUTE, queued: 4 }, ['send_queue: warning']],
  [{ oldestQueuedAt: NOW - 20 * MINUTE, queued: 4 }, ['send_queue: error']],
  [{ unresolvedQuarantine: 1 }, ['quarantine: warning']],
  [{ failingJobs: 2 }, ['jobs: warning']],
  [{ processes: 2 }, ['processes: warning']],
])('with %j the Doctor complains of %j', (over, expected) => {
  expect(complaints(over)).toEqual(expected);
  for (const { state, fix, action } of judgePlugin({ ...FINE, ...over })) {
    if (state === 'warning' || state === 'error') expect(fix ?? action).toEqual(expect.any(String));
  }
});

it('says which way the clock is off', () => {
  const words = (skew: number) => judgePlugin({ ...FINE, clockSkews: [skew] })[2].message;
  expect(words(60_000)).toContain('60 seconds behind');
  expect(words(-60_000)).toContain('60 seconds ahead of');
});

it.each([
  ['v25.0', true, []],
  ['v21.0', true, ['graph_version: warning']],
  ['v20.0', true, ['graph_version: error']],
  ['v25.0', false, ['active: warning']],
])('a number on %s, switched on %s', (apiVersion, active, expected) => {
  const number = { id: '7', name: 'Shop', active, sandbox: false, apiVersion, lastWebhookAt: null };
  const found = judgeNumberHere(number, NOW).filter(({ state }) => state !== 'ok');
  expect(found.map(({ name, state }) => `${name}: ${state}`)).toEqual(expected);
});

it('the report counts numbers instead of naming them', () => {
  const number = {
    id: '7',
    name: 'Shop',
    active: true,
    sandbox: false,
    apiVersion: 'v25.0',
    lastWebhookAt: null,
  };
  const checks = [...judgePlugin(FINE), ...judgeNumberHere(number, NOW)];
  const about = { plugin: '0.1.0', strapi: '5.54.0', node: 'v20.1.0', database: 'sqlite', at: NOW };
  const lines = reportOf(checks, about).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    'WhatsApp plugin 0.1.0, Strapi 5.54.0, Node v20.1.0, sqlite',
    '2026-11-22T12:00:00.000Z',
    '',
    'Plugin',
  ]);
  expect(lines).toContain('Number 1');
  expect(lines.join('\n')).not.toContain('Shop');
});
