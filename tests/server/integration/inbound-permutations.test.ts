/** Any order, repetition and batching of what Meta tells ends in the same tables. */
import * as fc from 'fast-check';

import { json, rowsOf, type Row, type Rows } from '../support/rows';
import { setStage, type Stage, type TestNumber } from '../support/stage';
import * as hook from '../support/webhooks';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 12);
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 1_000_000);

let stage: Stage;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

/** One element of a webhook, with the field and the array that it belongs to. */
interface Told {
  field: 'messages' | 'smb_message_echoes' | 'history';
  array: 'messages' | 'statuses' | 'message_echoes' | 'user_actions';
  element: hook.Json;
  contact?: hook.Json;
}

type Step =
  | { do: 'write'; type: 'text' | 'image' | 'location' | 'unknown' }
  | { do: 'echo' }
  | { do: 'import'; state: string }
  | { do: 'placeholder' }
  | { do: 'react'; to: number; emoji: string | null; by: 'contact' | 'business' }
  | { do: 'edit'; of: number; text: string }
  | { do: 'revoke'; of: number }
  | { do: 'status'; of: number; status: string }
  | { do: 'click'; token: string };

const target = fc.nat({ max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      type: fc.constantFrom('text', 'image', 'location', 'unknown'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'echo' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      state: fc.constantFrom('READ', 'DELIVERED', 'PENDING', 'ERROR'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'placeholder' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('react' as const),
      to: target,
      emoji: fc.constantFrom('👍', '❤️', '😂', null),
      by: fc.constantFrom('contact' as const, 'business' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      of: target,
      text: fc.constantFrom('one', 'two', 'three'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), of: target }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('status' as const),
      of: target,
      status: fc.constantFrom('sent', 'delivered', 'read', 'failed'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('click' as const), token: fc.constantFrom('a', 'b') }),
  },
);

interface Story {
  people: { hidden: boolean }[];
  steps: { person: number; sameSecond: boolean; step: Step }[];
}
const story: fc.Arbitrary<Story> = fc.record({
  people: fc.array(fc.record({ hidden: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  steps: fc.array(fc.record({ person: fc.nat({ max: 2 }), sameSecond: fc.boolean(), step }), {
    minLength: 3,
    maxLength: 25,
  }),
});

/** The story as Meta would tell it on one number: ids and times belong to the number's own copy of it. */
const tell = ({ people, steps }: Story, number: TestNumber, copy: string, start: number): Told[] => {
  const persons = people.map(({ hidden }, index) => {
    const digits = `1415${copy.padStart(5, '0')}${index}0`;
    return {
      digits: hidden ? undefined : digits,
      known: digits,
      userId: `US.p${copy}x${index}`,
      name: `P${index}`,
    };
  });
  const own = number.phoneNumber.slice(1);
  const written: { wamid: string; ours: boolean; person: number }[] = [];
  const told: Told[] = [];
  let at = start;
  steps.forEach(({ person: p, sameSecond, step: one }, index) => {
    // Messages of the same second stand in the order of arrival, on purpose; what changes messages may share one.
    if (!sameSecond || !['react', 'edit'].includes(one.do)) at += 1;
    const person = persons[p % persons.length];
    const id = `wamid.${copy}.${index}`;
    const timestamp = String(at);
    const contact = {
      profile: { name: person.name },
      user_id: person.userId,
      ...(person.digits ? { wa_id: person.digits } : {}),
    };
    const inbound = {
      id,
      timestamp,
      from_user_id: person.userId,
      ...(person.digits ? { from: person.digits } : {}),
    };
    const outbound = {
      id,
      timestamp,
      from: own,
      to_user_id: person.userId,
      ...(person.digits ? { to: person.digits } : {}),
    };
    const pick = (n: number) => (written.length === 0 ? null : written[n % written.length]);
    const add = (field: Told['field'], array: Told['array'], element: hook.Json) =>
      told.push({ field, array, element, ...(array === 'messages' ? { contact } : {}) });
    switch (one.do) {
      case 'write': {
        const body = {
          text: { text: { body: `text ${index}` } },
          image: { image: { id: `media${copy}${index}`, mime_type: 'image/png', caption: 'c' } },
          location: { location: { latitude: 1, longitude: 2, name: 'here' } },
          unknown: { hologram: { depth: 3 } },
        }[one.type];
        add('messages', 'messages', {
          ...inbound,
          type: one.type === 'unknown' ? 'hologram' : one.type,
          ...body,
        });
        written.push({ wamid: id, ours: false, person: p });
        break;
      }
      case 'echo':
        add('smb_message_echoes', 'message_echoes', {
          ...outbound,
          type: 'text',
          text: { body: `echo ${index}` },
        });
        written.push({ wamid: id, ours: true, person: p });
        break;
      case 'import':
        add('history', 'message_echoes', {
          ...outbound,
          type: 'text',
          text: { body: `past ${index}` },
          history_context: { status: one.state },
        });
        written.push({ wamid: id, ours: true, person: p });
        break;
      case 'placeholder':
        add('history', 'messages', { ...inbound, type: 'media_placeholder' });
        add('history', 'messages', {
          ...inbound,
          type: 'image',
          image: { id: `late${copy}${index}`, mime_type: 'image/png' },
        });
        break;
      case 'react': {
        const to = pick(one.to);
        if (!to) break;
        const reaction = { message_id: to.wamid, ...(one.emoji === null ? {} : { emoji: one.emoji }) };
        if (one.by === 'contact') add('messages', 'messages', { ...inbound, type: 'reaction', reaction });
        else add('smb_message_echoes', 'message_echoes', { ...outbound, type: 'reaction', reaction });
        break;
      }
      case 'edit': {
        const of = pick(one.of);
        if (!of) break;
        const edit = { original_message_id: of.wamid, message: { type: 'text', text: { body: one.text } } };
        add('messages', 'messages', { ...inbound, type: 'edit', edit });
        break;
      }
      case 'revoke': {
        const of = pick(one.of);
        if (of)
          add('messages', 'messages', {
            ...inbound,
            type: 'revoke',
            revoke: { original_message_id: of.wamid },
          });
        break;
      }
      case 'status': {
        const of = pick(one.of);
        if (!of?.ours) break;
        const recipient = persons[of.person % persons.length];
        add('messages', 'statuses', {
          id: of.wamid,
          status: one.status,
          timestamp,
          // The phone shows up in statuses even of people who hide it in messages.
          recipient_id: recipient.known,
          recipient_user_id: recipient.userId,
          pricing: { pricing_model: 'PMP', type: 'regular', category: 'service' },
          ...(one.status === 'failed' ? { errors: [{ code: 131000 + index, title: 'x' }] } : {}),
        });
        break;
      }
      case 'click':
        add('messages', 'user_actions', {
          timestamp,
          action_type: 'marketing_messages_link_click',
          marketing_messages_link_click_data: { tracking_token: one.token, click_id: `c${copy}` },
        });
    }
  });
  return told;
};

/** Elements into deliveries, as cut by `sizes`; within one, changes per field and arrays per change. */
const deliveries = (told: Told[], number: TestNumber, sizes: number[]): hook.Json[] => {
  const result: hook.Json[] = [];
  for (let start = 0, n = 0; start < told.length; n += 1) {
    const part = told.slice(start, start + (sizes[n % sizes.length] ?? 1));
    start += part.length;
    const changes = part.map(({ field, array, element, contact }) => ({
      ...hook.change(number, { [array]: [element], ...(contact ? { contacts: [contact] } : {}) }),
      field,
    }));
    result.push(hook.delivery(number, ...changes));
  }
  return result;
};

const send = async (number: TestNumber, payload: hook.Json): Promise<void> => {
  const { status } = await hook.post(stage, payload, { secret: number.appSecret });
  expect(status).toBe(200);
};

const MESSAGE = [
  ...['direction', 'message_type', 'text', 'origin', 'written_at', 'delivery_status', 'reply_to_wamid'],
  ...['sent_at', 'delivered_at', 'read_at', 'played_at', 'failed_at', 'edited_at', 'revoked_at'],
  ...['contact_reaction', 'contact_reaction_at', 'business_reaction', 'business_reaction_at'],
];

/** All that the tables say about a number, in terms of the story. */
const stateOf = async (number: TestNumber, copy: string): Promise<unknown> => {
  const neutral = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value ?? null)
        .split(copy)
        .join('#'),
    ) as T;
  const where = { integration_id: Number(number.id) };
  const messages = (await rows.all('messages', where)).map((row) => ({
    wamid: String(row.wamid),
    ...Object.fromEntries(
      MESSAGE.map((column) => [column, row[column] === null ? null : String(row[column])]),
    ),
    content: json<Row>(row.content),
    pricing: json<Row>(row.pricing),
    error: json<Row | null>(row.error)?.code ?? null,
    media: json<{ id?: string } | null>(row.media)?.id ?? null,
  }));
  const aliases = await rows.all('contact_aliases');
  const nameOf = (contact: unknown): string =>
    aliases
      .filter(({ contact_id: id }) => id === contact)
      .map(({ kind, value }) => `${String(kind)}:${String(value)}`)
      .sort()
      .join(' ');
  const keys = new Map((await rows.all('messages', where)).map((row) => [row.document_id, row.wamid]));
  const conversations = await Promise.all(
    (await rows.all('conversations', where)).map(async (row) => {
      const [contact] = await rows.all('contacts', { id: row.contact_id });
      return {
        who: nameOf(row.contact_id),
        unread: row.unread_count,
        windowFrom: row.last_inbound_at === null ? null : Number(row.last_inbound_at),
        last: keys.get(row.last_message_key),
        at: Number(row.last_message_at),
        phone: contact.phone,
        userId: contact.user_id,
        name: contact.profile_name,
      };
    }),
  );
  const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return neutral({
    messages: messages.sort(byText),
    conversations: conversations.sort(byText),
    clicks: (await rows.all('user_actions', where)).map(({ tracking_token: token }) => token).sort(),
    parked: (await rows.all('parked_statuses', where))
      .map(({ wamid, kind }) => `${String(wamid)} ${String(kind)}`)
      .sort(),
  });
};

let copies = 0;
it(`is the same state in any order, repetition and batching (seed ${SEED}, ${RUNS} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(
      story,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
      async (plot, chance, sizes) => {
        const random = (): number => chance.next().value as number;
        const start = Math.floor(Date.now() / 1000) - 3600;
        const [straight, shuffled] = await Promise.all([stage.addNumber(), stage.addNumber()]);
        const [first, second] = [`${(copies += 1)}A`, `${(copies += 1)}B`].map((name) =>
          String(10_000 + Number(name.slice(0, -1))),
        );
        for (const payload of deliveries(tell(plot, straight, first, start), straight, [1])) {
          await send(straight, payload);
        }
        const told = tell(plot, shuffled, second, start);
        const twice = told.filter(() => random() < 0.3);
        const mixed = [...told, ...twice]
          .map((element) => ({ element, key: random() }))
          .sort((a, b) => a.key - b.key)
          .map(({ element }) => element);
        const payloads = deliveries(mixed, shuffled, sizes);
        // Some at once, as Meta's parallel calls come, the others one after the other.
        for (let n = 0; n < payloads.length; n += 2) {
          await Promise.all(payloads.slice(n, n + 2).map((payload) => send(shuffled, payload)));
        }
        expect(await stateOf(shuffled, second)).toEqual(await stateOf(straight, first));
      },
    ),
    { numRuns: RUNS, seed: SEED, endOnFailure: process.env.PROPERTY_SHRINK !== '1' },
  );
}, 240_000);
