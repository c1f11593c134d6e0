import { bestText } from '../../../../server/src/cloud-api/normalise';
import {
  ANA,
  ANA_IDENTITY,
  fixture,
  fromAna,
  messagesDelivery,
  NUMBER,
  only,
  normalise,
  WABA,
} from './webhook';

describe('a text message', () => {
  it('carries routing, sender, time and text', () => {
    expect(only(fixture('text'))).toMatchObject({
      kind: 'message.received',
      wabaId: WABA,
      phoneNumberId: NUMBER,
      field: 'messages',
      timestamp: 1_790_000_300_000,
      wamid: 'wamid.IN1',
      type: 'text',
      text: 'Hello 👋 café',
      content: {},
      media: null,
      replyTo: null,
      groupId: null,
      sender: ANA_IDENTITY,
      opensWindow: true,
    });
  });

  it('keeps the element as Meta sent it', () => {
    const body = fixture('text') as { entry: { changes: { value: { messages: unknown[] } }[] }[] };
    expect(only(body)).toMatchObject({ raw: body.entry[0].changes[0].value.messages[0] });
  });

  it('of blanks only stays what it is', () => {
    expect(only(fromAna({ type: 'text', text: { body: '  ' } }))).toMatchObject({ type: 'text', text: '  ' });
  });

  it('is cut at 65,536 characters', () => {
    const event = only(fromAna({ type: 'text', text: { body: 'x'.repeat(1_000_000) } }));
    expect((event as { text: string }).text).toHaveLength(65_536);
  });

  it('loses NUL and lone surrogates, in the raw element too', () => {
    const event = only(fromAna({ type: 'text', text: { body: 'a\u0000b\ud83d' } }));
    expect(event).toMatchObject({ text: 'ab\ufffd', raw: { text: { body: 'ab\ufffd' } } });
  });
});

describe('every type of message (§7.1)', () => {
  const image = {
    id: '9001',
    mime_type: 'image/jpeg',
    sha256: 'aGFzaA==',
    url: 'https://lookaside.fbsbx.com/x',
  };
  it.each<[string, object, object]>([
    [
      'image',
      { type: 'image', image: { ...image, caption: 'Look' } },
      {
        type: 'image',
        text: 'Look',
        content: { caption: 'Look' },
        media: {
          id: '9001',
          mimeType: 'image/jpeg',
          sha256: 'aGFzaA==',
          fileName: null,
          size: null,
          url: image.url,
        },
      },
    ],
    [
      'image without caption or url',
      { type: 'image', image: { id: 9001 } },
      { text: '', media: { id: '9001', url: null } },
    ],
    [
      'video',
      { type: 'video', video: { id: '2', caption: 'Clip' } },
      { type: 'video', text: 'Clip', media: { id: '2' } },
    ],
    [
      'audio file',
      { type: 'audio', audio: { id: '3', mime_type: 'audio/mpeg', voice: false } },
      { type: 'audio', text: '', media: { mimeType: 'audio/mpeg' } },
    ],
    [
      'voice note',
      { type: 'audio', audio: { id: '3', mime_type: 'audio/ogg; codecs=opus', voice: true } },
      { type: 'voice', text: '', media: { mimeType: 'audio/ogg; codecs=opus' } },
    ],
    [
      'document',
      { type: 'document', document: { id: '4', filename: 'offer.pdf', caption: 'The offer' } },
      { type: 'document', text: 'The offer', media: { fileName: 'offer.pdf' } },
    ],
    [
      'sticker',
      { type: 'sticker', sticker: { id: '5', animated: true } },
      { type: 'sticker', text: '', content: { animated: true } },
    ],
    [
      'media that cannot be downloaded',
      {
        type: 'image',
        image: { mime_type: 'image/jpeg' },
        errors: [{ code: 131052, title: 'Media download error' }],
      },
      { type: 'image', media: null, content: { errors: [{ code: 131052, title: 'Media download error' }] } },
    ],
    [
      'media whose payload is missing altogether',
      { type: 'image', errors: [{ code: 131052 }] },
      { type: 'image', media: null, content: { errors: [{ code: 131052 }] } },
    ],
    [
      'named location',
      {
        type: 'location',
        location: {
          latitude: 12.97,
          longitude: 77.59,
          name: 'Office',
          address: 'Main St 1',
          url: 'https://x.org',
        },
      },
      {
        type: 'location',
        text: 'Office, Main St 1',
        content: { latitude: 12.97, longitude: 77.59, name: 'Office' },
      },
    ],
    [
      'bare location, numbers as text',
      { type: 'location', location: { latitude: '12.97', longitude: '77.59' } },
      { type: 'location', text: '12.97, 77.59', content: { latitude: 12.97, longitude: 77.59 } },
    ],
    [
      'contact cards',
      {
        type: 'contacts',
        contacts: [
          {
            name: { formatted_name: 'Cem Y' },
            phones: [{ phone: '+90 532', wa_id: '90532', type: 'CELL' }],
            emails: [{ email: 'c@x.org' }],
            addresses: [{ street: 'A 1', city: 'Izmir' }],
            org: { company: 'Acme' },
            urls: [{ url: 'https://x.org' }],
          },
          { org: { company: 'NoName Ltd' } },
          { phones: [{ phone: '+49 30 1' }] },
          {},
        ],
      },
      {
        type: 'contacts',
        text: 'Cem Y, NoName Ltd, +49 30 1',
        content: {
          contacts: [
            {
              name: 'Cem Y',
              phones: [{ phone: '+90 532', waId: '90532', type: 'CELL' }],
              emails: [{ email: 'c@x.org', type: null }],
              addresses: ['A 1, Izmir'],
              company: 'Acme',
              urls: ['https://x.org'],
            },
            { name: 'NoName Ltd', phones: [] },
            { name: '+49 30 1' },
            { name: null },
          ],
        },
      },
    ],
    [
      'template button',
      {
        type: 'button',
        button: { payload: 'opt:stop', text: 'Stop promotions' },
        context: { id: 'wamid.OUT5' },
      },
      {
        type: 'button',
        text: 'Stop promotions',
        content: { payload: 'opt:stop', title: 'Stop promotions' },
        replyTo: 'wamid.OUT5',
      },
    ],
    ['template button without label', { type: 'button', button: { payload: 'p' } }, { text: 'p' }],
    [
      'reply button',
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } },
      },
      { type: 'interactive', text: 'Yes', content: { kind: 'button_reply', id: 'b1', title: 'Yes' } },
    ],
    [
      'list row',
      {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'One', description: 'First' } },
      },
      { text: 'One', content: { kind: 'list_reply', id: 'r1', title: 'One', description: 'First' } },
    ],
    [
      'address form',
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: {
            name: 'address_message',
            body: 'Ana\n12 Road',
            response_json: '{"values":{"city":"Pune"}}',
          },
        },
      },
      {
        text: 'Ana\n12 Road',
        content: { kind: 'nfm_reply', name: 'address_message', response: { values: { city: 'Pune' } } },
      },
    ],
    [
      'call permission',
      {
        type: 'interactive',
        interactive: {
          type: 'call_permission_reply',
          call_permission_reply: {
            response: 'accept',
            is_permanent: false,
            expiration_timestamp: 1790604800,
            response_source: 'user_action',
          },
        },
      },
      {
        text: '',
        content: {
          kind: 'call_permission_reply',
          response: 'accept',
          permanent: false,
          expiresAt: 1_790_604_800_000,
          source: 'user_action',
        },
      },
    ],
    [
      'product card',
      {
        type: 'interactive',
        interactive: { type: 'product', action: { catalog_id: '777', product_retailer_id: 'SKU-1' } },
      },
      {
        type: 'interactive',
        text: '',
        content: { kind: 'product', catalogId: '777', productRetailerId: 'SKU-1' },
      },
    ],
    [
      'interactive of a kind to come',
      { type: 'interactive', interactive: { type: 'hologram' } },
      { text: '', content: { kind: 'hologram' } },
    ],
    [
      'product enquiry',
      {
        type: 'text',
        text: { body: 'This one?' },
        context: { id: 'wamid.OUT6', referred_product: { catalog_id: '777', product_retailer_id: 'SKU-1' } },
      },
      {
        replyTo: 'wamid.OUT6',
        content: { referredProduct: { catalogId: '777', productRetailerId: 'SKU-1' } },
      },
    ],
    [
      'forwarded',
      { type: 'text', text: { body: 'x' }, context: { forwarded: true } },
      { replyTo: null, content: { forwarded: true } },
    ],
    [
      'frequently forwarded',
      { type: 'text', text: { body: 'x' }, context: { frequently_forwarded: true } },
      { content: { forwarded: true, frequentlyForwarded: true } },
    ],
    [
      'group message',
      { type: 'text', text: { body: 'x' }, group_id: 'Y2FwaV9n' },
      { groupId: 'Y2FwaV9n', sender: ANA_IDENTITY },
    ],
    ['message whose type is missing', { text: { body: 'still text' } }, { type: 'text', text: 'still text' }],
    [
      'undocumented extra keys',
      { type: 'text', text: { body: 'x' }, from_logical_id: '1' },
      { type: 'text', text: 'x' },
    ],
  ])('%s', (_name, message, expected) => {
    expect(only(fromAna(message as Record<string, unknown>))).toMatchObject({
      kind: 'message.received',
      opensWindow: true,
      ...expected,
    });
  });

  it('order: exact totals in decimals', () => {
    expect(only(fixture('order'))).toMatchObject({
      type: 'order',
      text: 'Please deliver today',
      content: {
        catalogId: '777',
        order: { total: 30.3, currency: 'USD', items: [{ quantity: 3, price: 0.1 }, { quantity: 1 }] },
      },
    });
  });

  it('order: mixed currencies are summed apart', () => {
    const product_items = [
      { product_retailer_id: 'a', quantity: '2', item_price: '1.10', currency: 'USD' },
      { product_retailer_id: 'b', quantity: 1, item_price: 5, currency: 'EUR' },
    ];
    expect(only(fromAna({ type: 'order', order: { product_items } }))).toMatchObject({
      content: {
        order: {
          total: null,
          currency: null,
          totals: [
            { currency: 'USD', total: 2.2 },
            { currency: 'EUR', total: 5 },
          ],
        },
      },
    });
  });

  it('flow answer: the parsed form and the message it answers', () => {
    expect(only(fixture('flow-reply'))).toMatchObject({
      type: 'interactive',
      text: 'Sent',
      replyTo: 'wamid.OUT9',
      content: { kind: 'nfm_reply', name: 'flow', response: { flow_token: 't1', day: '2026-11-24' } },
    });
  });

  it('ad referral: kept for attribution', () => {
    expect(only(fixture('ad-referral'))).toMatchObject({
      text: 'Is this available?',
      content: {
        referral: {
          sourceType: 'ad',
          sourceId: '1202',
          ctwaClid: 'ARx1',
          welcomeText: 'Hi, how can we help?',
        },
      },
    });
  });

  it('answer to a contact request: the sender is the only contact', () => {
    expect(only(fixture('contact-request-answer'))).toMatchObject({
      kind: 'message.received',
      sender: { userId: 'IN.77aaBBcc', phone: null, profileName: 'Ana' },
      content: { origin: 'contact_request', contacts: [{ phones: [{ waId: '15550100177' }] }] },
    });
  });

  it('request_welcome: opens the window without being anything that somebody said', () => {
    expect(only(fromAna({ type: 'request_welcome' }))).toMatchObject({
      kind: 'message.received',
      type: 'system',
      text: '',
      content: { event: 'request_welcome' },
      isUtterance: false,
      opensWindow: true,
    });
  });
});

describe('what cannot be shown', () => {
  it.each<[string, object, object]>([
    ['an unknown type', { type: 'hologram', hologram: {} }, { originalType: 'hologram' }],
    ['unsupported without its object', { type: 'unsupported' }, { originalType: 'unsupported' }],
    ['a text without body', { type: 'text', text: {} }, { originalType: 'text' }],
    ['a text that is no object', { type: 'text', text: 'hello' }, { originalType: 'text' }],
    ['a text in an array', { type: 'text', text: [{ body: 'x' }] }, { originalType: 'text' }],
    ['an order without payload', { type: 'order' }, { originalType: 'order' }],
    ['contacts as an object', { type: 'contacts', contacts: {} }, { originalType: 'contacts' }],
    [
      'a type named like a property of every object',
      { type: 'constructor' },
      { originalType: 'constructor' },
    ],
    ['no type at all', {}, {}],
  ])('%s becomes unsupported and still opens the window', (_name, message, content) => {
    expect(only(fromAna(message as Record<string, unknown>))).toMatchObject({
      kind: 'message.received',
      type: 'unsupported',
      text: '',
      content,
      opensWindow: true,
    });
  });

  it('keeps the kind and the reason of an unsupported message', () => {
    expect(only(fixture('unsupported-poll'))).toMatchObject({
      type: 'unsupported',
      content: {
        unsupportedType: 'poll_creation',
        errors: [{ code: 131051, details: 'Message type is currently not supported.' }],
      },
    });
  });
});

describe('reactions, edits and revocations', () => {
  it('a reaction', () => {
    expect(
      only(fromAna({ type: 'reaction', reaction: { message_id: 'wamid.OUT1', emoji: '👍' } })),
    ).toMatchObject({
      kind: 'reaction.changed',
      wamid: 'wamid.T1',
      targetWamid: 'wamid.OUT1',
      emoji: '👍',
      from: 'contact',
      sender: ANA_IDENTITY,
    });
  });

  it.each([
    ['missing', { message_id: 'wamid.OUT1' }],
    ['empty', { message_id: 'wamid.OUT1', emoji: '' }],
    ['null', { message_id: 'wamid.OUT1', emoji: null }],
  ])('gotcha 34: an emoji that is %s takes the reaction back', (_name, reaction) => {
    expect(only(fromAna({ type: 'reaction', reaction }))).toMatchObject({
      kind: 'reaction.changed',
      emoji: null,
    });
  });

  it('an edit carries the new content and the original', () => {
    expect(only(fixture('edit'))).toMatchObject({
      kind: 'message.edited',
      wamid: 'wamid.E1',
      targetWamid: 'wamid.IN1',
      from: 'contact',
      type: 'text',
      text: 'fixed',
    });
  });

  it('an edited caption carries the media', () => {
    const message = { type: 'image', image: { id: '77', caption: 'new caption' } };
    expect(
      only(fromAna({ type: 'edit', edit: { original_message_id: 'wamid.IN1', message } })),
    ).toMatchObject({
      type: 'image',
      text: 'new caption',
      media: { id: '77' },
    });
  });

  it('a revocation names its target', () => {
    expect(only(fixture('revoke'))).toMatchObject({
      kind: 'message.revoked',
      wamid: 'wamid.R1',
      targetWamid: 'wamid.IN1',
    });
  });

  it.each([
    ['reaction', { type: 'reaction', reaction: {} }],
    ['reaction without payload', { type: 'reaction' }],
    ['edit without original', { type: 'edit', edit: { message: { type: 'text' } } }],
    ['edit without content', { type: 'edit', edit: { original_message_id: 'x' } }],
    ['revoke', { type: 'revoke', revoke: [] }],
  ])('%s without a target is unknown', (_name, message) => {
    expect(only(fromAna(message))).toMatchObject({ kind: 'unknown', phoneNumberId: NUMBER });
  });
});

describe('bestText', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['reaction', { type: 'reaction', reaction: { emoji: '👍' } }, ''],
    ['system', { type: 'system', system: { body: 'x' } }, 'x'],
    ['sticker', { type: 'sticker', sticker: {} }, ''],
    ['unknown', { type: 'toString' }, ''],
    ['caption', { type: 'video', video: { caption: 'c' } }, 'c'],
  ])('%s', (_name, message, text) => {
    expect(bestText(message)).toBe(text);
  });
});

describe('gotchas about content (§30)', () => {
  it('gotcha 8: every message of every change of every entry is read', () => {
    const events = normalise(fixture('batch-mixed'));
    expect(events.map((event) => ('wamid' in event ? event.wamid : event.kind))).toEqual([
      'wamid.B1',
      'wamid.B2',
      'wamid.OUT1',
      'wamid.B3',
      'wamid.B4',
    ]);
    expect(events[4]).toMatchObject({ wabaId: '555001000000009', phoneNumberId: '555002000000009' });
  });

  it('gotcha 9: one bad item leaves its neighbours alone', () => {
    const good = {
      from: '15550100177',
      id: 'wamid.OK',
      timestamp: '1790000300',
      type: 'text',
      text: { body: 'ok' },
    };
    const events = normalise(
      messagesDelivery({
        contacts: [ANA],
        messages: [null, { ...good, type: 'reaction' }, 7, [], good, { ...good, id: undefined }],
      }),
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'message.received',
      'unknown',
    ]);
  });

  it('gotcha 9: messages come before statuses of the same change', () => {
    const events = normalise(
      messagesDelivery({
        statuses: [{ id: 'wamid.S', status: 'read', timestamp: '1790000300' }],
        contacts: [ANA],
        messages: [
          { from: ANA.wa_id, id: 'wamid.M', timestamp: '1790000300', type: 'text', text: { body: 'x' } },
        ],
      }),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['message.received', 'status.changed']);
  });

  it('gotcha 11: routing key is metadata.phone_number_id; a message without it is not guessed', () => {
    const body = fromAna({ type: 'text', text: { body: 'x' } }) as {
      entry: { changes: { value: { metadata: object } }[] }[];
    };
    body.entry[0].changes[0].value.metadata = { display_phone_number: '15550100100' };
    expect(only(body)).toMatchObject({ kind: 'unknown', phoneNumberId: null });
  });

  it('gotcha 14: a dashboard test is told apart', () => {
    expect(only(fixture('dashboard-test'))).toMatchObject({
      kind: 'unknown',
      reason: 'dashboard-test',
      wabaId: '0',
    });
  });

  it('gotcha 36: the label of a tapped button is its text', () => {
    expect(
      only(fromAna({ type: 'button', button: { text: 'Stop promotions', payload: 'x' } })),
    ).toMatchObject({ text: 'Stop promotions' });
  });

  it.each(['{not json', '"text"', '[1]', 'null', '', '{"a":"\\u0000"}'])(
    'gotcha 37: response_json %j does not throw',
    (response_json) => {
      const event = only(
        fromAna({
          type: 'interactive',
          interactive: { type: 'nfm_reply', nfm_reply: { body: 'Sent', response_json } },
        }),
      );
      expect(event).toMatchObject({ kind: 'message.received', text: 'Sent' });
      expect(JSON.stringify(event)).not.toContain('\\u0000"}}');
    },
  );

  it('gotcha 44: edit and revoke are no messages of their own', () => {
    for (const name of ['edit', 'revoke']) expect(only(fixture(name)).kind).not.toBe('message.received');
  });

  it('wamids keep their case and may be long', () => {
    const wamid = `wamid.HBgL${'aBcD'.repeat(50)}`;
    expect(only(fromAna({ id: wamid, type: 'text', text: { body: 'x' } }))).toMatchObject({ wamid });
    expect(only(fromAna({ id: 'x'.repeat(256), type: 'text', text: { body: 'x' } }))).toMatchObject({
      kind: 'unknown',
    });
  });
});
