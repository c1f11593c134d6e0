import type { MessageReceived } from '../../../../server/src/cloud-api/events';
import { ANA, fixture, fromAna, messagesDelivery, normalise, only, RECEIVED_AT, type Json } from './webhook';

const text = (id: string, named: Json): Json => ({
  id,
  timestamp: '1790000300',
  type: 'text',
  text: { body: id },
  ...named,
});
const senders = (body: Json) => normalise(body).map((event) => (event as MessageReceived).sender);

describe('the sender', () => {
  it('gotcha 15: has no phone when Meta hides it', () => {
    expect(only(fixture('text-phone-hidden'))).toMatchObject({
      kind: 'message.received',
      sender: { phone: null, waId: null, userId: 'IN.77aaBBcc', username: 'ana.p', profileName: 'Ana' },
    });
  });

  it('gotcha 16: a BSUID never becomes a number', () => {
    const body = messagesDelivery({ messages: [text('wamid.1', { from: 'US.1349001349' })] });
    expect(senders(body)).toEqual([
      expect.objectContaining({ phone: null, waId: null, userId: 'US.1349001349' }),
    ]);
  });

  it('gotcha 15: nobody at all is unknown, not a stranger keyed by undefined', () => {
    const body = messagesDelivery({ messages: [text('wamid.1', {}), text('wamid.2', { from: '' })] });
    expect(normalise(body)).toMatchObject([
      { kind: 'unknown', reason: 'message without a sender' },
      { kind: 'unknown', reason: 'message without a sender' },
    ]);
  });

  it('is matched by id, not by position', () => {
    const ben = { profile: { name: 'Ben' }, wa_id: '15550100188', user_id: 'US.ben' };
    const body = messagesDelivery({
      contacts: [ben, ANA],
      messages: [text('wamid.1', { from: ANA.wa_id }), text('wamid.2', { from_user_id: 'US.ben' })],
    });
    expect(senders(body)).toEqual([
      expect.objectContaining({ profileName: 'Ana', phone: '+15550100177' }),
      expect.objectContaining({ profileName: 'Ben', phone: '+15550100188', waId: '15550100188' }),
    ]);
  });

  it('gotcha 22: keeps both spellings when a single contact is spelt differently', () => {
    const body = messagesDelivery({
      contacts: [{ profile: { name: 'Bia' }, wa_id: '5511987654321' }],
      messages: [text('wamid.1', { from: '551187654321' })],
    });
    expect(senders(body)).toEqual([
      expect.objectContaining({ phone: '+551187654321', waId: '5511987654321', profileName: 'Bia' }),
    ]);
  });

  it('a single contact is not given to somebody else of the same delivery', () => {
    const body = messagesDelivery({
      contacts: [ANA],
      messages: [text('wamid.1', { from: ANA.wa_id }), text('wamid.2', { from: '15550100199' })],
    });
    expect(senders(body)[1]).toEqual({
      phone: '+15550100199',
      waId: null,
      userId: null,
      parentUserId: null,
      username: null,
      profileName: null,
    });
  });

  it('a single contact with another BSUID is not the sender', () => {
    const body = messagesDelivery({
      contacts: [ANA],
      messages: [text('wamid.1', { from_user_id: 'US.other' })],
    });
    expect(senders(body)).toEqual([
      expect.objectContaining({ userId: 'US.other', profileName: null, phone: null }),
    ]);
  });

  it('parent BSUIDs come from the message or the contact', () => {
    const contact = { ...ANA, parent_user_id: 'US.ENT.c' };
    const body = (named: Json) =>
      messagesDelivery({ contacts: [contact], messages: [text('wamid.1', { from: ANA.wa_id, ...named })] });
    expect(senders(body({}))).toEqual([expect.objectContaining({ parentUserId: 'US.ENT.c' })]);
    expect(senders(body({ from_parent_user_id: 'US.ENT.m' }))).toEqual([
      expect.objectContaining({ parentUserId: 'US.ENT.m' }),
    ]);
  });

  it.each<[string, Json, Json]>([
    ['contacts missing', {}, { phone: '+15550100177', profileName: null }],
    ['contacts no array', { contacts: { wa_id: '1' } }, { phone: '+15550100177' }],
    ['contacts of rubbish', { contacts: [null, 1, 'x', []] }, { phone: '+15550100177' }],
    ['profile missing', { contacts: [{ wa_id: '15550100177' }] }, { waId: '15550100177', profileName: null }],
    ['profile of rubbish', { contacts: [{ wa_id: '15550100177', profile: 'Ana' }] }, { profileName: null }],
    ['empty name', { contacts: [{ wa_id: '15550100177', profile: { name: '' } }] }, { profileName: null }],
    ['broken BSUID', { contacts: [{ wa_id: '15550100177', user_id: 'us.lower' }] }, { userId: null }],
    [
      'name with NUL',
      { contacts: [{ wa_id: '15550100177', profile: { name: 'A\u0000na' } }] },
      { profileName: 'Ana' },
    ],
  ])('%s', (_name, value, sender) => {
    expect(
      only(messagesDelivery({ ...value, messages: [text('wamid.1', { from: '15550100177' })] })),
    ).toMatchObject({ sender });
  });

  it('a number sent as a JSON number', () => {
    expect(only(fromAna({ ...text('wamid.1', {}), from: 15550100177 }))).toMatchObject({
      sender: { phone: '+15550100177' },
    });
  });

  it('gotcha 23: the business never becomes a contact', () => {
    const own = text('wamid.1', { from: '15550100100' });
    expect(only(messagesDelivery({ messages: [own] }))).toMatchObject({
      kind: 'unknown',
      reason: 'sent by the business itself',
    });
    expect(only(messagesDelivery({ messages: [{ ...own, to: '15550100177' }] }))).toMatchObject({
      kind: 'message.echoed',
      recipient: { phone: '+15550100177' },
    });
  });
});

describe('changes of identity (§6.4)', () => {
  it('gotcha 21: a new number links old and new without contacts[]', () => {
    expect(only(fixture('system-number-change'))).toMatchObject({
      kind: 'identity.changed',
      wamid: 'wamid.S1',
      previous: { phone: '+15550100177', userId: 'US.9x7K2m4P6q8R', parentUserId: 'US.ENT.oldP' },
      current: { phone: '+15550100188', waId: '15550100188', userId: 'US.newB', parentUserId: 'US.ENT.newP' },
      text: 'User A changed from 15550100177 to 15550100188',
    });
  });

  const system = (payload: Json, named: Json = {}) =>
    messagesDelivery({
      messages: [{ id: 'wamid.S', timestamp: '1790000200', type: 'system', ...named, system: payload }],
    });

  it.each<[string, Json, Json]>([
    [
      'a new number before previous ids existed',
      system({ type: 'user_changed_number', wa_id: '15550100188' }, { from: '15550100177' }),
      { previous: { phone: '+15550100177', userId: null }, current: { phone: '+15550100188', userId: null } },
    ],
    [
      'only the BSUID changed, phone hidden',
      system({ type: 'user_changed_user_id', user_id: 'US.new', previous_user_id: 'US.old' }),
      { previous: { phone: null, userId: 'US.old' }, current: { phone: null, userId: 'US.new' } },
    ],
    [
      'only the BSUID changed, phone shown',
      system(
        { type: 'user_changed_user_id', user_id: 'US.new', previous_user_id: 'US.old' },
        { from: '15550100177' },
      ),
      { previous: { phone: '+15550100177' }, current: { phone: '+15550100177', userId: 'US.new' } },
    ],
  ])('%s', (_name, body, expected) => {
    expect(only(body)).toMatchObject({ kind: 'identity.changed', ...expected });
  });

  it.each<[string, Json]>([
    [
      'an identity notice of old',
      { type: 'customer_identity_changed', body: 'Security code changed', identity: 'x' },
    ],
    ['a change to nothing', { type: 'user_changed_number', body: 'changed' }],
    ['an unknown system type', { type: 'sunshine', body: 'line' }],
  ])('%s is a system line that opens nothing', (_name, payload) => {
    expect(only(system(payload, { from: '15550100177' }))).toMatchObject({
      kind: 'message.received',
      type: 'system',
      text: payload.body,
      opensWindow: false,
    });
  });

  it('user_id_update is read although nobody can subscribe to it', () => {
    const element = {
      user_id: { previous: 'US.old', current: 'US.new' },
      wa_id: '15550100177',
      timestamp: 1790000000,
    };
    expect(only(messagesDelivery({ user_id_update: [element] }))).toMatchObject({
      kind: 'identity.changed',
      wamid: null,
      timestamp: 1_790_000_000_000,
      previous: { userId: 'US.old' },
      current: { userId: 'US.new', phone: '+15550100177' },
    });
    expect(only(messagesDelivery({ user_id_update: [{ user_id: {} }] }))).toMatchObject({ kind: 'unknown' });
  });
});

describe('time', () => {
  const at = (timestamp: unknown) => only(fromAna({ timestamp, type: 'text', text: { body: 'x' } }));
  it.each<[string, unknown, number, boolean]>([
    ['seconds as text', '1790000300', 1_790_000_300_000, false],
    ['seconds as a number', 1790000300, 1_790_000_300_000, false],
    ['milliseconds as a number', 1790000300123, 1_790_000_300_123, false],
    ['milliseconds as text', '1790000300123', 1_790_000_300_123, false],
    ['seven days ago', '1789495200', 1_789_495_200_000, false],
    ['a second ahead', RECEIVED_AT / 1000 + 1, RECEIVED_AT, false],
    ['ten minutes ahead', RECEIVED_AT / 1000 + 600, RECEIVED_AT, true],
    ['a century ahead', '4945693987', RECEIVED_AT, true],
    ['zero', 0, RECEIVED_AT, true],
    ['negative', -5, RECEIVED_AT, true],
    ['before WhatsApp', '1000', RECEIVED_AT, true],
    ['words', 'yesterday', RECEIVED_AT, true],
    ['null', null, RECEIVED_AT, true],
    ['an object', { seconds: 1 }, RECEIVED_AT, true],
    ['infinite', '1e999', RECEIVED_AT, true],
    ['missing', undefined, RECEIVED_AT, false],
  ])('%s', (_name, given, timestamp, suspect) => {
    expect(at(given).timestamp).toBe(timestamp);
    expect(at(given).clockSuspect ?? false).toBe(suspect);
  });
});
