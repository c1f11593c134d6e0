import { normaliseWebhook } from '../../../../server/src/cloud-api/normalise';
import { sortUnits, type Unit } from '../../../../server/src/inbound/plan';

const metadata = { display_phone_number: '15550100100', phone_number_id: '55' };
const units = (value: Record<string, unknown>, integrationId = 1, field = 'messages'): Unit[] =>
  normaliseWebhook(
    {
      object: 'whatsapp_business_account',
      entry: [{ id: '9', changes: [{ field, value: { metadata, ...value } }] }],
    },
    1_790_100_000_000,
  ).map((event) => ({ event, route: { integrationId, organizationId: 1 }, receivedAt: 1 }));
const text = (id: string) => ({
  id,
  from: '15550100177',
  timestamp: '1790000000',
  type: 'text',
  text: { body: id },
});
const system = (id: string) => ({
  id,
  from: '15550100177',
  timestamp: '1790000000',
  type: 'system',
  system: { type: 'user_changed_number', wa_id: '15550100188' },
});

describe('events of a drain, sorted', () => {
  it('by what has to be done with them', () => {
    const sorted = sortUnits(
      units({
        messages: [
          text('a'),
          { ...text('b'), type: 'reaction', reaction: { message_id: 'a', emoji: 'x' } },
          { ...text('c'), type: 'revoke', revoke: { original_message_id: 'a' } },
          {
            ...text('d'),
            type: 'edit',
            edit: { original_message_id: 'a', message: { type: 'text', text: { body: 'e' } } },
          },
          system('s'),
        ],
        statuses: [{ id: 'w', status: 'read', timestamp: '1790000000' }],
        user_actions: [{ action_type: 'click', timestamp: '1790000000' }],
      }),
    );
    expect(Object.entries(sorted).map(([name, list]) => [name, list.length])).toEqual([
      ['identities', 1],
      ['messages', 1],
      ['statuses', 1],
      ['targets', 3],
      ['actions', 1],
      ['accounts', 0],
      ['templates', 0],
    ]);
  });

  it('content comes before what only stood in for it, in either order', () => {
    const placeholder = { ...text('a'), type: 'media_placeholder', text: undefined };
    for (const messages of [
      [placeholder, text('a')],
      [text('a'), placeholder],
    ]) {
      expect(sortUnits(units({ messages })).messages.map(({ event }) => event.type)).toEqual(['text']);
    }
  });

  it('one bubble per wamid and number, the first one wins', () => {
    const twice = [
      ...units({ messages: [text('a'), { ...text('a'), text: { body: 'other' } }] }),
      ...units({ messages: [text('a')] }),
    ];
    expect(sortUnits(twice).messages.map(({ event }) => event.text)).toEqual(['a']);
    expect(sortUnits([...twice, ...units({ messages: [text('a')] }, 2)]).messages).toHaveLength(2);
  });

  it('one line per change of number', () => {
    expect(
      sortUnits([...units({ messages: [system('s')] }), ...units({ messages: [system('s')] })]).identities,
    ).toHaveLength(1);
  });

  it('statuses are never dropped: equal ones are equal evidence', () => {
    const status = { id: 'w', status: 'read', timestamp: '1790000000' };
    expect(sortUnits(units({ statuses: [status, status] })).statuses).toHaveLength(2);
  });

  it('news about templates stand apart from threads', () => {
    const { templates, ...rest } = sortUnits(
      units(
        { event: 'APPROVED', message_template_id: 1, message_template_name: 'x' },
        1,
        'message_template_status_update',
      ),
    );
    expect([templates.length, Object.values(rest).flat()]).toEqual([1, []]);
  });

  it('what is only for the log takes no part', () => {
    expect(Object.values(sortUnits(units({ some: 'thing' }, 1, 'calls'))).flat()).toEqual([]);
  });

  it('the same wamid on two numbers is two messages', () => {
    const both = [...units({ messages: [text('a')] }), ...units({ messages: [text('a'), text('a')] }, 2)];
    expect(sortUnits(both).messages.map(({ route }) => route.integrationId)).toEqual([1, 2]);
  });
});
