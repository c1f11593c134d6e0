/** Every type that can be sent, from the request to what Meta accepted and what the thread shows. */
import sharp from 'sharp';
import { setStage, until, type Stage } from '../support/stage';
import { get, message, newConversation, reaches, send, thread, verdictOf } from '../support/rest';
import type { Message } from '../../../server/src/messages/contract';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ config: { media: { fetchLoopback: true } } });
});
afterAll(() => stage.stop());

const table = (name: string) => stage.strapi.db.connection(`whatsapp_${name}`);
const lastAccepted = () => stage.simulator.accepted.at(-1)?.body as Record<string, Record<string, unknown>>;
const uploadsAtMeta = () => stage.simulator.requests.filter(({ path }) => path.endsWith('/media')).length;

const jpeg = (side = 64): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#2266aa' } })
    .jpeg()
    .toBuffer();

const upload = (bytes: Buffer, name: string, fields: Record<string, string> = {}, headers = stage.admin) => {
  const call = stage.http.post('/whatsapp/uploads').set(headers);
  for (const [key, value] of Object.entries(fields)) void call.field(key, value);
  return call.attach('file', bytes, name);
};

const uploaded = async (bytes: Buffer, name: string, fields: Record<string, string> = {}): Promise<string> =>
  (await upload(bytes, name, fields).expect(201)).body.data.uploadId as string;

const sent = async (body: Record<string, unknown>): Promise<Message> => {
  const { body: answer, status } = await send(stage, body);
  if (status !== 202) throw new Error(JSON.stringify(answer));
  return reaches(stage, answer.data.id, ['delivered', 'failed']);
};

describe('messages without a file', () => {
  it.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    [
      'location',
      { location: { latitude: 41.01, longitude: 28.97, name: 'Shop', address: 'Street 1' } },
      'Shop, Street 1',
      { location: { latitude: 41.01, longitude: 28.97, name: 'Shop', address: 'Street 1' } },
    ],
    [
      'contacts',
      {
        contacts: [
          {
            name: { formatted_name: 'Ana B', first_name: 'Ana' },
            phones: [{ phone: '+14155550199', type: 'CELL' }],
          },
        ],
      },
      'Ana B',
      {
        contacts: [
          {
            name: { formatted_name: 'Ana B', first_name: 'Ana' },
            phones: [{ phone: '+14155550199', type: 'CELL' }],
          },
        ],
      },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'button',
          body: { text: 'Deliver today?' },
          footer: { text: 'The shop' },
          action: {
            buttons: [
              { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
              { type: 'reply', reply: { id: 'no', title: 'No' } },
            ],
          },
        },
      },
      'Deliver today?',
      { type: 'interactive' },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'list',
          body: { text: 'When?' },
          action: { button: 'Choose', sections: [{ rows: [{ id: 'am', title: 'Morning' }] }] },
        },
      },
      'When?',
      { type: 'interactive' },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'cta_url',
          body: { text: 'Track it' },
          action: { name: 'cta_url', parameters: { display_text: 'Track', url: 'https://example.com/t' } },
        },
      },
      'Track it',
      { type: 'interactive' },
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'location_request_message',
          body: { text: 'Where are you?' },
          action: { name: 'send_location' },
        },
      },
      'Where are you?',
      { type: 'interactive' },
    ],
  ])('%s', async (type, body, text, atMeta) => {
    const { id } = await newConversation(stage);
    const done = await sent({ conversationId: id, ...body });
    expect(done).toMatchObject({ type, text, status: 'delivered' });
    expect(lastAccepted()).toMatchObject(atMeta);
    const [newest] = await thread(stage, id);
    expect(newest).toMatchObject({ id: done.id, type, text });
  });

  it('gotcha 31: an accepted message is not a delivered one', async () => {
    const { id } = await newConversation(stage);
    stage.simulator.faults.set('not-on-whatsapp', { times: 1 });
    const failed = await sent({ conversationId: id, message: 'anybody there?' });
    expect(failed).toMatchObject({
      status: 'failed',
      error: { code: '131026', key: '131026', class: 'agent' },
    });
  });
});

describe('pictures', () => {
  it('go up to Meta once for a number, however often they are sent, and are seen in the thread', async () => {
    const { id } = await newConversation(stage);
    const bytes = await jpeg();
    const before = uploadsAtMeta();
    const uploadId = await uploaded(bytes, 'blue.jpg', { integrationId: stage.number.id });
    const first = await sent({ conversationId: id, image: { uploadId, caption: 'Blue' } });
    const second = await sent({ conversationId: id, image: { uploadId } });
    expect(uploadsAtMeta() - before).toBe(1);
    expect(first).toMatchObject({
      type: 'image',
      text: 'Blue',
      media: { state: 'stored', mimeType: 'image/jpeg', fileName: 'blue.jpg', width: 64, height: 64 },
    });
    expect(second.media?.url).not.toBe(first.media?.url);
    const shown = await stage.http.get(first.media?.url as string).expect(200);
    expect(Buffer.compare(shown.body as Buffer, bytes)).toBe(0);
    expect(lastAccepted().image).toEqual({ id: expect.any(String) });
  });

  it('are converted where WhatsApp needs it, and say why', async () => {
    const webp = await sharp(await jpeg(200))
      .webp()
      .toBuffer();
    const { body } = await upload(webp, 'photo.webp').expect(201);
    expect(body.data).toMatchObject({
      kind: 'image',
      mimeType: 'image/jpeg',
      fileName: 'photo.jpg',
      width: 200,
      height: 200,
      converted: expect.stringMatching(/WEBP/),
    });
    const lying = await sharp(await jpeg(30))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await upload(lying, 'a.jpg').expect(201)).body.data.converted).toMatch(/upright/);
    const plain = (await upload(await jpeg(), 'b.jpg').expect(201)).body.data;
    expect(plain.converted).toBeNull();
    const preview = await stage.http.get(plain.previewUrl).expect(200);
    expect(preview.headers['content-type']).toBe('image/jpeg');
    await stage.http.get(plain.previewUrl.replace(/signature=./, 'signature=')).expect(403);
  });

  it('above 5 MB are made smaller', async () => {
    const noise = Buffer.alloc(2600 * 2600 * 3);
    let seed = 7;
    for (let at = 0; at < noise.length; at += 1)
      noise[at] = (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16;
    const large = await sharp(noise, { raw: { width: 2600, height: 2600, channels: 3 } })
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(large.length).toBeGreaterThan(5 * 1024 * 1024);
    const { body } = await upload(large, 'noise.jpg').expect(201);
    expect(body.data.size).toBeLessThanOrEqual(5 * 1024 * 1024);
    expect(body.data.converted).toMatch(/smaller/);
  });

  it.each<[string, Buffer, string, RegExp]>([
    [
      'HTML under a picture’s name',
      Buffer.from('<html><script>alert(1)</script>'),
      'a.jpg',
      /not what its name/,
    ],
    [
      'a picture that breaks off',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1]),
      'a.jpg',
      /cannot be read/,
    ],
    ['nothing', Buffer.alloc(0), 'a.jpg', /empty/],
  ])('%s is refused with the reason, and stores nothing', async (_name, bytes, name, reason) => {
    const [{ n: before }] = await table('uploads').count({ n: '*' });
    const { status, body } = await upload(bytes, name);
    expect([status, body.error.details.code]).toEqual([400, 'media_not_supported']);
    expect(body.error.message).toMatch(reason);
    const [{ n: after }] = await table('uploads').count({ n: '*' });
    expect(after).toBe(before);
  });

  it('are fetched from an address, checked, and never from inside the network', async () => {
    const { id } = await newConversation(stage);
    const { body } = await send(stage, {
      conversationId: id,
      image: { url: 'http://169.254.169.254/latest' },
    });
    expect(body.error.details.errors).toEqual([{ path: 'image.url', message: expect.any(String) }]);
    expect(
      await verdictOf(send(stage, { conversationId: id, image: { url: `${stage.url}/admin` } })),
    ).toEqual([400, expect.stringMatching(/media_not_supported|validation_failed/)]);
  });

  it('of another organization or unknown are not found', async () => {
    const { id } = await newConversation(stage);
    for (const uploadId of ['999999', 'abc'])
      expect(await verdictOf(send(stage, { conversationId: id, image: { uploadId } }))).toEqual([
        404,
        'not_found',
      ]);
  });

  it('go as a document too, and a document never as a picture', async () => {
    const { id } = await newConversation(stage);
    const picture = await uploaded(await jpeg(), 'plan.jpg');
    const asDocument = await sent({
      conversationId: id,
      document: { uploadId: picture, fileName: 'Plan A.jpg' },
    });
    expect(asDocument).toMatchObject({ type: 'document', media: { fileName: 'Plan A.jpg' } });
    expect(lastAccepted().document).toMatchObject({ filename: 'Plan A.jpg' });
    const text = await uploaded(Buffer.from('hello'), 'note.txt');
    expect(await verdictOf(send(stage, { conversationId: id, image: { uploadId: text } }))).toEqual([
      400,
      'media_not_supported',
    ]);
  });

  it('become stickers', async () => {
    const { id } = await newConversation(stage);
    const uploadId = await uploaded(await jpeg(300), 'face.jpg', { kind: 'sticker' });
    const done = await sent({ conversationId: id, sticker: { uploadId } });
    expect(done).toMatchObject({
      type: 'sticker',
      status: 'delivered',
      media: { mimeType: 'image/webp', width: 512 },
    });
  });

  it('gotcha 38: an id that Meta forgot is uploaded anew, once, and the message goes', async () => {
    const { id } = await newConversation(stage);
    const uploadId = await uploaded(await jpeg(77), 'old.jpg');
    await sent({ conversationId: id, image: { uploadId } });
    const [row] = await table('meta_files').orderBy('id', 'desc').limit(1);
    await table('meta_files').where({ id: row.id }).update({ media_id: '1234567890' });
    const before = uploadsAtMeta();
    const again = await sent({ conversationId: id, image: { uploadId } });
    expect(again.status).toBe('delivered');
    expect(uploadsAtMeta() - before).toBe(1);
  });

  it('that hold no Opus are no voice notes: refused with the way out, and sent as a sound', async () => {
    const { id } = await newConversation(stage);
    // An MPEG frame of 32 kbit/s without sound: enough to be known as MP3.
    const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc4]), Buffer.alloc(100)]);
    const mp3 = Buffer.concat([Buffer.from('ID3\u0003\0\0\0\0\0\0', 'latin1'), ...Array(20).fill(frame)]);
    const uploadId = await uploaded(mp3, 'note.mp3');
    const refused = await send(stage, { conversationId: id, voice: { uploadId } });
    expect([refused.status, refused.body.error.details]).toEqual([
      400,
      expect.objectContaining({
        code: 'media_not_supported',
        accepted: expect.arrayContaining(['audio/webm']),
      }),
    ]);
    expect(refused.body.error.message).toMatch(/Opus only.*Send it as a sound file/);
    expect(await verdictOf(send(stage, { conversationId: id, audio: { uploadId, voice: true } }))).toEqual([
      400,
      'media_not_supported',
    ]);
    expect(await sent({ conversationId: id, audio: { uploadId } })).toMatchObject({
      type: 'audio',
      status: 'delivered',
    });
    expect(lastAccepted().audio).not.toHaveProperty('voice');
  });

  it('lead buttons', async () => {
    const { id } = await newConversation(stage);
    const uploadId = await uploaded(await jpeg(), 'head.jpg');
    const done = await sent({
      conversationId: id,
      interactive: {
        type: 'button',
        header: { type: 'image', image: { uploadId } },
        body: { text: 'This one?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
      },
    });
    expect(done).toMatchObject({ type: 'interactive', status: 'delivered', media: { state: 'stored' } });
    expect(lastAccepted().interactive.header).toEqual({ type: 'image', image: { id: expect.any(String) } });
  });

  it('stand on the cards of a carousel, each uploaded once', async () => {
    const { id } = await newConversation(stage);
    const [shared, own] = [
      await uploaded(await jpeg(301), 'a.jpg'),
      await uploaded(await jpeg(302), 'b.jpg'),
    ];
    const card = (uploadId: string, card_index: number) => ({
      card_index,
      type: 'cta_url',
      header: { type: 'image', image: { uploadId } },
      body: { text: `Card ${card_index}` },
      action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://shop.example' } },
    });
    const carousel = (...uploads: string[]) => ({
      conversationId: id,
      interactive: { type: 'carousel', body: { text: 'Look' }, action: { cards: uploads.map(card) } },
    });
    const before = uploadsAtMeta();
    const done = await sent(carousel(shared, own, shared));
    expect(done).toMatchObject({ type: 'interactive', status: 'delivered' });
    expect(uploadsAtMeta() - before).toBe(2);
    const { cards } = lastAccepted().interactive.action as {
      cards: { header: { image: { id: string } } }[];
    };
    const ids = cards.map(({ header }) => header.image.id);
    expect(ids).toEqual([ids[0], expect.stringMatching(/^\d+$/), ids[0]]);
    expect(ids[1]).not.toBe(ids[0]);
    expect(await verdictOf(send(stage, carousel(shared, '999999')))).toEqual([404, 'not_found']);
  });

  it('wait for a window before they are fetched or uploaded', async () => {
    const { id } = await newConversation(stage);
    await table('conversations')
      .where({ id: Number(id) })
      .update({ last_inbound_at: Date.now() - 25 * 3_600_000 });
    expect(await verdictOf(send(stage, { conversationId: id, image: { uploadId: '999999' } }))).toEqual([
      409,
      'window_closed',
    ]);
  });
});

describe('reactions', () => {
  it('sit on their message, are replaced and taken back, and are no messages', async () => {
    const { id } = await newConversation(stage);
    const [inbound] = await thread(stage, id);
    const react = async (emoji: string, messageId = inbound.id) =>
      (await send(stage, { conversationId: id, reaction: { messageId, emoji } }).expect(202)).body
        .data as Message;
    expect(await react('👍')).toMatchObject({
      id: inbound.id,
      reactions: [{ emoji: '👍', from: 'business' }],
    });
    const atMeta = () =>
      stage.simulator.accepted.filter(({ type }) => type === 'reaction').map(({ body }) => body.reaction);
    await until(atMeta, (all) => all.length === 1);
    await react('❤️', inbound.wamid as string);
    await until(atMeta, (all) => all.length === 2);
    expect((await react('')).reactions).toEqual([]);
    await until(atMeta, (all) => all.length === 3);
    expect(atMeta()).toEqual(['👍', '❤️', ''].map((emoji) => ({ message_id: inbound.wamid, emoji })));
    expect(await thread(stage, id)).toHaveLength(1);
  });

  it('are refused on what is not there, is of another thread or has not left', async () => {
    const [{ id }, other] = [await newConversation(stage), await newConversation(stage)];
    const [foreign] = await thread(stage, other.id);
    for (const messageId of [foreign.id, '999999', 'wamid.nobody']) {
      const { body } = await send(stage, { conversationId: id, reaction: { messageId, emoji: '👍' } });
      expect(body.error.details.errors[0].path).toBe('reaction.messageId');
    }
  });

  it('that WhatsApp refuses disappear again', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    const [inbound] = await thread(stage, id);
    stage.simulator.faults.set('closed-window-sync', { times: 1, phoneNumberId: number.phoneNumberId });
    await send(stage, { conversationId: id, reaction: { messageId: inbound.id, emoji: '👍' } }).expect(202);
    await until(
      () => message(stage, inbound.id),
      ({ reactions }) => reactions.length === 0,
    );
  });

  it('that WhatsApp takes and refuses later disappear too; a newer one stays', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    const [inbound] = await thread(stage, id);
    const { phoneNumberId } = number;
    const accepted = () =>
      stage.simulator.accepted.filter(
        ({ type, phoneNumberId: of }) => type === 'reaction' && of === phoneNumberId,
      );
    const react = (emoji: string) =>
      send(stage, { conversationId: id, reaction: { messageId: inbound.id, emoji } }).expect(202);
    stage.simulator.faults.set('failed-status', { times: 1, phoneNumberId, code: 131026 });
    await react('👍');
    await until(
      () => message(stage, inbound.id),
      ({ reactions }) => reactions.length === 0,
    );
    // It was taken: what took it away again is the status, which waits for no message.
    expect(accepted()).toHaveLength(1);
    const parked = stage.strapi.db.connection('whatsapp_parked_statuses');
    expect(await parked.where({ integration_id: Number(number.id) }).first()).toBeUndefined();

    await react('❤️');
    await until(accepted, (all) => all.length === 2);
    const [{ wamid, body }] = accepted();
    await stage.simulator.postWebhook(phoneNumberId, {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: number.businessAccountId,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: number.phoneNumber, phone_number_id: phoneNumberId },
                statuses: [
                  {
                    id: wamid,
                    status: 'failed',
                    timestamp: String(Math.floor(Date.now() / 1000)),
                    biz_opaque_callback_data: body.biz_opaque_callback_data,
                    errors: [{ code: 131026, title: 'Message undeliverable' }],
                  },
                ],
              },
            },
          ],
        },
      ],
    });
    expect((await message(stage, inbound.id)).reactions).toEqual([{ emoji: '❤️', from: 'business' }]);
  });
});

describe('templates', () => {
  it('open a conversation with somebody who never wrote, and teach the pair of names', async () => {
    const phone = '+34600559901';
    const person = stage.simulator.customers.add({ name: 'New', phone });
    const [template] = stage.simulator.templates.list(stage.number.businessAccountId);
    const { body, status } = await send(stage, {
      to: phone,
      integrationId: stage.number.id,
      template: 'hello_world',
      language: template?.language ?? 'en_US',
      hours: 'ignore',
    });
    expect([status, body.error?.message ?? body.data?.type]).toEqual([202, 'template']);
    const done = await reaches(stage, body.data.id, ['delivered', 'failed']);
    expect(done).toMatchObject({ type: 'template', template: { name: 'hello_world' }, origin: 'api' });
    const { data } = await get<{ data: { contact: Record<string, unknown>; windowOpen: boolean } }>(
      stage,
      `/conversations/${done.conversationId}`,
    );
    expect(data.windowOpen).toBe(false);
    expect(data.contact).toMatchObject({ phone, userId: person.userId });
    expect(
      await verdictOf(send(stage, { to: phone, integrationId: stage.number.id, message: 'free' })),
    ).toEqual([409, 'window_closed']);
  });
});
