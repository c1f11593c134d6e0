/** What one caller may ask of us: writes per minute, and how large a file may be. */
import http from 'node:http';
import { setStage, type Stage } from '../support/stage';
import { newToken } from '../support/tenants';
import { adminPerson } from '../../helpers/people';
import { ACTIONS } from '../../../server/src/permissions';

const PER_TOKEN = 8;
const PER_ADMIN = 5;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({
    config: { limits: { writesPerMinutePerToken: PER_TOKEN, writesPerMinutePerAdmin: PER_ADMIN } },
  });
});
afterAll(() => stage.stop());

type Answer = { status: number; retryAfter: string | undefined; code: string | undefined };

/** One call after the other; they fail for want of a body, which is counted all the same. */
const write = async (path: string, headers: Record<string, string>, times: number): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let i = 0; i < times; i += 1) {
    const { status, headers: got, body } = await stage.http.post(path).set(headers).send({});
    answers.push({ status, retryAfter: got['retry-after'] as string, code: body.error?.details?.code });
  }
  return answers;
};

const expectLimit = (answers: Answer[], limit: number): void => {
  expect(answers.slice(0, limit).map(({ status }) => status)).not.toContain(429);
  for (const { status, retryAfter, code } of answers.slice(limit)) {
    expect([status, code]).toEqual([429, 'rate_limit_exceeded']);
    expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
  }
};

it('an API token that writes too often gets 429 with Retry-After; another one and reading go on', async () => {
  const [busy, calm] = [await newToken(stage), await newToken(stage)];
  expectLimit(await write('/api/whatsapp/messages/send', busy.headers, PER_TOKEN + 2), PER_TOKEN);
  await stage.http.get('/api/whatsapp/conversations').set(busy.headers).expect(200);
  expectLimit(await write('/api/whatsapp/messages/send', calm.headers, 1), 1);
});

it('so does a person in the panel, over all routes together; a colleague goes on', async () => {
  const [busy, calm] = [
    await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox, ACTIONS.sendMessages] }),
    await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox, ACTIONS.sendMessages] }),
  ];
  const first = await write('/whatsapp/messages/send', busy.headers, PER_ADMIN - 1);
  const rest = await write('/whatsapp/messages/1/retry', busy.headers, 3);
  expectLimit([...first, ...rest], PER_ADMIN);
  await stage.http.get('/whatsapp/conversations').set(busy.headers).expect(200);
  expectLimit(await write('/whatsapp/messages/send', calm.headers, 1), 1);
});

it('an upload that announces more than WhatsApp takes is turned away before it is sent', async () => {
  for (const path of ['/api/whatsapp/uploads', '/whatsapp/uploads/']) {
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const request = http.request(new URL(path, stage.url), {
        method: 'POST',
        headers: {
          ...stage.token,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': String(101 * 1024 * 1024),
        },
      });
      request.on('response', (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: body }));
      });
      request.on('error', reject);
      // Only the beginning: whoever waits for the rest never answers.
      request.write('--x\r\n');
    });
    expect([path, status, JSON.parse(text).error.details.code]).toEqual([path, 400, 'media_not_supported']);
  }
});

it('an upload that announces nothing is cut off as soon as it is larger than WhatsApp takes', async () => {
  const MB = Buffer.alloc(1024 * 1024, 'x');
  const { status, text, sent } = await new Promise<{ status: number; text: string; sent: number }>(
    (resolve, reject) => {
      let sent = 0;
      let answered = false;
      const request = http.request(new URL('/api/whatsapp/uploads', stage.url), {
        method: 'POST',
        headers: { ...stage.token, 'content-type': 'multipart/form-data; boundary=x' },
      });
      request.on('response', (response) => {
        answered = true;
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: body, sent }));
      });
      // The server hangs up on what it does not want; that counts only when no answer came before.
      request.on('error', (error) => (answered ? undefined : reject(error)));
      request.write(
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n',
      );
      const more = (): void => {
        if (answered || sent >= 150) return;
        sent += 1;
        request.write(MB, (error) => (error ? undefined : setImmediate(more)));
      };
      more();
    },
  );
  expect([status, JSON.parse(text).error.details.code]).toEqual([400, 'media_not_supported']);
  expect(sent).toBeGreaterThan(99);
  const [{ n }] = await stage.strapi.db.connection('whatsapp_uploads').count({ n: '*' });
  expect(Number(n)).toBe(0);
});
