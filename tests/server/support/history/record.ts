/** Collects the history of a fault run: what callers were answered, and what the simulator saw. */
import type { Knex } from 'knex';
import type { Simulator } from '../../../../simulator/src';
import type { End, Fact, Status } from './check';

interface Payload {
  entry: {
    changes: { value: { messages?: { id: string }[]; statuses?: { id: string; status: Status }[] } }[];
  }[];
}

const valuesOf = (payload: unknown) =>
  // Null for bytes that were posted as they are: nothing is known of them.
  ((payload ?? { entry: [] }) as Payload).entry.flatMap(({ changes }) => changes.map(({ value }) => value));

/** Facts of the simulator; it sees every posting and every answer to it. */
const simulatorFacts = (simulator: Simulator): Fact[] => {
  const facts: Fact[] = [];
  for (const { payload, status } of simulator.webhooks) {
    const values = valuesOf(payload);
    const wamids = values.flatMap(({ messages = [] }) => messages.map(({ id }) => id));
    wamids.forEach((wamid) => facts.push({ kind: 'posted', wamid }));
    const statuses = values.flatMap(({ statuses: list = [] }) =>
      list.map((element) => ({ wamid: element.id, status: element.status })),
    );
    if (status === 200) facts.push({ kind: 'acknowledged', wamids, statuses });
  }
  for (const { opaque, wamid } of simulator.accepted)
    facts.push({ kind: 'accepted', sendKey: opaque ?? '', wamid });
  return facts;
};

/** What the tables say; read past the plugin, also while nobody runs. */
export const readEnd = async (database: Knex): Promise<End> => {
  const messages = (await database('whatsapp_messages').orderBy('id')) as Record<string, unknown>[];
  const conversations = (await database('whatsapp_conversations')) as Record<string, unknown>[];
  const text = (value: unknown): string | null =>
    value === null || value === undefined ? null : String(value);
  return {
    messages: messages.map((row) => ({
      id: String(row.id),
      direction: row.direction as 'inbound',
      wamid: text(row.wamid),
      clientKey: text(row.client_key),
      sendKey: text(row.send_key),
      status: String(row.delivery_status),
      conversationId: String(row.conversation_id),
    })),
    conversations: conversations.map((row) => ({ id: String(row.id), unread: Number(row.unread_count) })),
  };
};

export interface History {
  promised(clientKey: string, messageId: string): void;
  unpromised(clientKey: string): void;
  /** Together with what the simulator saw. */
  facts(): Fact[];
}

export const createHistory = (simulator: Simulator): History => {
  const facts: Fact[] = [];
  return {
    promised: (clientKey, messageId) => facts.push({ kind: 'promised', clientKey, messageId }),
    unpromised: (clientKey) => facts.push({ kind: 'unpromised', clientKey }),
    facts: () => [...facts, ...simulatorFacts(simulator)],
  };
};
