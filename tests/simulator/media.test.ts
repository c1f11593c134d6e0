import { inflateSync } from 'node:zlib';
import { createVoiceNote } from '../../simulator/src/fixtures/ogg';
import { createPdf } from '../../simulator/src/fixtures/pdf';
import { createPng } from '../../simulator/src/fixtures/png';
import { stickerFile } from '../../simulator/src/fixtures/stickers';
import type { Clock } from '../../simulator/src';
import { PHONE_ID, setStage, TOKEN, type Json, type Stage } from './stage';

let stage: Stage;
let shift = 0;
const clock: Clock = {
  now: () => Date.now() + shift,
  setTimeout: (task, ms) => setTimeout(task, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

beforeEach(async () => {
  shift = 0;
  stage = await setStage({ clock });
});
afterEach(() => stage.close());

const upload = async (bytes: Uint8Array<ArrayBuffer> | Buffer, type: string, name: string) => {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await fetch(`${stage.simulator.url}/v25.0/${PHONE_ID}/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Json };
};
const download = (url: string, token: string | null = TOKEN) =>
  fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {} });

it('uploads, describes, downloads and deletes', async () => {
  const picture = createPng(0.3);
  const { body } = await upload(picture, 'image/png', 'a.png');
  const about = await stage.graph('GET', `/${body.id}?phone_number_id=${PHONE_ID}`);
  expect(about.body).toMatchObject({
    id: body.id,
    mime_type: 'image/png',
    messaging_product: 'whatsapp',
    file_size: picture.length,
  });
  const got = await download(about.body.url);
  expect(got.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await got.arrayBuffer()).equals(picture)).toBe(true);
  expect((await stage.graph('DELETE', `/${body.id}`)).body).toEqual({ success: true });
  expect((await stage.graph('GET', `/${body.id}`)).body.error.error_subcode).toBe(33);
});

it('wants the bearer for the bytes, and the address holds five minutes', async () => {
  const { body } = await upload(createPng(0), 'image/png', 'a.png');
  const { url } = (await stage.graph('GET', `/${body.id}`)).body;
  expect((await download(url, null)).status).toBe(401);
  shift = 5 * 60_000 + 1000;
  expect((await download(url)).status).toBe(404);
  const fresh = (await stage.graph('GET', `/${body.id}`)).body;
  expect((await download(fresh.url)).status).toBe(200);
});

it('forgets received media after 7 days and uploads after 30', async () => {
  const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'image' });
  await stage.simulator.idle();
  const received = stage.receiver.all('messages')[0].image.id;
  const { body } = await upload(createPng(0), 'image/png', 'a.png');
  shift = 8 * 86_400_000;
  expect((await stage.graph('GET', `/${received}`)).status).toBe(400);
  expect((await stage.graph('GET', `/${body.id}`)).status).toBe(200);
  shift = 31 * 86_400_000;
  expect((await stage.graph('GET', `/${body.id}`)).status).toBe(400);
});

it('refuses types and sizes that Meta refuses', async () => {
  const webm = await upload(Buffer.from('x'), 'audio/webm', 'a.webm');
  expect([webm.status, webm.body.error.code]).toEqual([400, 100]);
  expect(webm.body.error.message).toMatch(/Received file of type 'audio\/webm'/);
  const big = await upload(Buffer.alloc(5 * 1024 * 1024 + 1), 'image/jpeg', 'a.jpg');
  expect(big.body.error.code).toBe(100);
  const none = await stage.graph('POST', `/${PHONE_ID}/media`, { messaging_product: 'whatsapp' });
  expect(none.body.error.message).toMatch(/file is required/);
});

function stereo(note: Buffer): Buffer {
  note[note.indexOf('OpusHead') + 9] = 2;
  return note;
}

it.each([
  ['a webp as image', stickerFile(0), 'image/webp', 'a.webp', 'image'],
  ['WebM bytes declared as ogg', Buffer.from('\x1aE\xdf\xa3 webm', 'latin1'), 'audio/ogg', 'a.ogg', 'audio'],
  ['Opus with two channels', stereo(createVoiceNote()), 'audio/ogg', 'a.ogg', 'audio'],
  ['a voice note named .jpg', createVoiceNote(), 'audio/ogg', 'a.jpg', 'audio'],
])('%s fails after the answer with 131053', async (_name, bytes, type, name, kind) => {
  const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
  const { body } = await upload(bytes, type, name);
  expect((await stage.send({ to: '+15550100177', type: kind, [kind]: { id: body.id } })).status).toBe(200);
  await stage.simulator.idle();
  expect(stage.receiver.all('statuses')).toMatchObject([{ status: 'failed', errors: [{ code: 131053 }] }]);
});

it('sends a real voice note and shows it on the phone', async () => {
  const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
  const { body } = await upload(createVoiceNote(), 'audio/ogg', 'voice.ogg');
  await stage.send({ to: '+15550100177', type: 'audio', audio: { id: body.id, voice: true } });
  await stage.simulator.idle();
  expect(stage.receiver.all('statuses').map(({ status }) => status)).toEqual(['sent', 'delivered']);
  expect(stage.simulator.thread(ana.id, PHONE_ID)[1]).toMatchObject({ type: 'audio', direction: 'in' });
});

it('makes pictures that decode: size and pixel rows are right', () => {
  const png = createPng(0.5);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 240]);
  const length = png.readUInt32BE(33);
  expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength(240 * (320 * 3 + 1));
  expect(createPdf('x').toString('latin1')).toMatch(/^%PDF-1\.4[^]*%%EOF\n$/);
});

it('takes a resumable upload in pieces and gives a handle, which is no media id', async () => {
  const [{ appId }] = stage.simulator.numbers();
  const opened = await stage.graph('POST', `/${appId}/uploads?file_length=6&file_type=image/png`);
  const session = opened.body.id as string;
  const put = (offset: number, bytes: string) =>
    fetch(`${stage.simulator.url}/v25.0/${session}`, {
      method: 'POST',
      headers: { authorization: 'OAuth test-token', file_offset: String(offset) },
      body: bytes,
    });
  expect(await (await put(0, 'abc')).json()).toMatchObject({ file_offset: 3 });
  expect((await put(0, 'abc')).status).toBe(400);
  expect((await stage.graph('GET', `/${session}`)).body.file_offset).toBe(3);
  const { h } = (await (await put(3, 'def')).json()) as { h: string };
  expect(h).toMatch(/^4::/);
  expect((await stage.graph('POST', `/${appId}/uploads?file_length=6&file_type=image/gif`)).status).toBe(400);
});

it.each([
  [
    'a still sticker above 100 KB',
    'sticker',
    'image/webp',
    'a.webp',
    `RIFF....WEBPVP8 ${'x'.repeat(110_000)}`,
    {},
  ],
  ['a voice note that is an MP3', 'audio', 'audio/mpeg', 'a.mp3', 'ID3', { voice: true }],
])('%s is accepted and fails with 131053', async (_what, kind, type, name, bytes, more) => {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('file', new Blob([Buffer.from(bytes, 'latin1')], { type }), name);
  const upload = await fetch(`${stage.simulator.url}/${PHONE_ID}/media`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-token' },
    body: form,
  });
  const { id } = (await upload.json()) as { id: string };
  const customer = stage.simulator.customers.add({ name: 'Eve', phone: '+15550100555' });
  await stage.simulator.play(customer.id, PHONE_ID, { type: 'text', text: 'hi' });
  expect((await stage.send({ to: '+15550100555', type: kind, [kind]: { id, ...more } })).status).toBe(200);
  await stage.simulator.idle();
  expect(stage.receiver.all('statuses')).toMatchObject([{ status: 'failed', errors: [{ code: 131053 }] }]);
});
