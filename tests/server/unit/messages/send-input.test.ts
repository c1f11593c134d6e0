import { sendInput } from '../../../../server/src/messages/send-input';
import { toCommand } from '../../../../server/src/messages/to-command';
import { WhatsAppError } from '../../../../server/src/errors';
import { messagePayload } from '../../../../server/src/cloud-api/payloads';
import { compose } from '../../../../server/src/outbound/compose';
import type { OutgoingContent } from '../../../../server/src/outbound/contract';

const WHO = { scope: { organizationId: 1 }, origin: 'api' as const, author: null };

type Body = Record<string, unknown>;

const contentOf = (body: Body): OutgoingContent => {
  const parsed = sendInput.parse({ to: '+14155550123', ...body });
  return toCommand(parsed, WHO).content;
};

/** Paths of what is wrong with a body, by the schema or by what goes together. */
const wrongIn = (body: Body): string[] => {
  const parsed = sendInput.safeParse({ conversationId: '1', ...body });
  if (!parsed.success) return parsed.error.issues.map(({ path }) => path.map(String).join('.'));
  try {
    toCommand(parsed.data, WHO);
    return [];
  } catch (error) {
    if (!(error instanceof WhatsAppError)) throw error;
    return (error.details.errors ?? [{ path: error.code }]).map(({ path }) => path);
  }
};

const x = (length: number): string => 'x'.repeat(length);
const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } });
const buttons = (...list: unknown[]): Body => ({
  interactive: { type: 'button', body: { text: 'Which?' }, action: { buttons: list } },
});
const list = (sections: unknown[], over: Body = {}): Body => ({
  interactive: { type: 'list', body: { text: 'Which?' }, action: { button: 'Choose', sections }, ...over },
});
const row = (id: string, title = id): Body => ({ id, title });
const rows = (count: number, prefix = 'r'): Body[] =>
  Array.from({ length: count }, (_, index) => row(`${prefix}${index}`));
const url = (over: Body = {}): Body => ({
  interactive: {
    type: 'cta_url',
    body: { text: 'Look' },
    action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com', ...over } },
  },
});
const flow = (over: Body): Body => ({
  interactive: {
    type: 'flow',
    body: { text: 'Book' },
    action: { name: 'flow', parameters: { flow_id: '999', flow_cta: 'Book now', ...over } },
  },
});
const products = (sections: unknown[], over: Body = {}): Body => ({
  interactive: {
    type: 'product_list',
    header: { type: 'text', text: 'New' },
    body: { text: 'Look' },
    action: { catalog_id: '777', sections },
    ...over,
  },
});
const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ product_retailer_id: `SKU-${index}` }));
const mediaCard = (index: number, over: Body = {}): Body => ({
  card_index: index,
  type: 'cta_url',
  header: { type: 'image', image: { link: 'https://shop.example/a.jpg' } },
  body: { text: 'One' },
  action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://shop.example' } },
  ...over,
});
const quick = (...ids: string[]): Body => ({
  action: { buttons: ids.map((id) => ({ type: 'quick_reply', quick_reply: { id, title: id } })) },
});
const productCard = (index: number, catalog = '777'): Body => ({
  card_index: index,
  type: 'product',
  action: { product_retailer_id: `SKU-${index}`, catalog_id: catalog },
});
const carousel = (...cards: Body[]): Body => ({
  interactive: { type: 'carousel', body: { text: 'Look' }, action: { cards } },
});
const CARDS = 'interactive.action.cards';
const card = (name: Body): Body => ({ contacts: [{ name, phones: [{ phone: '+14155550199' }] }] });

describe('what cannot be sent is refused with the field named', () => {
  it.each<[string, Body, string[]]>([
    ['nobody to send to', { conversationId: undefined, message: 'x' }, ['to']],
    [
      'to and phoneNumber together',
      { conversationId: undefined, to: '+14155550123', phoneNumber: '+14155550123', message: 'x' },
      ['phoneNumber'],
    ],
    ['two addressees', { contactId: '2', message: 'x' }, ['contactId']],
    ['nothing to send', {}, ['text']],
    ['two kinds at once', { message: 'x', location: { latitude: 1, longitude: 1 } }, ['message']],
    ['a type without its object', { type: 'image' }, ['image']],
    ['a type with another one’s object', { type: 'image', message: 'x' }, ['message']],
    ['an unknown type', { type: 'poll', message: 'x' }, ['type']],
    ['a caption of 1,025 characters', { image: { uploadId: '1', caption: x(1025) } }, ['image.caption']],
    ['a caption on a sound', { audio: { uploadId: '1', caption: 'x' } }, ['audio.caption']],
    ['a caption on a sticker', { sticker: { uploadId: '1', caption: 'x' } }, ['sticker.caption']],
    ['no file', { image: { caption: 'x' } }, ['image.uploadId']],
    ['two files', { image: { uploadId: '1', mediaId: '2' } }, ['image.mediaId']],
    ['a file of this machine by address', { image: { url: 'file:///etc/passwd' } }, ['image.url']],
    ['a place outside the world', { location: { latitude: 91, longitude: 0 } }, ['location.latitude']],
    ['a place without longitude', { location: { latitude: 1 } }, ['location.longitude']],
    ['no contact', { contacts: [] }, ['contacts']],
    [
      '258 contacts',
      { contacts: Array(258).fill({ name: { formatted_name: 'A', first_name: 'A' } }) },
      ['contacts'],
    ],
    ['a contact with a formatted name only', card({ formatted_name: 'Ana' }), ['contacts.0.name.first_name']],
    ['a contact without name', card({ first_name: 'Ana' }), ['contacts.0.name.formatted_name']],
    ['a reaction that is a word', { reaction: { messageId: '1', emoji: 'ok' } }, ['reaction.emoji']],
    ['a reaction that quotes', { reaction: { messageId: '1', emoji: '👍' }, replyTo: '1' }, ['replyTo']],
    [
      'a reaction for later',
      { reaction: { messageId: '1', emoji: '👍' }, scheduledAt: '2030-01-01T00:00:00Z' },
      ['scheduledAt'],
    ],
    ['a carousel of one card', carousel(mediaCard(0)), [CARDS]],
    ['eleven cards', carousel(...Array.from({ length: 11 }, (_, i) => mediaCard(i))), [CARDS]],
    [
      'cards out of order',
      carousel(mediaCard(1), mediaCard(0)),
      [`${CARDS}.0.card_index`, `${CARDS}.1.card_index`],
    ],
    ['cards of two shapes', carousel(mediaCard(0), mediaCard(1, quick('a'))), [`${CARDS}.1`]],
    ['products of two catalogs', carousel(productCard(0), productCard(1, '778')), [`${CARDS}.1`]],
    [
      'a card with 161 characters',
      carousel(mediaCard(0), mediaCard(1, { body: { text: x(161) } })),
      [`${CARDS}.1.body.text`],
    ],
    [
      'a card with three line breaks',
      carousel(mediaCard(0), mediaCard(1, { body: { text: 'a\nb\nc\nd' } })),
      [`${CARDS}.1.body.text`],
    ],
    [
      'one reply id on two cards',
      carousel(mediaCard(0, quick('a')), mediaCard(1, quick('a'))),
      [`${CARDS}.1.action.buttons.0.quick_reply.id`],
    ],
    [
      'a card without its file',
      carousel(mediaCard(0), mediaCard(1, { header: { type: 'image', image: {} } })),
      [`${CARDS}.1.header.image.uploadId`],
    ],
    [
      'a card with two files',
      carousel(
        mediaCard(0),
        mediaCard(1, { header: { type: 'image', image: { uploadId: '1', link: 'https://a.b/c' } } }),
      ),
      [`${CARDS}.1.header.image.url`],
    ],
    [
      'a call button without words',
      { interactive: { type: 'voice_call', action: { name: 'voice_call' } } },
      ['interactive.body'],
    ],
    ['no button', buttons(), ['interactive.action.buttons']],
    [
      'four buttons',
      buttons(...['a', 'b', 'c', 'd'].map((id) => reply(id, id))),
      ['interactive.action.buttons'],
    ],
    ['a button of 21 characters', buttons(reply('a', x(21))), ['interactive.action.buttons.0.reply.title']],
    ['a button id of 257 characters', buttons(reply(x(257), 'a')), ['interactive.action.buttons.0.reply.id']],
    [
      'two buttons of one title',
      buttons(reply('a', 'Yes'), reply('b', 'Yes')),
      ['interactive.action.buttons.1.reply.title'],
    ],
    [
      'two buttons of one id',
      buttons(reply('a', 'Yes'), reply('a', 'No')),
      ['interactive.action.buttons.1.reply.id'],
    ],
    [
      'a body of 1,025 characters',
      { interactive: { type: 'button', body: { text: x(1025) }, action: { buttons: [reply('a', 'a')] } } },
      ['interactive.body.text'],
    ],
    [
      'a footer of 61 characters',
      {
        interactive: {
          type: 'button',
          body: { text: 'x' },
          footer: { text: x(61) },
          action: { buttons: [reply('a', 'a')] },
        },
      },
      ['interactive.footer.text'],
    ],
    [
      'a header of 61 characters',
      {
        interactive: {
          type: 'button',
          header: { type: 'text', text: x(61) },
          body: { text: 'x' },
          action: { buttons: [reply('a', 'a')] },
        },
      },
      ['interactive.header.text'],
    ],
    [
      'eleven rows over two sections',
      list([
        { title: 'A', rows: rows(6, 'a') },
        { title: 'B', rows: rows(5, 'b') },
      ]),
      ['interactive.action.sections.1.rows'],
    ],
    [
      'eleven sections',
      list(
        Array.from({ length: 11 }, (_, n) => ({
          title: `S${n}`,
          rows: n < 10 ? [row(`r${n}`)] : [row('last')],
        })),
      ),
      ['interactive.action.sections'],
    ],
    [
      'sections without title',
      list([{ rows: [row('a')] }, { title: 'B', rows: [row('b')] }]),
      ['interactive.action.sections.0.title'],
    ],
    [
      'two rows of one id',
      list([{ rows: [row('a'), row('a', 'other')] }]),
      ['interactive.action.sections.0.rows.1.id'],
    ],
    [
      'a row of 25 characters',
      list([{ rows: [row('a', x(25))] }]),
      ['interactive.action.sections.0.rows.0.title'],
    ],
    [
      'a row description of 73 characters',
      list([{ rows: [{ ...row('a'), description: x(73) }] }]),
      ['interactive.action.sections.0.rows.0.description'],
    ],
    [
      'a list with a picture on top',
      list([{ rows: [row('a')] }], { header: { type: 'image', image: { id: '1' } } }),
      ['interactive.header.type', 'interactive.header.text'],
    ],
    [
      'a link label of 21 characters',
      url({ display_text: x(21) }),
      ['interactive.action.parameters.display_text'],
    ],
    ['a link that is none', url({ url: 'example' }), ['interactive.action.parameters.url']],
    ['a link that runs code', url({ url: 'javascript:alert(1)' }), ['interactive.action.parameters.url']],
    ['a flow label of 31 characters', flow({ flow_cta: x(31) }), ['interactive.action.parameters.flow_cta']],
    ['a flow label with an emoji', flow({ flow_cta: 'Book 🎉' }), ['interactive.action.parameters.flow_cta']],
    ['a flow without id', flow({ flow_id: undefined }), ['interactive.action.parameters.flow_id']],
    [
      'a flow with empty data',
      flow({ flow_action_payload: { screen: 'A', data: {} } }),
      ['interactive.action.parameters.flow_action_payload.data'],
    ],
    ['31 products', products([{ product_items: items(31) }]), ['interactive.action.sections']],
    [
      'products without header',
      products([{ product_items: items(1) }], { header: undefined }),
      ['interactive.header'],
    ],
    [
      'an address outside India',
      {
        interactive: {
          type: 'address_message',
          body: { text: 'x' },
          action: { name: 'address_message', parameters: { country: 'DE' } },
        },
      },
      ['interactive.action.parameters.country'],
    ],
    [
      'a location request with header',
      {
        interactive: {
          type: 'location_request_message',
          header: { type: 'text', text: 'x' },
          body: { text: 'x' },
          action: { name: 'send_location' },
        },
      },
      ['interactive.header'],
    ],
    [
      'an unknown kind of interactive message',
      { interactive: { type: 'poll', body: { text: 'x' }, action: {} } },
      ['interactive.type'],
    ],
    ['a template name with capitals', { template: 'Order_Ready' }, ['template']],
    ['a template language with a hyphen', { template: 'order_ready', language: 'en-US' }, ['language']],
    ['cancelOnReply without time', { message: 'x', cancelOnReply: true }, ['cancelOnReply']],
    ['a time that is none', { message: 'x', scheduledAt: 'tomorrow' }, ['scheduledAt']],
    ['a time in ten years', { message: 'x', scheduledAt: '2099-01-01T00:00:00Z' }, ['scheduledAt']],
    ['a NUL in a caption', { image: { uploadId: '1', caption: 'a\u0000' } }, ['image.caption']],
    [
      'half an emoji in a button',
      buttons(reply('a', 'x\ud83d')),
      ['interactive.action.buttons.0.reply.title'],
    ],
  ])('%s', (_name, body, paths) => {
    expect(wrongIn(body)).toEqual(expect.arrayContaining(paths));
    expect(wrongIn(body).length).toBeGreaterThan(0);
  });

  it.each<[string, Body]>([
    ['1,024 characters of caption', { image: { uploadId: '1', caption: x(1024) } }],
    ['three buttons at their longest', buttons(reply(x(256), x(20)), reply('b', 'b'), reply('c', 'c'))],
    [
      'ten rows over ten sections',
      list(Array.from({ length: 10 }, (_, n) => ({ title: x(24), rows: [row(`r${n}`, x(24))] }))),
    ],
    ['a list body of 4,096 characters', list([{ rows: rows(10) }], { body: { text: x(4096) } })],
    ['30 products', products([{ product_items: items(30) }])],
    ['a reaction taken back', { reaction: { messageId: '1', emoji: '' } }],
    ['an emoji of several', { reaction: { messageId: '1', emoji: '👩🏽‍🚀' } }],
    ['a flag and a keycap', { reaction: { messageId: '1', emoji: '🇹🇷' } }],
    ['hours and purpose', { message: 'x', hours: 'refuse', purpose: 'utility' }],
  ])('%s may go', (_name, body) => {
    expect(wrongIn(body)).toEqual([]);
  });
});

it('the cards of a carousel name their files as every message does: ours, Meta’s or an address', () => {
  const file = (source: Body): Body => ({ header: { type: 'image', image: source } });
  const content = contentOf(
    carousel(
      ...[
        { uploadId: '7' },
        { mediaId: '8' },
        { id: '9' },
        { url: 'https://shop.example/b.jpg' },
        { uploadId: '7' },
      ].map((source, index) => mediaCard(index, file(source))),
    ),
  );
  if (content.kind !== 'message') throw new Error('no message');
  const { cards } = (content.element as unknown as { interactive: { action: { cards: Body[] } } }).interactive
    .action;
  expect(cards.map(({ header }) => (header as Body).image)).toEqual([
    {},
    { id: '8' },
    { id: '9' },
    { link: 'https://shop.example/b.jpg' },
    {},
  ]);
  expect(content.file).toBeNull();
  expect(content.cardFiles?.map(({ source, as, at, field }) => [source, as, at.join('.'), field])).toEqual(
    [0, 4].map((index) => [
      { uploadId: '7' },
      'image',
      `${CARDS}.${index}.header.image`,
      `${CARDS}.${index}.header.image`,
    ]),
  );
});

describe('what is sent, in Meta’s own naming', () => {
  const payloadOf = (body: Body) => {
    const content = contentOf(body);
    if (content.kind !== 'message') throw new Error('no message');
    const {
      messaging_product: _p,
      recipient_type: _r,
      to: _t,
      ...rest
    } = messagePayload({ to: '+14155550123' }, content.element);
    return rest;
  };

  it.each<[string, Body, Body]>([
    ...[
      carousel(mediaCard(0), mediaCard(1)),
      carousel(mediaCard(0, quick('a', 'b')), mediaCard(1, quick('c', 'd'))),
      carousel(productCard(0), productCard(1)),
      { interactive: { type: 'call_permission_request', action: { name: 'call_permission_request' } } },
      {
        interactive: {
          type: 'voice_call',
          body: { text: 'Questions?' },
          action: { name: 'voice_call', parameters: { display_text: 'Call us', ttl_minutes: 100 } },
        },
      },
    ].map((body): [string, Body, Body] => [
      `as Meta writes it: ${String((body.interactive as Body).type)}`,
      body,
      { type: 'interactive', ...body },
    ]),
    ['text', { message: 'Hi' }, { type: 'text', text: { body: 'Hi', preview_url: true } }],
    [
      'text without preview',
      { text: { body: 'Hi', previewUrl: false } },
      { type: 'text', text: { body: 'Hi', preview_url: false } },
    ],
    ['image', { image: { uploadId: '1', caption: 'Look' } }, { type: 'image', image: { caption: 'Look' } }],
    ['voice by type', { type: 'voice', audio: { uploadId: '1' } }, { type: 'audio', audio: { voice: true } }],
    ['voice by flag', { audio: { uploadId: '1', voice: true } }, { type: 'audio', audio: { voice: true } }],
    [
      'location',
      { location: { latitude: 1.5, longitude: 2 } },
      { type: 'location', location: { latitude: 1.5, longitude: 2 } },
    ],
    [
      'template by position',
      { template: 'order_ready', templateParams: { '2': 'B', '1': 'A' }, language: 'tr' },
      {
        type: 'template',
        template: {
          name: 'order_ready',
          language: { code: 'tr' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', text: 'A' },
                { type: 'text', text: 'B' },
              ],
            },
          ],
        },
      },
    ],
    [
      'gotcha 58: template by name, with header and buttons',
      {
        template: {
          name: 'order_ready',
          language: 'en',
          parameters: {
            header: { city: 'Berlin' },
            body: { first_name: 'Ana' },
            buttons: [{ text: 'summer' }, null, { payload: 'opt:stop' }, { couponCode: 'SAVE' }],
          },
        },
      },
      {
        type: 'template',
        template: {
          name: 'order_ready',
          language: { code: 'en' },
          components: [
            { type: 'header', parameters: [{ type: 'text', parameter_name: 'city', text: 'Berlin' }] },
            { type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Ana' }] },
            { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'summer' }] },
            {
              type: 'button',
              sub_type: 'quick_reply',
              index: '2',
              parameters: [{ type: 'payload', payload: 'opt:stop' }],
            },
            {
              type: 'button',
              sub_type: 'copy_code',
              index: '3',
              parameters: [{ type: 'coupon_code', coupon_code: 'SAVE' }],
            },
          ],
        },
      },
    ],
  ])('%s', (_name, body, expected) => {
    expect(payloadOf(body)).toEqual(expected);
  });

  it('a header picture of buttons is put where Meta wants it', () => {
    const content = contentOf({
      interactive: {
        type: 'button',
        header: { type: 'image', image: { uploadId: '7' } },
        body: { text: 'x' },
        action: { buttons: [reply('a', 'a')] },
      },
    });
    expect(content).toMatchObject({
      file: { source: { uploadId: '7' }, at: ['interactive', 'header', 'image'] },
    });
  });

  it.each([
    ['a line break', { first: 'a\nb' }],
    ['a tab', { first: 'a\tb' }],
    ['five spaces', { first: 'a     b' }],
    ['nothing at all', { first: '  ' }],
    ['a gap in the positions', { '1': 'a', '3': 'c' }],
  ])('gotcha 69: %s in a template value is refused before Meta sees it', (_name, templateParams) => {
    const parsed = sendInput.parse({ to: '+14155550123', template: 'order_ready', templateParams });
    expect(() => toCommand(parsed, WHO)).toThrow(
      expect.objectContaining({ code: 'template_parameters_invalid' }) as Error,
    );
  });
});

it.each<[string, Body, Body]>([
  ['text', { message: 'Hi' }, { type: 'text', text: 'Hi' }],
  [
    'image',
    { image: { uploadId: '1', caption: 'Look' } },
    { type: 'image', text: 'Look', content: { caption: 'Look' } },
  ],
  ['voice', { voice: { uploadId: '1' } }, { type: 'voice', text: '' }],
  ['location', { location: { latitude: 1, longitude: 2, name: 'Shop' } }, { type: 'location', text: 'Shop' }],
  ['contacts', card({ formatted_name: 'Ana B', first_name: 'Ana' }), { type: 'contacts', text: 'Ana B' }],
  [
    'buttons',
    buttons(reply('a', 'Yes')),
    {
      type: 'interactive',
      text: 'Which?',
      content: expect.objectContaining({ kind: 'button' }) as unknown as Body,
    },
  ],
  [
    'template',
    { template: 'order_ready' },
    { type: 'template', template: { name: 'order_ready', language: 'en_US', parameters: null } },
  ],
])('the bubble of %s', (_name, body, expected) => {
  const content = contentOf(body);
  if (content.kind !== 'message') throw new Error('no message');
  expect(compose(content)).toMatchObject(expected);
});
