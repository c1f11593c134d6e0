/** The checker of fault runs is shown histories that are wrong in one way each: it has to say so, and nothing else. */
import { checkHistory, type End, type Fact } from '../../support/history/check';

const facts: Fact[] = [
  { kind: 'posted', wamid: 'in1' },
  { kind: 'posted', wamid: 'in2' },
  { kind: 'acknowledged', wamids: ['in1'], statuses: [] },
  { kind: 'promised', clientKey: 'k1', messageId: '10' },
  { kind: 'unpromised', clientKey: 'k2' },
  { kind: 'promised', clientKey: 'k3', messageId: '12' },
  { kind: 'accepted', sendKey: 's1', wamid: 'out1' },
  { kind: 'accepted', sendKey: 's3', wamid: 'out3' },
  {
    kind: 'acknowledged',
    wamids: [],
    statuses: [
      { wamid: 'out1', status: 'delivered' },
      { wamid: 'out1', status: 'sent' },
    ],
  },
];

const row = (over: Partial<End['messages'][number]>): End['messages'][number] => ({
  id: '1',
  direction: 'inbound',
  wamid: null,
  clientKey: null,
  sendKey: null,
  status: 'received',
  conversationId: 'c',
  ...over,
});
const out = (over: Partial<End['messages'][number]>) => row({ direction: 'outbound', ...over });

const good = (): End => ({
  messages: [
    row({ id: '1', wamid: 'in1' }),
    row({ id: '2', wamid: 'in2' }),
    out({ id: '10', wamid: 'out1', clientKey: 'k1', sendKey: 's1', status: 'delivered' }),
    // Nobody heard of it, and Meta's answer got lost.
    out({ id: '12', clientKey: 'k3', sendKey: 's3', status: 'unknown' }),
  ],
  conversations: [{ id: 'c', unread: 2 }],
});

it('finds nothing in a history in which everything holds', () => {
  expect(checkHistory(facts, good())).toEqual([]);
  expect(checkHistory([], { messages: [], conversations: [] })).toEqual([]);
});

const change = (id: string, over: Partial<End['messages'][number]>) => (end: End) => {
  end.messages = end.messages.map((message) => (message.id === id ? { ...message, ...over } : message));
};
const drop = (id: string) => (end: End) => {
  end.messages = end.messages.filter((message) => message.id !== id);
};

it.each<[string, (end: End) => void, Fact[]]>([
  ['what was answered 200 is stored', (end) => (drop('1')(end), (end.conversations[0].unread = 1)), []],
  [
    'a message is stored once',
    (end) => (end.messages.push(row({ id: '3', wamid: 'in1' })), (end.conversations[0].unread = 3)),
    [],
  ],
  ['nothing is stored that nobody wrote', change('2', { wamid: 'in9' }), []],
  ['unread is the number of messages that came', (end) => (end.conversations[0].unread = 4), []],
  ['what was promised is there', drop('10'), []],
  [
    'one client key is one message',
    (end) => end.messages.push(out({ id: '11', clientKey: 'k1', status: 'failed' })),
    [],
  ],
  ['nothing stays under way', change('12', { status: 'queued' }), []],
  ['Meta takes a message once', () => undefined, [{ kind: 'accepted', sendKey: 's1', wamid: 'out9' }]],
  ['a state is the highest that was told', change('10', { status: 'sent' }), []],
  ['no state without Meta', (end) => end.messages.push(out({ id: '13', sendKey: 's9', status: 'sent' })), []],
  ['what Meta took has not failed by itself', change('12', { status: 'failed' }), []],
  ['the wamid is the one that Meta gave', change('10', { wamid: 'out3' }), []],
  [
    'Meta takes nothing that is not written down',
    () => undefined,
    [{ kind: 'accepted', sendKey: 's8', wamid: 'out8' }],
  ],
])('notices when it does not hold: %s', (rule, spoil, more) => {
  const end = good();
  spoil(end);
  const rules = checkHistory([...facts, ...more], end).map((violation) => violation.rule);
  expect(rules).toContain(rule);
  // A row that is gone may break a second rule: what Meta took of it has no row any more.
  expect(rules.length).toBeLessThanOrEqual(2);
});

it('knows that a late "sent" takes nothing back and that "failed" gives way to "delivered"', () => {
  const told: Fact[] = [
    ...facts,
    { kind: 'acknowledged', wamids: [], statuses: [{ wamid: 'out1', status: 'failed' }] },
  ];
  expect(checkHistory(told, good())).toEqual([]);
});
