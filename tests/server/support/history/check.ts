/**
 * What must hold at the end of any fault run, decided from the recorded history alone (performance: one checker, pure, so
 * that bad histories can be shown to it). Names of the rules are the words of a failure.
 */

/** A fact that somebody outside of the plugin saw, in the order in which it was seen. */
export type Fact =
  /** Meta posted a customer's message. */
  | { kind: 'posted'; wamid: string }
  /** Our webhook answered 200 to a posting with these messages and statuses in it. */
  | { kind: 'acknowledged'; wamids: string[]; statuses: { wamid: string; status: Status }[] }
  /** The API answered 202 for this client key. */
  | { kind: 'promised'; clientKey: string; messageId: string }
  /** The API answered something else, or nothing: the caller was promised nothing. */
  | { kind: 'unpromised'; clientKey: string }
  /** Meta took a send, whether or not its answer arrived. `sendKey` is `biz_opaque_callback_data`. */
  | { kind: 'accepted'; sendKey: string; wamid: string };

export type Status = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** The tables at the end, when nothing is under way any more. */
export interface End {
  messages: {
    id: string;
    direction: 'inbound' | 'outbound';
    wamid: string | null;
    clientKey: string | null;
    /** As sent to Meta; null before the first attempt. */
    sendKey: string | null;
    status: string;
    conversationId: string;
  }[];
  conversations: { id: string; unread: number }[];
}

export interface Violation {
  rule: string;
  about: string;
}

/** Order of evidence: what was told later in this list wins, whenever it was told. */
const ORDER = ['accepted', 'sent', 'failed', 'delivered', 'read', 'played'];
const UNDER_WAY = ['queued', 'sending'];

const of = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] =>
  facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

const broken = (rule: string, about: readonly string[]): Violation[] =>
  about.map((what) => ({ rule, about: what }));

const received = (facts: readonly Fact[], { messages }: End): Violation[] => {
  const stored = messages.filter(({ direction }) => direction === 'inbound').map(({ wamid }) => wamid ?? '');
  const known = new Set(stored);
  const posted = new Set(of(facts, 'posted').map(({ wamid }) => wamid));
  const acknowledged = of(facts, 'acknowledged').flatMap(({ wamids }) => wamids);
  return [
    ...broken(
      'what was answered 200 is stored',
      [...new Set(acknowledged)].filter((wamid) => !known.has(wamid)),
    ),
    ...broken('a message is stored once', repeated(stored)),
    ...broken(
      'nothing is stored that nobody wrote',
      stored.filter((wamid) => !posted.has(wamid)),
    ),
  ];
};

const counted = ({ messages, conversations }: End): Violation[] =>
  broken(
    'unread is the number of messages that came',
    conversations
      .filter(
        ({ id, unread }) =>
          unread !==
          messages.filter((row) => row.conversationId === id && row.direction === 'inbound').length,
      )
      .map(({ id }) => id),
  );

const promised = (facts: readonly Fact[], { messages }: End): Violation[] => {
  const byId = new Map(messages.map((row) => [row.id, row]));
  const promises = of(facts, 'promised');
  return [
    ...broken(
      'what was promised is there',
      promises.filter((p) => byId.get(p.messageId)?.clientKey !== p.clientKey).map((p) => p.clientKey),
    ),
    ...broken(
      'one client key is one message',
      repeated(messages.flatMap(({ clientKey }) => clientKey ?? [])),
    ),
    ...broken(
      'nothing stays under way',
      messages.filter(({ status }) => UNDER_WAY.includes(status)).map(({ id }) => id),
    ),
  ];
};

/** What is known of a send from outside: taken by Meta, and told by statuses that we answered 200. */
const evidenceOf = (facts: readonly Fact[], wamid: string): string[] =>
  of(facts, 'acknowledged').flatMap(({ statuses }) =>
    statuses.filter((status) => status.wamid === wamid).map(({ status }) => status as string),
  );

const sent = (facts: readonly Fact[], { messages }: End): Violation[] => {
  const accepts = of(facts, 'accepted');
  const outbound = messages.filter(({ direction }) => direction === 'outbound');
  const violations = broken('Meta takes a message once', repeated(accepts.map(({ sendKey }) => sendKey)));
  for (const row of outbound) {
    const accepted = accepts.find(({ sendKey }) => sendKey === row.sendKey);
    const told = accepted ? evidenceOf(facts, accepted.wamid) : [];
    const expected = ORDER.filter((status) => told.includes(status)).at(-1);
    if (expected && row.status !== expected)
      violations.push({
        rule: 'a state is the highest that was told',
        about: `${row.id}: ${row.status}, told ${expected}`,
      });
    if (!accepted && ['accepted', 'sent', 'delivered', 'read', 'played'].includes(row.status))
      violations.push({ rule: 'no state without Meta', about: `${row.id}: ${row.status}` });
    if (accepted && !expected && ['failed', 'cancelled'].includes(row.status))
      violations.push({ rule: 'what Meta took has not failed by itself', about: `${row.id}: ${row.status}` });
    if (accepted && row.wamid !== null && row.wamid !== accepted.wamid)
      violations.push({ rule: 'the wamid is the one that Meta gave', about: row.id });
  }
  const known = new Set(outbound.flatMap(({ sendKey }) => sendKey ?? []));
  return [
    ...violations,
    ...broken(
      'Meta takes nothing that is not written down',
      accepts.filter(({ sendKey }) => !known.has(sendKey)).map(({ sendKey }) => sendKey),
    ),
  ];
};

/** All that is wrong; empty when everything holds. */
export const checkHistory = (facts: readonly Fact[], end: End): Violation[] => [
  ...received(facts, end),
  ...counted(end),
  ...promised(facts, end),
  ...sent(facts, end),
];
