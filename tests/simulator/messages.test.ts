import type { Customer } from '../../simulator/src';
import { PHONE_ID, setStage, type Stage } from './stage';

const link = { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://shop.example' } };

let stage: Stage;
let ana: Customer;

beforeEach(async () => {
  stage = await setStage();
  ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
});
afterEach(() => stage.close());

const statuses = () => stage.receiver.all('statuses');
const writeIn = () => stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });

describe('what Meta refuses at once', () => {
  const cases: [string, Record<string, unknown>, number, string | RegExp][] = [
    ['no addressee', { type: 'text', text: { body: 'x' } }, 100, '(#100) The parameter to is required.'],
    ['no body object', { to: '+15550100177', type: 'text' }, 131008, /Required parameter is missing/],
    ['an empty text', { to: '+15550100177', text: { body: '' } }, 100, /text\['body'\] is required/],
    ['a text over 4096', { to: '+15550100177', text: { body: 'x'.repeat(4097) } }, 100, /at most 4096/],
    ['an unknown type', { to: '+15550100177', type: 'poll' }, 100, /Param type must be one of/],
    ['a word as number', { to: 'ana', text: { body: 'x' } }, 131009, /Parameter value is not valid/],
    ['the own number', { to: '+15550100100', text: { body: 'x' } }, 131021, /Recipient cannot be sender/],
    [
      'a quoted stranger',
      { to: '+15550100177', text: { body: 'x' }, context: { message_id: 'wamid.X' } },
      131009,
      /./,
    ],
    [
      'a long callback text',
      { to: '+15550100177', text: { body: 'x' }, biz_opaque_callback_data: 'x'.repeat(513) },
      100,
      /512/,
    ],
    [
      'an unknown medium',
      { to: '+15550100177', type: 'image', image: { id: '1' } },
      100,
      /Invalid parameter/,
    ],
    ['a bad link', { to: '+15550100177', type: 'image', image: { link: 'ftp:x' } }, 100, /not a valid URI/],
    [
      'a latitude of 91',
      { to: '+15550100177', type: 'location', location: { latitude: 91, longitude: 0 } },
      100,
      /latitude/,
    ],
    [
      'a nameless contact',
      { to: '+15550100177', type: 'contacts', contacts: [{ phones: [] }] },
      100,
      /formatted_name/,
    ],
  ];
  it.each(cases)('%s', async (_name, body, code, message) => {
    const answer = await stage.send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code, type: 'OAuthException', fbtrace_id: expect.any(String) });
    expect(answer.body.error.message).toMatch(message);
    expect(stage.simulator.accepted).toHaveLength(0);
  });

  it('names the details under error_data', async () => {
    const { body } = await stage.send({ to: '+15550100177', type: 'text' });
    expect(body.error.error_data).toEqual({
      messaging_product: 'whatsapp',
      details: 'Parameter of type text is missing in body',
    });
  });

  it.each([
    [
      'four buttons',
      { type: 'button', body: { text: 'b' }, action: { buttons: [1, 2, 3, 4].map((id) => reply(`${id}`)) } },
    ],
    [
      'a title over 20',
      { type: 'button', body: { text: 'b' }, action: { buttons: [reply('1', 'x'.repeat(21))] } },
    ],
    [
      'two equal ids',
      { type: 'button', body: { text: 'b' }, action: { buttons: [reply('1', 'a'), reply('1', 'b')] } },
    ],
    [
      'a list of 11 rows',
      { type: 'list', body: { text: 'b' }, action: { button: 'Go', sections: [{ rows: rows(11) }] } },
    ],
    ['no header on product_list', { type: 'product_list', body: { text: 'b' }, action: { sections: [] } }],
    [
      'a picture above a list',
      {
        type: 'list',
        header: { type: 'image', image: { link: 'https://shop.example/a.jpg' } },
        body: { text: 'b' },
        action: { button: 'Go', sections: [{ rows: rows(1) }] },
      },
    ],
    [
      'a footer where there is none',
      {
        type: 'location_request_message',
        body: { text: 'b' },
        footer: { text: 'f' },
        action: { name: 'send_location' },
      },
    ],
    ['one card', carousel([card(0)])],
    ['a card without a picture', carousel([card(0), { ...card(1), header: undefined }])],
    ['three line breaks in a card', carousel([card(0), { ...card(1), body: { text: 'a\nb\nc\nd' } }])],
    ['cards that differ', carousel([card(0), { ...card(1), action: link }])],
    ['a reply that stands on two cards', carousel([card(0), { ...card(1), action: card(0).action }])],
    ['a header above cards', { ...carousel([card(0), card(1)]), header: { type: 'text', text: 'h' } }],
    ['a form without id and name', flow({ flow_cta: 'Book' })],
    ['a form with empty data', flow({ flow_cta: 'Book', flow_id: '1', flow_action_payload: { data: {} } })],
    ['a product of no catalog', { type: 'product', action: { product_retailer_id: 'SKU-1' } }],
  ])('interactive with %s → 131009', async (_name, interactive) => {
    const { status, body } = await stage.send({ to: '+15550100177', type: 'interactive', interactive });
    expect([status, body.error.code]).toEqual([400, 131009]);
  });
});

function card(index: number) {
  const quick_reply = { id: `c${index}`, title: 'Take it' };
  return {
    card_index: index,
    type: 'button',
    header: { type: 'image', image: { link: 'https://shop.example/a.jpg' } },
    body: { text: 'Blue' },
    action: { buttons: [{ type: 'quick_reply', quick_reply }] },
  };
}
function carousel(cards: object[]) {
  return { type: 'carousel', body: { text: 'Ours' }, action: { cards } };
}
function flow(parameters: object) {
  return { type: 'flow', body: { text: 'b' }, action: { name: 'flow', parameters } };
}
function reply(id: string, title = `t${id}`) {
  return { type: 'reply', reply: { id, title } };
}
function rows(count: number) {
  return Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Row ${index}` }));
}

describe('an accepted send', () => {
  it.each([
    ['cards with replies', carousel([card(0), card(1)])],
    [
      'cards with links',
      carousel([0, 1].map((index) => ({ ...card(index), type: 'cta_url', action: link }))),
    ],
    ['a form', flow({ flow_cta: 'Book', flow_name: 'booking', flow_message_version: '3' })],
  ])('may be %s', async (_name, interactive) => {
    await writeIn();
    expect((await stage.send({ to: '+15550100177', type: 'interactive', interactive })).status).toBe(200);
  });

  it('is answered with a wamid and followed by sent and delivered; read comes when the chat is opened', async () => {
    await writeIn();
    const { status, body } = await stage.text('+15550100177', { biz_opaque_callback_data: 'msg:42' });
    expect(status).toBe(200);
    const wamid = body.messages[0].id;
    expect(body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+15550100177', wa_id: '15550100177' }],
      messages: [{ id: expect.stringMatching(/^wamid\..+/) }],
    });
    expect(stage.simulator.accepted).toMatchObject([
      { wamid, to: '+15550100177', opaque: 'msg:42', type: 'text' },
    ]);
    await stage.simulator.idle();
    expect(statuses().map((status) => status.status)).toEqual(['sent', 'delivered']);
    expect(statuses()[0]).toMatchObject({
      id: wamid,
      recipient_id: '15550100177',
      recipient_user_id: ana.userId,
      biz_opaque_callback_data: 'msg:42',
      pricing: { billable: true, pricing_model: 'PMP', category: 'service' },
    });
    expect(stage.simulator.thread(ana.id, PHONE_ID)[1]).toMatchObject({
      wamid,
      direction: 'in',
      text: 'Hello',
      state: 'delivered',
    });

    stage.simulator.openChat(ana.id, PHONE_ID);
    stage.simulator.openChat(ana.id, PHONE_ID);
    await stage.simulator.idle();
    expect(statuses().map((status) => status.status)).toEqual(['sent', 'delivered', 'read']);
    expect(stage.simulator.thread(ana.id, PHONE_ID)[1].state).toBe('read');
  });

  it('is read on arrival when the chat was opened while it was on its way', async () => {
    await writeIn();
    await stage.text('+15550100177');
    stage.simulator.openChat(ana.id, PHONE_ID);
    await stage.simulator.idle();
    expect(statuses().map((status) => status.status)).toEqual(['sent', 'delivered', 'read']);
  });

  it('gives username on delivered and not on sent', async () => {
    const cem = stage.simulator.customers.add({ name: 'Cem', phone: '+15550100155', username: 'cem' });
    await stage.simulator.play(cem.id, PHONE_ID, { type: 'text', text: 'hi' });
    await stage.text('+15550100155');
    await stage.simulator.idle();
    // On a busy machine both statuses may share one posting: then it holds both contacts.
    const contacts = stage.receiver.received.flatMap(({ body }) =>
      body.entry[0].changes
        .filter((change: { value: { statuses?: unknown } }) => change.value.statuses)
        .flatMap((change: { value: { contacts: unknown[] } }) => change.value.contacts),
    );
    expect(contacts[0]).toEqual({ profile: { name: 'Cem' }, wa_id: '15550100155', user_id: cem.userId });
    expect(contacts[1]).toEqual({
      profile: { name: 'Cem', username: 'cem' },
      wa_id: '15550100155',
      user_id: cem.userId,
    });
  });

  it('with to and recipient goes to the phone and pairs both ids in the answer', async () => {
    const { body } = await stage.text('+15550100177', { recipient: 'US.someoneElse1' });
    expect(body.contacts).toEqual([{ input: '+15550100177', wa_id: '15550100177', user_id: ana.userId }]);
  });

  it('vanishes silently when a BSUID stands under to', async () => {
    const { status } = await stage.text(ana.userId);
    await stage.simulator.idle();
    expect([status, statuses().length]).toEqual([200, 0]);
  });

  it('with a reaction sits on the customer’s message and only ever gets sent', async () => {
    const { wamid } = await writeIn();
    await stage.send({ to: '+15550100177', type: 'reaction', reaction: { message_id: wamid, emoji: '❤️' } });
    await stage.simulator.idle();
    expect(statuses().map((status) => status.status)).toEqual(['sent']);
    expect(stage.simulator.thread(ana.id, PHONE_ID)).toMatchObject([
      { reactions: [{ emoji: '❤️', from: 'business' }] },
    ]);
  });

  it('with a reaction to nothing fails later with 131009', async () => {
    await writeIn();
    await stage.send({
      to: '+15550100177',
      type: 'reaction',
      reaction: { message_id: 'wamid.X', emoji: '❤️' },
    });
    await stage.simulator.idle();
    expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131009 }] }]);
  });

  it('to a stranger makes an invisible customer, or fails with 131026 when set so', async () => {
    await stage.send({
      to: '+15550100999',
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    });
    await stage.simulator.idle();
    expect(statuses().map((status) => status.status)).toEqual(['sent', 'delivered']);
    expect(stage.simulator.customers.list()).toHaveLength(1);

    const strict = await setStage({ unknownRecipients: '131026' });
    await strict.text('+15550100999');
    await strict.simulator.idle();
    expect(strict.receiver.all('statuses')).toMatchObject([
      {
        status: 'failed',
        recipient_id: '15550100999',
        errors: [{ code: 131026, error_data: { details: 'Message Undeliverable.' } }],
      },
    ]);
    await strict.close();
  });
});

describe('the 24-hour window', () => {
  it('closed: a free-form send is accepted and fails with 131047, a template passes', async () => {
    const { status } = await stage.text('+15550100177');
    await stage.send({
      to: '+15550100177',
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    });
    await stage.simulator.idle();
    expect(status).toBe(200);
    const failed = statuses().filter((one) => one.status === 'failed');
    expect(failed).toMatchObject([{ errors: [{ code: 131047, title: 'Re-engagement message' }] }]);
    expect(failed[0]).not.toHaveProperty('pricing');
    expect(stage.simulator.thread(ana.id, PHONE_ID).map(({ state }) => state)).toEqual([
      'failed',
      'delivered',
    ]);
  });

  it('counts 24 hours from the customer’s own message, and late ones do not reopen it', async () => {
    const hour = 3_600_000;
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'old', at: Date.now() - 25 * hour });
    await stage.text('+15550100177');
    await stage.simulator.idle();
    expect(statuses().at(-1)?.status).toBe('failed');
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'newer', at: Date.now() - 23 * hour });
    await stage.text('+15550100177');
    await stage.simulator.idle();
    expect(statuses().at(-1)?.status).toBe('delivered');
  });

  it('is not opened by a reaction and belongs to one number', async () => {
    await stage.send({
      to: '+15550100177',
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    });
    const [{ wamid }] = stage.simulator.thread(ana.id, PHONE_ID);
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'reaction', messageId: wamid, emoji: '👍' });
    await stage.text('+15550100177');
    await stage.simulator.idle();
    expect(statuses().some((one) => one.status === 'failed')).toBe(true);
  });
});

describe('read receipts', () => {
  it('mark the message and earlier ones read, with or without typing', async () => {
    await writeIn();
    const { wamid } = await writeIn();
    await stage.simulator.idle();
    const body = { status: 'read', message_id: wamid, typing_indicator: { type: 'text' } };
    expect(await stage.send(body)).toMatchObject({ status: 200, body: { success: true } });
    expect(stage.simulator.thread(ana.id, PHONE_ID).map(({ state }) => state)).toEqual(['read', 'read']);
    expect(stage.simulator.accepted).toHaveLength(0);
  });

  it('of an unknown message answer 131009', async () => {
    const { status, body } = await stage.send({ status: 'read', message_id: 'wamid.X' });
    expect([status, body.error.code]).toEqual([400, 131009]);
  });
});

describe('what the customer can send', () => {
  it('sends each kind in Meta’s shape', async () => {
    const act = (action: Parameters<typeof stage.simulator.play>[2]) =>
      stage.simulator.play(ana.id, PHONE_ID, action);
    const { wamid } = await act({ type: 'text', text: 'first' });
    await act({ type: 'image', caption: 'dusk' });
    await act({ type: 'audio' });
    await act({ type: 'document', fileName: 'bill.pdf' });
    await act({ type: 'sticker' });
    await act({ type: 'location' });
    await act({ type: 'contacts' });
    await act({ type: 'order' });
    await act({ type: 'unsupported' });
    await act({ type: 'text', text: 'second', replyTo: wamid });
    await stage.simulator.idle();
    const byType = Object.fromEntries(
      stage.receiver.all('messages').map((message) => [message.type, message]),
    );
    const media = {
      id: expect.any(String),
      sha256: expect.any(String),
      url: expect.stringContaining(stage.simulator.url),
    };
    expect(byType.image.image).toMatchObject({ ...media, mime_type: 'image/png', caption: 'dusk' });
    expect(byType.audio.audio).toMatchObject({ ...media, mime_type: 'audio/ogg; codecs=opus', voice: true });
    expect(byType.document.document).toMatchObject({ ...media, filename: 'bill.pdf' });
    expect(byType.sticker.sticker).toMatchObject({ ...media, animated: false });
    expect(byType.location.location.latitude).toEqual(expect.any(Number));
    expect(byType.contacts.contacts[0].name.formatted_name).toBe('Lucía Gómez');
    expect(byType.order.order.product_items[0]).toMatchObject({ quantity: 2, item_price: 30 });
    expect(byType.unsupported).toMatchObject({
      unsupported: { type: 'poll_creation' },
      errors: [{ code: 131051 }],
    });
    expect(byType.text.context).toEqual({ from: '15550100177', id: wamid });
  });

  it('reacts and takes it back with the emoji key absent', async () => {
    await writeIn();
    await stage.text('+15550100177');
    const { wamid } = stage.simulator.thread(ana.id, PHONE_ID)[1];
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'reaction', messageId: wamid, emoji: '👍' });
    expect(stage.simulator.thread(ana.id, PHONE_ID)[1].reactions).toEqual([
      { emoji: '👍', from: 'customer' },
    ]);
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'reaction', messageId: wamid, emoji: '' });
    await stage.simulator.idle();
    const reactions = stage.receiver.all('messages').filter(({ type }) => type === 'reaction');
    expect(reactions.map(({ reaction }) => reaction)).toEqual([
      { message_id: wamid, emoji: '👍' },
      { message_id: wamid },
    ]);
    expect(stage.simulator.thread(ana.id, PHONE_ID)[1].reactions).toEqual([]);
  });

  it('taps buttons, list rows and template quick replies with what was sent', async () => {
    await writeIn();
    const interactive = {
      type: 'button',
      body: { text: 'Ok?' },
      action: { buttons: [reply('yes', 'Yes'), reply('no', 'No')] },
    };
    const list = {
      type: 'list',
      body: { text: 'Pick' },
      action: { button: 'Go', sections: [{ rows: rows(2) }] },
    };
    const ids: string[] = [];
    for (const content of [interactive, list]) {
      ids.push(
        (await stage.send({ to: '+15550100177', type: 'interactive', interactive: content })).body.messages[0]
          .id,
      );
    }
    const components = [
      { type: 'body', parameters: [named('first_name', 'Ana'), named('order_no', '7')] },
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '1',
        parameters: [{ type: 'payload', payload: 'later' }],
      },
    ];
    const template = { name: 'order_ready', language: { code: 'en_US' }, components };
    const sent = await stage.send({ to: '+15550100177', type: 'template', template });
    expect(sent.body.messages[0].message_status).toBe('accepted');
    const messageId = sent.body.messages[0].id;
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'button_reply', messageId: ids[0], id: 'no' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'list_reply', messageId: ids[1] });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'button', messageId, text: 'Tomorrow' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'button', messageId });
    await stage.simulator.idle();
    const taps = stage.receiver.all('messages').slice(1);
    expect(taps[0]).toMatchObject({
      interactive: { button_reply: { id: 'no', title: 'No' } },
      context: { id: ids[0], from: '15550100100' },
    });
    expect(taps[1].interactive.list_reply).toEqual({ id: 'r0', title: 'Row 0' });
    expect(taps[2].button).toEqual({ payload: 'later', text: 'Tomorrow' });
    expect(taps[3].button).toEqual({ payload: 'On my way', text: 'On my way' });
    expect(stage.simulator.thread(ana.id, PHONE_ID)[3].text).toBe(
      'Hi Ana, your order 7 is ready for pickup.',
    );
  });
});

function named(name: string, text: string) {
  return { type: 'text', parameter_name: name, text };
}

describe('templates', () => {
  const cases: [string, Record<string, unknown>, number, number][] = [
    ['unknown', { name: 'nope', language: { code: 'en_US' } }, 404, 132001],
    ['in another language', { name: 'hello_world', language: { code: 'en' } }, 404, 132001],
    ['rejected', { name: 'win_a_prize', language: { code: 'en_US' } }, 404, 132001],
    ['paused', { name: 'winter_sale', language: { code: 'en_US' } }, 400, 132015],
    ['with a value missing', { name: 'order_ready', language: { code: 'en_US' } }, 400, 132000],
    ['with a wrong name', orderReady(named('nobody', 'x'), named('order_no', '7')), 400, 132012],
    ['with a line break', orderReady(named('first_name', 'a\nb'), named('order_no', '7')), 400, 132018],
    ['without its image', { name: 'summer_sale', language: { code: 'en_US' } }, 400, 132012],
    ['without its URL value', reminder(), 400, 131008],
  ];
  it.each(cases)('%s', async (_name, template, status, code) => {
    const answer = await stage.send({ to: '+15550100177', type: 'template', template });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('with everything given pass', async () => {
    const template = reminder({
      type: 'button',
      sub_type: 'url',
      index: 0,
      parameters: [{ type: 'text', text: '42' }],
    });
    expect((await stage.send({ to: '+15550100177', type: 'template', template })).status).toBe(200);
    expect(stage.simulator.thread(ana.id, PHONE_ID)[0].text).toContain('your appointment is at 10:30');
  });
});

function orderReady(...parameters: unknown[]) {
  return { name: 'order_ready', language: { code: 'en_US' }, components: [{ type: 'body', parameters }] };
}
function reminder(...more: unknown[]) {
  const text = (value: string) => ({ type: 'text', text: value });
  const components = [
    { type: 'header', parameters: [text('Monday')] },
    { type: 'body', parameters: [text('Ana'), text('10:30')] },
    ...more,
  ];
  return { name: 'appointment_reminder', language: { code: 'en_US' }, components };
}
