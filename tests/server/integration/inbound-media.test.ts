/** Files that customers send: fetched with the token, kept in private, shown by signed links. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import sharp from 'sharp';

import { createMediaStore } from '../../../server/src/media/store';
import { createPng } from '../../../simulator/src/fixtures/png';
import { json, rowsOf, type Row, type Rows } from '../support/rows';
import { setStage, until, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

const MAX_BYTES = 200_000;

/** A Graph that answers what the test says; remembers who brought a token. */
const fakeGraph = async () => {
  interface Kept {
    mime: string;
    bytes: Buffer;
    url?: string;
    failures: number;
    /** Downloads that find the address gone. */
    gone: number;
    /** The body ends when the test says so. */
    slow: boolean;
  }
  const files = new Map<string, Kept>();
  const finish = new Map<string, () => void>();
  const calls: { path: string; token: string | undefined }[] = [];
  const server = http.createServer((request, response) => {
    const target = new URL(request.url ?? '/', 'http://x');
    calls.push({ path: target.pathname, token: request.headers.authorization });
    const id = target.pathname.split('/').pop() as string;
    const file = files.get(id);
    const bytes = target.pathname.startsWith('/bytes/');
    if (!file) {
      response.writeHead(404).end('{}');
    } else if (bytes && id.startsWith('endless')) {
      response.writeHead(200, { 'content-type': file.mime });
      const timer = setInterval(() => response.write(Buffer.alloc(50_000)), 5);
      response.on('close', () => clearInterval(timer));
    } else if (bytes && file.gone > 0) {
      file.gone -= 1;
      response.writeHead(404).end('gone');
    } else if (bytes && file.slow) {
      response.writeHead(200, { 'content-type': file.mime });
      response.write(file.bytes.subarray(0, 10));
      finish.set(id, () => response.end(file.bytes.subarray(10)));
    } else if (bytes) {
      response.writeHead(200, { 'content-type': file.mime }).end(file.bytes);
    } else if (file.failures > 0) {
      file.failures -= 1;
      response.writeHead(503, { 'content-type': 'text/html' }).end('<html>busy</html>');
    } else {
      const { port } = server.address() as AddressInfo;
      const url = file.url ?? `http://127.0.0.1:${port}/bytes/${id}`;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          messaging_product: 'whatsapp',
          url,
          mime_type: file.mime,
          sha256: 'x',
          file_size: file.bytes.length,
          id,
        }),
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    finish,
    put: (id: string, over: Partial<Kept> = {}) =>
      files.set(id, {
        mime: 'image/png',
        bytes: Buffer.from('x'),
        failures: 0,
        gone: 0,
        slow: false,
        ...over,
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};

let stage: Stage;
let rows: Rows;
let graph: Awaited<ReturnType<typeof fakeGraph>>;
let elsewhere: Awaited<ReturnType<typeof fakeGraph>>;
let faked: Stage['number'];
beforeAll(async () => {
  stage = await setStage({ config: { media: { maxBytes: MAX_BYTES } } });
  rows = rowsOf(stage.strapi);
  graph = await fakeGraph();
  elsewhere = await fakeGraph();
  faked = await stage.addNumber();
  await stage.http
    .put(`/api/whatsapp/integrations/${faked.id}`)
    .set(stage.token)
    .send({ endpointUrl: `${graph.url}/v25.0`, accessToken: faked.accessToken })
    .expect(200);
});
afterAll(async () => {
  await stage.stop();
  await graph.close();
  await elsewhere.close();
});

interface Media {
  url: string | null;
  state: string;
  mimeType: string | null;
  fileName: string | null;
  size: number | null;
  width: number | null;
  height: number | null;
}
const show = async (id: unknown): Promise<{ text: string; media: Media }> =>
  (
    await stage.http
      .get(`/api/whatsapp/messages/${String(id)}`)
      .set(stage.token)
      .expect(200)
  ).body.data;
const shown = (id: unknown, state: string) =>
  until(
    () => show(id),
    ({ media }) => media.state === state,
  );

/** A customer sends the file `id` that the fake Graph keeps; answers the message's row. */
const receive = async (id: string, type = 'image', over: hook.Json = {}): Promise<Row> => {
  const ana = hook.newCustomer();
  const message = hook.messageFrom(ana, {
    type,
    text: undefined,
    [type]: { id, mime_type: 'image/png', caption: 'Look', ...over },
  });
  const payload = hook.from(faked, ana, message);
  expect((await hook.post(stage, payload, { secret: faked.appSecret })).status).toBe(200);
  return (await rows.message(message.id as string)) as Row;
};
const jobsOf = async (row: Row): Promise<Row[]> =>
  (await rows.all('jobs')).filter((job) => json<{ messageId: number }>(job.payload).messageId === row.id);
const get = (url: string | null, headers: http.OutgoingHttpHeaders = {}) =>
  new Promise<{ status: number; headers: http.IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
    http
      .get(new URL(String(url), stage.url), { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: Buffer.concat(chunks),
          }),
        );
      })
      .on('error', reject);
  });
const directory = (): string =>
  stage.strapi.config.get<{ media: { directory: string } }>('plugin::whatsapp').media.directory;

describe('a picture', () => {
  let bytes: Buffer;
  let url: string;
  let row: Row;
  beforeAll(async () => {
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+34600555777' });
    bytes = createPng(7);
    await stage.simulator.play(ana.id, stage.number.phoneNumberId, {
      type: 'image',
      bytes,
      mimeType: 'image/png',
      caption: 'Look',
    });
    await stage.simulator.idle(5_000);
    [row] = (await rows.all('messages')).filter(({ message_type: type }) => type === 'image');
    const { media } = await shown(row.id, 'stored');
    expect(media).toMatchObject({
      mimeType: 'image/png',
      size: bytes.length,
      width: expect.any(Number) as number,
    });
    url = media.url as string;
  });

  it('is kept in the private folder under our own ids, nowhere public', () => {
    const file = path.join(directory(), String(row.organization_id), String(row.id));
    expect(fs.readFileSync(file)).toEqual(bytes);
    const files = fs.readdirSync(stage.strapi.dirs.static.public, { recursive: true, withFileTypes: true });
    expect(files.filter((entry) => entry.isFile())).toEqual([]);
    expect(file.startsWith(stage.strapi.dirs.static.public)).toBe(false);
  });

  it('leaves no job behind and no address of Meta’s in the message', async () => {
    await until(
      () => jobsOf(row),
      (jobs) => jobs.length === 0,
    );
    expect(JSON.stringify((await rows.all('messages', { id: row.id }))[0].media)).not.toContain('http');
  });

  it('is served by its link, with headers under which nothing in it can run', async () => {
    const answer = await get(url);
    expect(answer.status).toBe(200);
    expect(answer.bytes).toEqual(bytes);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'accept-ranges': 'bytes',
      'cache-control': expect.stringContaining('private') as string,
    });
    expect(answer.headers['content-disposition']).toMatch(/^inline/);
  });

  it.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=5-', 206, 5, Infinity],
    ['bytes=-7', 206, -7, Infinity],
    ['bytes=0-1,4-5', 200, 0, Infinity],
  ])('in parts: %s', async (range, status, start, end) => {
    const answer = await get(url, { range });
    expect(answer.status).toBe(status);
    expect(answer.bytes).toEqual(
      bytes.subarray(start < 0 ? bytes.length + start : start, Math.min(end, bytes.length)),
    );
    if (status === 206)
      expect(answer.headers['content-range']).toMatch(new RegExp(`^bytes \\d+-\\d+/${bytes.length}$`));
  });

  it('not behind its end: 416 with its size', async () => {
    const answer = await get(url, { range: 'bytes=9999999-' });
    expect(answer.status).toBe(416);
    expect(answer.headers['content-range']).toBe(`bytes */${bytes.length}`);
  });

  it('not by a forged, borrowed or expired link', async () => {
    const link = new URL(url, stage.url);
    const bent = (change: (target: URL) => void): string => {
      const target = new URL(link);
      change(target);
      return target.pathname + target.search;
    };
    const signature = link.searchParams.get('signature') as string;
    for (const forged of [
      bent((t) => t.searchParams.delete('signature')),
      bent((t) => t.searchParams.delete('expires')),
      bent((t) =>
        t.searchParams.set('signature', `${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`),
      ),
      bent((t) => t.searchParams.set('expires', String(Number(t.searchParams.get('expires')) + 1))),
      bent((t) => t.searchParams.set('expires', String(Date.now() - 1))),
      bent((t) => (t.pathname = t.pathname.replace(/\d+$/, '999'))),
      bent((t) => (t.pathname = t.pathname.replace(/\d+$/, (id) => `0${id}`))),
    ]) {
      const answer = await get(forged);
      expect({ forged, status: answer.status }).toEqual({ forged, status: 403 });
      expect(answer.bytes.toString()).toContain('media_link_invalid');
    }
    const real = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3 * 60 * 60 * 1000);
    const late = await get(url);
    real.mockRestore();
    expect(late.status).toBe(403);
  });

  it.each(['..%2f..%2fsecret', '%2e%2e', '..', '1%00', 'a', '1e1', '99999999999'])(
    'no path leads out of the folder: %s',
    async (id) => {
      const { search } = new URL(url, stage.url);
      const answer = await get(`/api/whatsapp/media/${id}${search}`);
      expect([403, 404]).toContain(answer.status);
    },
  );
});

describe('what is no picture', () => {
  it.each([
    ['text/html', 'page.html'],
    ['image/svg+xml', 'a.svg'],
    ['application/x-msdownload', 'a.exe'],
    ['', 'nothing'],
    ['image/png\r\nX-Evil: 1', 'a.png'],
  ])('of type %j is offered as a download', async (mime, fileName) => {
    const id = `doc${hook.newWamid()}`;
    graph.put(id, { bytes: Buffer.from('<script>alert(1)</script>'), mime: 'application/octet-stream' });
    const row = await receive(id, 'document', { mime_type: mime, filename: fileName });
    const { media } = await shown(row.id, 'stored');
    const answer = await get(media.url);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    );
    expect(answer.headers['x-evil']).toBeUndefined();
  });

  it('keeps a wild file name inside its header', async () => {
    const fileName = '../../a"b\r\nSet-Cookie: x=1;\ud83d 🙂.pdf';
    graph.put('wild', { bytes: Buffer.from('%PDF-1.7\n1 0 obj\n') });
    const row = await receive('wild', 'document', { mime_type: 'application/pdf', filename: fileName });
    const answer = await get((await shown(row.id, 'stored')).media.url);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['content-disposition']).toMatch(/^inline; filename\*=UTF-8''[^\s"]+$/);
  });
});

describe('a fetch that fails', () => {
  it('for good: the message is shown, the file is called failed, nothing tries again', async () => {
    const row = await receive('unknown-to-graph');
    expect(await shown(row.id, 'failed')).toMatchObject({ text: 'Look', media: { url: null } });
    await until(
      () => jobsOf(row),
      (jobs) => jobs.length === 0,
    );
    expect(graph.calls.filter(({ path: called }) => called.endsWith('/unknown-to-graph'))).toHaveLength(1);
  });

  it('for now: is tried again later, and later still, until it is there', async () => {
    graph.put('busy', { failures: 2, bytes: Buffer.from('at last') });
    const row = await receive('busy');
    const waits: number[] = [];
    for (const attempts of [1, 2]) {
      const [job] = await until(
        () => jobsOf(row),
        ([one]) => Number(one?.attempts) === attempts && one.locked_by === null,
      );
      waits.push(Number(job.run_at) - Date.now());
      expect((await show(row.id)).media.state).toBe('pending');
      await stage.strapi.db.connection('whatsapp_jobs').where({ id: job.id }).update({ run_at: Date.now() });
    }
    expect(waits[0]).toBeGreaterThan(2_000);
    expect(waits[1]).toBeGreaterThan(waits[0] * 2);
    expect((await get((await shown(row.id, 'stored')).media.url)).bytes.toString()).toBe('at last');
  });

  it('for a week: the file is called expired', async () => {
    graph.put('old', { failures: 99 });
    const row = await receive('old');
    const [job] = await until(
      () => jobsOf(row),
      ([one]) => Number(one?.attempts) === 1 && one.locked_by === null,
    );
    const knex = stage.strapi.db.connection;
    await knex('whatsapp_messages')
      .where({ id: row.id })
      .update({ received_at: Date.now() - 8 * 24 * 60 * 60 * 1000 });
    await knex('whatsapp_jobs').where({ id: job.id }).update({ run_at: Date.now() });
    await shown(row.id, 'expired');
    await until(
      () => jobsOf(row),
      (jobs) => jobs.length === 0,
    );
  });

  it('the token goes to no other host, whatever address the answer names', async () => {
    elsewhere.put('bait');
    for (const url of [
      `${elsewhere.url}/bytes/bait`,
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      'not an address',
    ]) {
      const id = `bait${hook.newWamid()}`;
      graph.put(id, { url });
      await shown((await receive(id)).id, 'failed');
    }
    expect(elsewhere.calls).toEqual([]);
  });

  it.each([
    ['larger than allowed', 'large', Buffer.alloc(MAX_BYTES + 1)],
    ['without an end', 'endless', Buffer.from('x')],
  ])('a file %s is cut off and called failed', async (_name, id, bytes) => {
    graph.put(id, { bytes });
    const row = await receive(id);
    await shown(row.id, 'failed');
    expect(fs.existsSync(path.join(directory(), String(row.organization_id), String(row.id)))).toBe(false);
  });

  it('an empty file is a file', async () => {
    graph.put('empty', { bytes: Buffer.alloc(0) });
    const row = await receive('empty');
    const { media } = await shown(row.id, 'stored');
    const answer = await get(media.url);
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.bytes).toHaveLength(0);
    expect((await get(media.url, { range: 'bytes=0-' })).status).toBe(416);
  });
});

it('a delivery that comes twice fetches its file once', async () => {
  graph.put('twice');
  const ana = hook.newCustomer();
  const message = hook.messageFrom(ana, {
    type: 'image',
    text: undefined,
    image: { id: 'twice', mime_type: 'image/png' },
  });
  const payload = hook.from(faked, ana, message);
  await Promise.all([1, 2, 3].map(() => hook.post(stage, payload, { secret: faked.appSecret })));
  const row = (await rows.message(message.id as string)) as Row;
  await shown(row.id, 'stored');
  await hook.post(stage, payload, { secret: faked.appSecret });
  await until(
    () => jobsOf(row),
    (jobs) => jobs.length === 0,
  );
  expect(graph.calls.filter(({ path: called }) => called === '/bytes/twice')).toHaveLength(1);
});

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');
const jobRun = async (row: Row): Promise<void> => {
  const knex = stage.strapi.db.connection;
  const [job] = await until(
    () => jobsOf(row),
    ([one]) => one !== undefined && one.locked_by === null && Number(one.run_at) > Date.now() + 1_000,
  );
  await knex('whatsapp_jobs').where({ id: job.id }).update({ run_at: Date.now() });
};
const retry = (row: Row, headers = stage.admin) =>
  stage.http.post(`/whatsapp/messages/${String(row.id)}/media/retry`).set(headers);

describe('the bytes', () => {
  it('are what they are, not what the sender calls them', async () => {
    graph.put('disguised', { bytes: Buffer.from('%PDF-1.7\n1 0 obj\n') });
    const { media } = await shown((await receive('disguised')).id, 'stored');
    expect(media).toMatchObject({ mimeType: 'application/pdf', width: null });
    graph.put('nonsense', { bytes: Buffer.from('<svg onload=alert(1)>') });
    const shownAs = await shown((await receive('nonsense')).id, 'stored');
    expect((await get(shownAs.media.url)).headers['content-disposition']).toMatch(/^attachment/);
  });

  it('of webp stickers and turned photos are measured', async () => {
    const webp = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .webp()
      .toBuffer();
    graph.put('sticker', { bytes: webp, mime: 'image/webp' });
    const sticker = await shown(
      (await receive('sticker', 'sticker', { mime_type: 'image/webp' })).id,
      'stored',
    );
    expect(sticker.media).toMatchObject({ mimeType: 'image/webp', width: 30, height: 20 });
    const turned = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    graph.put('turned', { bytes: turned, mime: 'image/jpeg' });
    const photo = await shown((await receive('turned', 'image', { mime_type: 'image/jpeg' })).id, 'stored');
    expect(photo.media).toMatchObject({ width: 20, height: 30 });
  });

  it('that are others than announced are fetched again, and kept with a note when they stay so', async () => {
    graph.put('wrong', { bytes: createPng(3) });
    const row = await receive('wrong', 'image', { sha256: digestOf(Buffer.from('other')) });
    await jobRun(row);
    await jobRun(row);
    await shown(row.id, 'stored');
    const [stored] = await rows.all('messages', { id: row.id });
    expect(json(stored.media)).toMatchObject({ verified: false });
    expect(graph.calls.filter(({ path: called }) => called === '/bytes/wrong')).toHaveLength(3);
    graph.put('right', { bytes: createPng(4) });
    const good = await receive('right', 'image', { sha256: digestOf(createPng(4)) });
    await shown(good.id, 'stored');
    expect(json((await rows.all('messages', { id: good.id }))[0].media)).toMatchObject({ verified: true });
  });

  it('gotcha 38: an address that is gone is asked for again at once', async () => {
    graph.put('moved', { bytes: createPng(5), gone: 1 });
    await shown((await receive('moved')).id, 'stored');
    expect(
      graph.calls.filter(({ path: called }) => called.endsWith('/moved')).map((call) => call.path),
    ).toEqual(['/v25.0/moved', '/bytes/moved', '/v25.0/moved', '/bytes/moved']);
  });

  it('leave no half file behind, and what a dead process left is removed', async () => {
    const unfinished = path.join(directory(), 'unfinished');
    expect(fs.readdirSync(unfinished)).toEqual([]);
    const [old, young] = ['old', 'young'].map((name) => path.join(unfinished, name));
    fs.writeFileSync(old, 'x');
    fs.writeFileSync(young, 'x');
    const yesterday = Date.now() / 1000 - 25 * 60 * 60;
    fs.utimesSync(old, yesterday, yesterday);
    await createMediaStore(directory()).dropUnfinished(Date.now() - 24 * 60 * 60 * 1000);
    expect(fs.readdirSync(unfinished)).toEqual(['young']);
    fs.rmSync(young);
  });
});

describe('trying again by hand', () => {
  it('trap: a failed file is fetched again, the duplicate key does not block it', async () => {
    const row = await receive('later');
    await shown(row.id, 'failed');
    graph.put('later', { bytes: createPng(6) });
    const { body } = await retry(row).expect(200);
    expect(body.data.media).toMatchObject({ state: 'pending', url: null });
    expect((await get((await shown(row.id, 'stored')).media.url)).bytes).toEqual(createPng(6));
    expect(await rows.count('messages', { wamid: row.wamid })).toBe(1);
  });

  it('is refused for what is there, without a file, unknown, or without the right', async () => {
    graph.put('there', { bytes: createPng(7) });
    const row = await receive('there');
    await shown(row.id, 'stored');
    const again = await retry(row).expect(409);
    expect(again.body.error.details.code).toBe('media_not_retryable');
    const ana = hook.newCustomer();
    const plain = hook.messageFrom(ana);
    await hook.post(stage, hook.from(stage.number, ana, plain));
    await retry((await rows.message(plain.id as string)) as Row).expect(404);
    await retry({ id: 999_999 }).expect(404);
    await retry({ id: 'x' }).expect(404);
    await retry(row, {}).expect(401);
  });

  it('fetches once, however often it is asked for at once', async () => {
    const row = await receive('clicked');
    await shown(row.id, 'failed');
    graph.put('clicked', { bytes: createPng(8) });
    await Promise.all([retry(row), retry(row), retry(row)]);
    await shown(row.id, 'stored');
    await until(
      () => jobsOf(row),
      (jobs) => jobs.every(({ run_at: at }) => Number(at) > Date.now()),
    );
    expect(graph.calls.filter(({ path: called }) => called === '/bytes/clicked')).toHaveLength(1);
  });
});

it('a file whose fetch ends every process is given up after three of them', async () => {
  graph.put('deadly', { failures: 1 });
  const row = await receive('deadly');
  const [job] = await until(
    () => jobsOf(row),
    ([one]) => Number(one?.attempts) === 1 && one.locked_by === null,
  );
  const knex = stage.strapi.db.connection;
  await knex('whatsapp_jobs')
    .where({ id: job.id })
    .update({ crashes: 2, run_at: Date.now(), locked_by: 'dead', locked_at: Date.now() - 6 * 60 * 1000 });
  await shown(row.id, 'failed');
  expect(graph.calls.filter(({ path: called }) => called.endsWith('/deadly'))).toHaveLength(1);
  await retry(row).expect(200);
  await shown(row.id, 'stored');
});

it('a file that ends after its number was erased leaves nothing', async () => {
  const gone = await stage.addNumber();
  await stage.http
    .put(`/api/whatsapp/integrations/${gone.id}`)
    .set(stage.token)
    .send({ endpointUrl: `${graph.url}/v25.0`, accessToken: gone.accessToken })
    .expect(200);
  graph.put('slow', { bytes: createPng(9), slow: true });
  const ana = hook.newCustomer();
  const message = hook.messageFrom(ana, {
    type: 'image',
    text: undefined,
    image: { id: 'slow', mime_type: 'image/png' },
  });
  await hook.post(stage, hook.from(gone, ana, message), { secret: gone.appSecret });
  const row = (await rows.message(message.id as string)) as Row;
  const finish = await until(
    () => graph.finish.get('slow'),
    (end) => end !== undefined,
  );
  await stage.http.delete(`/api/whatsapp/integrations/${gone.id}?history=erase`).set(stage.token).expect(204);
  finish?.();
  await until(
    () => jobsOf(row),
    (jobs) => jobs.length === 0,
  );
  expect(fs.existsSync(path.join(directory(), String(row.organization_id), String(row.id)))).toBe(false);
  expect(fs.readdirSync(path.join(directory(), 'unfinished'))).toEqual([]);
});

it('is copied to the Media Library for numbers that ask for it, once, and only what is safe there', async () => {
  const knex = stage.strapi.db.connection;
  await knex('whatsapp_integrations').where({ id: faked.id }).update({ copy_media_to_library: true });
  await new Promise((resolve) => setTimeout(resolve, 5_100));
  graph.put('copied', { bytes: createPng(10) });
  graph.put('unsafe', { bytes: Buffer.from('<script>') });
  graph.put('disguised', { bytes: Buffer.from('<script>') });
  const copied = await receive('copied');
  const unsafe = await receive('unsafe', 'document', { mime_type: 'text/html', filename: 'a.html' });
  const disguised = await receive('disguised', 'document', { mime_type: 'text/plain', filename: 'b.html' });
  await shown(unsafe.id, 'stored');
  const copyOf = ({ id }: Row) =>
    until(
      async () => json<{ libraryId?: number }>((await rows.all('messages', { id }))[0].media),
      ({ libraryId }) => libraryId !== undefined,
    );
  const stored = await copyOf(copied);
  const text = await copyOf(disguised);
  await until(
    async () => [...(await jobsOf(copied)), ...(await jobsOf(unsafe))],
    (jobs) => jobs.length === 0,
  );
  const files = (await knex('files').orderBy('name', 'desc')) as Row[];
  // The site serves a copy by its ending: what is a text must not be opened as a page.
  expect(files.map(({ id, name, mime, ext }) => ({ id, name, mime, ext }))).toEqual([
    { id: stored.libraryId, name: `whatsapp-${String(copied.id)}.png`, mime: 'image/png', ext: '.png' },
    { id: text.libraryId, name: 'b.html.txt', mime: 'text/plain', ext: '.txt' },
  ]);
  await knex('whatsapp_integrations').where({ id: faked.id }).update({ copy_media_to_library: false });
});
