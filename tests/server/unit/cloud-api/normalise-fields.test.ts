import {
  delivery,
  fixture,
  messagesDelivery,
  NUMBER,
  normalise,
  only,
  RECEIVED_AT,
  statusOf,
  WABA,
  type Json,
} from './webhook';

describe('statuses (§8)', () => {
  it('carry evidence, recipient, our own key and pricing', () => {
    expect(only(fixture('status-delivered'))).toMatchObject({
      kind: 'status.changed',
      phoneNumberId: NUMBER,
      wamid: 'wamid.OUT1',
      status: 'delivered',
      timestamp: 1_790_000_400_000,
      recipient: {
        phone: '+15550100177',
        userId: 'US.9x7K2m4P6q8R',
        parentUserId: 'US.ENT.p',
        username: 'ana.p',
      },
      groupId: null,
      opaque: 'msg:42',
      error: null,
      pricing: { billable: true, model: 'PMP', type: 'regular', category: 'marketing' },
    });
  });

  it('gotcha 28: failed carries the reason', () => {
    expect(only(fixture('status-failed'))).toMatchObject({
      status: 'failed',
      opaque: 'msg:43',
      error: {
        code: 131047,
        title: 'Re-engagement message',
        details: expect.stringContaining('24 hours') as string,
      },
      pricing: null,
    });
  });

  it('gotcha 33: payment states are no delivery states', () => {
    expect(only(fixture('status-payment'))).toMatchObject({ kind: 'unknown', reason: 'payment status' });
  });

  it('gotcha 9: no contacts, no profile, no recipient', () => {
    expect(only(messagesDelivery({ statuses: [{ id: 'w', status: 'failed' }] }))).toMatchObject({
      kind: 'status.changed',
      status: 'failed',
      error: null,
      recipient: { phone: null, waId: null, userId: null },
    });
  });

  it.each(['sent', 'delivered', 'read', 'played', 'failed'])('%s is evidence', (status) => {
    expect(only(statusOf({ status }))).toMatchObject({ kind: 'status.changed', status });
  });

  it.each(['deleted', 'warning', 'teleported', '', undefined, 7, null])(
    'status %j is kept as unknown',
    (status) => {
      expect(only(statusOf({ status }))).toMatchObject({ kind: 'unknown' });
    },
  );

  it.each<[string, Json, Json]>([
    [
      'the other spelling of the parent id',
      { parent_recipient_user_id: 'US.ENT.q' },
      { recipient: { parentUserId: 'US.ENT.q' } },
    ],
    [
      'an error code as text',
      { status: 'failed', errors: [{ code: '131026', title: 'x' }] },
      { error: { code: 131026 } },
    ],
    [
      'an error without code',
      { status: 'failed', errors: [{ title: 'x' }] },
      { error: { code: -1, title: 'x' } },
    ],
    [
      'error_data as text',
      { status: 'failed', errors: [{ code: 1, error_data: 'why' }] },
      { error: { details: 'why' } },
    ],
    ['errors of rubbish', { status: 'failed', errors: [null, 1] }, { error: null }],
    [
      'billable derived from type',
      { pricing: { type: 'free_customer_service' } },
      { pricing: { billable: false, type: 'free_customer_service' } },
    ],
    [
      'the other spelling of a category',
      { pricing: { type: 'regular', category: 'authentication_international' } },
      { pricing: { billable: true, category: 'authentication-international' } },
    ],
    [
      'an unknown category',
      { pricing: { category: 'general_purpose_ai' } },
      { pricing: { category: 'general_purpose_ai' } },
    ],
    [
      'pricing inside the conversation',
      {
        conversation: {
          id: 'c1',
          origin: { type: 'marketing' },
          expiration_timestamp: '1790003600',
          pricing: { type: 'regular' },
        },
      },
      {
        pricing: {
          conversationId: 'c1',
          conversationOrigin: 'marketing',
          conversationExpiresAt: 1_790_003_600_000,
          type: 'regular',
        },
      },
    ],
    [
      'a group send: one status per participant',
      {
        recipient_type: 'group',
        recipient_id: 'Z3JvdXA',
        recipient_participant_id: '15550100188',
        recipient_participant_user_id: 'US.ben',
      },
      { groupId: 'Z3JvdXA', recipient: { phone: '+15550100188', userId: 'US.ben' } },
    ],
    [
      'the other spelling of the participant',
      { recipient_type: 'group', recipient_id: '123456789', participant_recipient_id: '15550100188' },
      { groupId: '123456789', recipient: { phone: '+15550100188' } },
    ],
  ])('%s', (_name, status, expected) => {
    expect(only(statusOf(status))).toMatchObject({ kind: 'status.changed', ...expected });
  });

  it('without id is unknown', () => {
    expect(only(statusOf({ id: null }))).toMatchObject({ kind: 'unknown', reason: 'status without id' });
  });
});

describe('coexistence (§25)', () => {
  it('an echo is outbound to the person', () => {
    expect(only(fixture('echo'))).toMatchObject({
      kind: 'message.echoed',
      field: 'smb_message_echoes',
      wamid: 'wamid.ECHO1',
      text: 'On my way',
      recipient: { phone: '+15550100177', userId: 'US.9x7K2m4P6q8R' },
    });
  });

  it.each<[string, Json, Json]>([
    [
      'edit',
      {
        type: 'edit',
        edit: { original_message_id: 'wamid.X', message: { type: 'text', text: { body: 'n' } } },
      },
      { kind: 'message.edited' },
    ],
    ['revoke', { type: 'revoke', revoke: { original_message_id: 'wamid.X' } }, { kind: 'message.revoked' }],
    [
      'reaction',
      { type: 'reaction', reaction: { message_id: 'wamid.X', emoji: '❤️' } },
      { kind: 'reaction.changed' },
    ],
  ])('an echoed %s is from the business', (_name, message, expected) => {
    const echo = {
      from: '15550100100',
      to: '15550100177',
      id: 'wamid.E',
      timestamp: '1790003000',
      ...message,
    };
    const value = {
      metadata: { display_phone_number: '+1 555-010-0100', phone_number_id: NUMBER },
      message_echoes: [echo],
    };
    expect(only(delivery('smb_message_echoes', value))).toMatchObject({
      ...expected,
      from: 'business',
      targetWamid: 'wamid.X',
      sender: { phone: '+15550100177' },
    });
  });

  it('gotcha 45: history is told by direction, flagged, and opens nothing', () => {
    const events = normalise(fixture('history'));
    expect(events).toMatchObject([
      {
        kind: 'message.received',
        wamid: 'wamid.H1',
        timestamp: 1_789_000_000_000,
        opensWindow: false,
        content: { history: true, historyStatus: 'read' },
        sender: { phone: '+15550100177', userId: 'US.9x7K2m4P6q8R', username: 'ana.p' },
      },
      {
        kind: 'message.echoed',
        wamid: 'wamid.H2',
        content: { history: true, historyStatus: 'delivered' },
        recipient: { phone: '+15550100177' },
      },
      {
        kind: 'message.received',
        type: 'unsupported',
        opensWindow: false,
        content: { history: true, mediaPlaceholder: true },
      },
    ]);
  });

  it('history of a person without phone', () => {
    const thread = {
      context: { user_id: 'US.ana' },
      messages: [
        { id: 'wamid.H', timestamp: 1789000000, from_user_id: 'US.ana', type: 'text', text: { body: 'x' } },
      ],
    };
    const value = {
      metadata: { display_phone_number: '15550100100', phone_number_id: NUMBER },
      history: [{ threads: [thread] }],
    };
    expect(only(delivery('history', value))).toMatchObject({
      kind: 'message.received',
      sender: { phone: null, userId: 'US.ana' },
    });
  });

  it('media that follow later under the same wamid', () => {
    const message = {
      from: '15550100177',
      id: 'wamid.H3',
      timestamp: '1789000120',
      type: 'image',
      image: { id: '88' },
    };
    const value = {
      metadata: { display_phone_number: '15550100100', phone_number_id: NUMBER },
      messages: [message],
    };
    expect(only(delivery('history', value))).toMatchObject({
      kind: 'message.received',
      type: 'image',
      media: { id: '88' },
      opensWindow: false,
      content: { history: true },
    });
  });

  it('declined history is news of the account', () => {
    expect(only(fixture('history-declined'))).toMatchObject({
      kind: 'account.changed',
      value: { errors: [{ code: 2593109 }] },
    });
  });

  it.each<[string, unknown]>([
    ['chunks of rubbish', { history: [1, null] }],
    ['threads no array', { history: [{ threads: {} }] }],
    ['threads of rubbish', { history: [{ threads: ['x'] }] }],
    ['messages of rubbish', { history: [{ threads: [{ messages: [0, 'x'] }] }] }],
    ['nothing', {}],
  ])('history: %s', (_name, value) => {
    const events = normalise(delivery('history', value));
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ kind }) => kind === 'unknown')).toBe(true);
  });

  it('an empty chunk of history says nothing', () => {
    expect(normalise(delivery('history', { history: [{ metadata: { phase: 0 }, threads: [] }] }))).toEqual(
      [],
    );
  });
});

describe('templates, account and preferences', () => {
  it.each([
    [
      'template-rejected',
      { value: { event: 'REJECTED', message_template_id: 1689000000000001 }, timestamp: 1_790_001_000_000 },
    ],
    ['template-quality-mislabelled', { value: { new_quality_score: 'YELLOW' } }],
    [
      'template-category-impending',
      { field: 'template_category_update', value: { correct_category: 'MARKETING' } },
    ],
  ])('%s (gotchas 55–57: the value decides)', (name, expected) => {
    expect(only(fixture(name))).toMatchObject({
      kind: 'template.changed',
      wabaId: WABA,
      phoneNumberId: null,
      ...expected,
    });
  });

  it('rejection_info beside the value is moved inside', () => {
    const change = {
      field: 'message_template_status_update',
      value: { event: 'REJECTED' },
      rejection_info: { reason: 'r' },
    };
    const body = { object: 'whatsapp_business_account', entry: [{ id: WABA, changes: [change] }] };
    expect(only(body)).toMatchObject({ value: { event: 'REJECTED', rejection_info: { reason: 'r' } } });
  });

  it.each([
    [
      'account-restriction',
      { wabaId: WABA, value: { event: 'ACCOUNT_RESTRICTION' }, timestamp: 1_790_004_000_000 },
    ],
    ['account-partner-added', { wabaId: WABA, value: { event: 'PARTNER_ADDED' } }],
    ['number-quality', { phoneNumberId: null, value: { display_phone_number: '15550100100' } }],
    ['value-errors', { phoneNumberId: NUMBER, value: { errors: [{ code: 130429 }] } }],
  ])('%s', (name, expected) => {
    expect(only(fixture(name))).toMatchObject({ kind: 'account.changed', ...expected });
  });

  it('a preference names the person', () => {
    expect(only(fixture('user-preferences'))).toMatchObject({
      kind: 'preference.changed',
      person: { phone: '+15550100177', userId: 'US.9x7K2m4P6q8R' },
      category: 'marketing_messages',
      value: 'stop',
      timestamp: 1_790_002_000_000,
    });
  });

  it.each<[string, Json]>([
    ['another word', { wa_id: '15550100177', value: 'maybe' }],
    ['nobody', { value: 'stop' }],
  ])('a preference of %s is unknown', (_name, preference) => {
    expect(only(delivery('user_preferences', { user_preferences: [preference] }))).toMatchObject({
      kind: 'unknown',
    });
  });
});

describe('other fields', () => {
  it('standby messages are kept and flagged', () => {
    expect(only(fixture('standby'))).toMatchObject({
      kind: 'message.received',
      field: 'standby',
      content: { standby: true },
    });
  });

  it.each([
    'calls',
    'flows',
    'group_lifecycle_update',
    'smb_app_state_sync',
    'messaging_handovers',
    'something_new',
    '',
  ])('field %j is unknown', (field) => {
    expect(only(delivery(field, { a: 1 }))).toMatchObject({ kind: 'unknown', field });
  });

  it('a call keeps its change', () => {
    expect(only(fixture('call'))).toMatchObject({
      kind: 'unknown',
      reason: 'field "calls"',
      raw: { value: { calls: [{ id: 'wacid.1' }] } },
    });
  });

  it('a click on a marketing message names its token and nobody', () => {
    const click = {
      timestamp: '1790000100',
      action_type: 'marketing_messages_link_click',
      marketing_messages_link_click_data: { tracking_token: 'tk1', click_id: 'c1' },
    };
    expect(normalise(messagesDelivery({ user_actions: [click, {}] }))).toMatchObject([
      {
        kind: 'user.acted',
        action: 'marketing_messages_link_click',
        trackingToken: 'tk1',
        clickId: 'c1',
        raw: click,
      },
      { kind: 'unknown', reason: 'user action without a type' },
    ]);
  });

  it('arrays Meta adds to messages are kept one by one', () => {
    expect(normalise(messagesDelivery({ polls: [{ question: 'a' }, 5] }))).toMatchObject([
      { kind: 'unknown', reason: 'unknown array "polls"', raw: { question: 'a' } },
      { kind: 'unknown' },
    ]);
  });
});

describe('bodies of any shape', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['text', 'hello'],
    ['an array', []],
    ['an empty object', {}],
    ['another product', { object: 'page', entry: [] }],
    ['entry an object', { object: 'whatsapp_business_account', entry: {} }],
    ['entries of rubbish', { object: 'whatsapp_business_account', entry: [null] }],
    [
      'an entry without changes',
      { object: 'whatsapp_business_account', entry: [{ id: WABA, messaging: [] }] },
    ],
    ['changes of rubbish', { object: 'whatsapp_business_account', entry: [{ id: WABA, changes: [1] }] }],
    [
      'no value',
      { object: 'whatsapp_business_account', entry: [{ id: WABA, changes: [{ field: 'messages' }] }] },
    ],
    ['value an array', delivery('messages', [])],
    ['messages an object', messagesDelivery({ messages: { id: 'x' } })],
    ['template value text', delivery('message_template_status_update', 'x')],
    ['account value null', delivery('account_update', null)],
    ['preferences empty', delivery('user_preferences', {})],
    ['echoes empty', delivery('smb_message_echoes', {})],
  ])('%s is one unknown event at the time of receipt', (_name, body) => {
    const event = only(body);
    expect(event).toMatchObject({ kind: 'unknown', timestamp: RECEIVED_AT });
    expect((event as { reason: string }).reason).not.toBe('');
  });

  it('an empty delivery says nothing', () => {
    expect(normalise({ object: 'whatsapp_business_account', entry: [] })).toEqual([]);
  });

  it('depth bombs and __proto__ keys', () => {
    const nested = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) as unknown;
    const hostile = JSON.parse('{"__proto__":{"id":"x","polluted":1},"type":"__proto__"}') as Json;
    const events = normalise(
      messagesDelivery({
        contacts: nested,
        messages: [nested, hostile, { id: 'w', from: '15550100177', type: 'text', text: nested }],
      }),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'message.received']);
    expect(() => JSON.stringify(events)).not.toThrow();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('millions of broken elements stay a thousand events', () => {
    const events = normalise(messagesDelivery({ messages: new Array(200_000).fill(0) }));
    expect(events).toHaveLength(1001);
    expect(events[1000]).toMatchObject({ kind: 'unknown', reason: 'more elements were not understood' });
  });
});
