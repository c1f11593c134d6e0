import { fixture, messagesDelivery, normalise, RECEIVED_AT, type Json } from './webhook';

const ROUNDS = 2000;
const SEED = Number(process.env.MUTATION_SEED ?? 20261122);

/** mulberry32: small, seedable, good enough to pick mutations. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FIXTURES = [
  'text',
  'text-phone-hidden',
  'batch-mixed',
  'status-delivered',
  'status-failed',
  'system-number-change',
  'edit',
  'revoke',
  'unsupported-poll',
  'order',
  'flow-reply',
  'contact-request-answer',
  'ad-referral',
  'echo',
  'history',
  'history-declined',
  'template-rejected',
  'user-preferences',
  'account-partner-added',
  'value-errors',
  'standby',
  'dashboard-test',
];

/** As JSON text, so that each use is a value of its own. */
const REPLACEMENTS = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '0',
    'text',
    '\u0000',
    '\ud800',
    'x'.repeat(70_000),
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    { id: {} },
    { body: [] },
    'wamid.X',
    'US.abc',
    '15550100177',
    '1790000300',
    '{"a":1}',
  ],
  ...['constructor', '__proto__'],
]
  .map((value) => JSON.stringify(value))
  .concat('{"__proto__":{"x":1}}', '1e999', `${'['.repeat(500)}${']'.repeat(500)}`);

type Spot = { parent: Record<string, unknown> | unknown[]; key: string | number };

function spotsOf(value: unknown, spots: Spot[] = []): Spot[] {
  if (typeof value !== 'object' || value === null) return spots;
  for (const key of Object.keys(value)) {
    spots.push({ parent: value as Record<string, unknown>, key });
    if (spots.length < 5000) spotsOf((value as Record<string, unknown>)[key], spots);
  }
  return spots;
}

function mutate(body: Json, random: () => number): void {
  const spots = spotsOf(body);
  if (spots.length === 0) return;
  const { parent, key } = spots[Math.floor(random() * spots.length)];
  const target = parent as Record<string, unknown>;
  const choice = random();
  if (choice < 0.2) delete target[key as string];
  else if (choice < 0.3) target[key as string] = [target[key as string], target[key as string]];
  else if (choice < 0.4) target[key as string] = { [String(key)]: target[key as string] };
  else if (choice < 0.5) target[key as string] = String(target[key as string]);
  else target[key as string] = JSON.parse(REPLACEMENTS[Math.floor(random() * REPLACEMENTS.length)]);
}

const KINDS = new Set([
  'message.received',
  'message.echoed',
  'status.changed',
  'reaction.changed',
  'message.edited',
  'message.revoked',
  'identity.changed',
  'template.changed',
  'account.changed',
  'preference.changed',
  'unknown',
]);

function problemsOf(event: ReturnType<typeof normalise>[number]): string[] {
  const problems: string[] = [];
  if (!KINDS.has(event.kind)) problems.push(`kind ${event.kind}`);
  if (!Number.isSafeInteger(event.timestamp) || event.timestamp > RECEIVED_AT)
    problems.push(`timestamp ${event.timestamp}`);
  const stored = JSON.stringify(event);
  if (/\\u0000|\\ud[89a-f]/i.test(stored)) problems.push('text that PostgreSQL refuses');
  if (
    'wamid' in event &&
    event.wamid !== null &&
    (typeof event.wamid !== 'string' || event.wamid.length > 255)
  )
    problems.push('wamid');
  if ('text' in event && (typeof event.text !== 'string' || event.text.length > 65_536))
    problems.push('text');
  return problems;
}

it(`${ROUNDS} random mutations (seed ${SEED}, set MUTATION_SEED to change) never throw and always give storable events`, () => {
  const random = randomOf(SEED);
  const texts = FIXTURES.map((name) => JSON.stringify(fixture(name)));
  for (let round = 0; round < ROUNDS; round += 1) {
    const body = JSON.parse(texts[round % texts.length]) as Json;
    for (let n = 1 + Math.floor(random() * 4); n > 0; n -= 1) mutate(body, random);
    // Through text again: only what JSON can say arrives.
    const events = normalise(JSON.parse(JSON.stringify(body)));
    const problems = events.flatMap(problemsOf);
    if (problems.length > 0) throw new Error(`seed ${SEED}, round ${round}: ${problems.join(', ')}`);
  }
});

it('reads ten times as many messages in about ten times the work, not a hundred times', () => {
  const bodyOf = (count: number) =>
    messagesDelivery({
      contacts: Array.from({ length: count }, (_, i) => ({ wa_id: String(15550200000 + i) })),
      messages: Array.from({ length: count }, (_, i) => ({
        from: String(15550200000 + i),
        id: `wamid.${i}`,
        timestamp: '1790000300',
        type: 'text',
        text: { body: `hello ${i}` },
      })),
    });
  /** How many fields of the body are looked at: work that no busy machine changes. */
  const readsOf = (count: number): number => {
    let reads = 0;
    const watched = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(from, key) {
          reads += 1;
          const value: unknown = Reflect.get(from, key);
          return typeof value === 'object' && value !== null ? watched(value) : value;
        },
      });
    expect(normalise(watched(bodyOf(count)))).toHaveLength(count);
    return reads;
  };
  expect(readsOf(1000)).toBeLessThan(readsOf(100) * 15);
});
