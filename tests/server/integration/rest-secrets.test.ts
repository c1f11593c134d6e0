/** Canaries: what must never leave the server, be logged, or lie in the database as it is. */
import fs from 'node:fs';
import { setStage, type Stage } from '../support/stage';
import { get, message, newConversation, reaches, sendText } from '../support/rest';

const ACCESS = 'EAACANARYaccesstoken0123456789';
const SECOND_ACCESS = 'EAACANARYsecondtoken9876543210';
const SECRET = 'CANARYappsecret0123456789abcdef';
const VERIFY = 'CANARYverifytoken0123456789';
const CANARIES = [ACCESS, SECOND_ACCESS, SECRET, VERIFY];

/** Everything that is logged, printed or answered while the work runs. */
const listening = (stage: Stage) => {
  const lines: string[] = [];
  const note = (...parts: unknown[]): void => {
    for (const part of parts) {
      lines.push(
        part instanceof Error
          ? `${part.message} ${part.stack}`
          : typeof part === 'string'
            ? part
            : JSON.stringify(part),
      );
    }
  };
  for (const level of ['error', 'warn', 'info', 'http', 'debug'] as const) {
    jest
      .spyOn(stage.strapi.log, level)
      .mockImplementation((...parts: unknown[]) => (note(...parts), stage.strapi.log));
  }
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => (note(String(chunk)), true));
  }
  return lines;
};

const hits = (text: string): string[] =>
  CANARIES.filter((canary) => text.includes(canary) || text.includes(encodeURIComponent(canary)));

describe('secrets', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.stop());

  it('are in no answer, no log line and no column, through a whole life of a number', async () => {
    const lines = listening(stage);
    const answers: string[] = [];
    const path = '/api/whatsapp/integrations';
    const { http, token, admin, simulator } = stage;
    const ask = async (
      call: ReturnType<typeof http.get>,
      headers = token,
    ): Promise<Record<string, never>> => {
      const { text, body, headers: sent } = await call.set(headers);
      answers.push(text ?? '', JSON.stringify(sent));
      return body;
    };

    const input = {
      name: 'Canary',
      phoneNumber: '+14155559999',
      phoneNumberId: '123450009',
      businessAccountId: '123450010',
      accessToken: ACCESS,
      appSecret: SECRET,
      endpointUrl: simulator.url,
    };
    const created = await http
      .post(path)
      .set(token)
      .send({ ...input, verifyToken: VERIFY })
      .expect(201);
    expect(created.body.data.verifyToken).toBe(VERIFY);
    expect(hits(created.text.replace(VERIFY, ''))).toEqual([]);
    const { id, webhookUrl } = created.body.data;
    simulator.addNumber({
      ...input,
      wabaId: input.businessAccountId,
      displayPhoneNumber: input.phoneNumber,
      verifiedName: 'Canary',
      callbackUrl: webhookUrl,
    });
    const number = { id, ...input, webhookUrl };

    await ask(http.get(path));
    await ask(http.get(`${path}/${id}`));
    await ask(http.put(`${path}/${id}`).send({ name: 'Canary 2' }));
    await ask(http.post(path).send(input));
    await ask(http.post(path).send({ ...input, phoneNumberId: 'no digits' }));
    await ask(http.put(`${path}/${id}`).send({ accessToken: SECOND_ACCESS.repeat(200) }));
    await ask(http.post(`${path}/${id}/toggle`).send({ active: true }));
    await ask(http.get(`/whatsapp/integrations/${id}`), admin);
    await ask(http.get('/whatsapp/integrations'), admin);
    await ask(
      http.get(
        `${new URL(webhookUrl).pathname}?hub.mode=subscribe&hub.verify_token=${VERIFY}x&hub.challenge=1`,
      ),
    );
    await ask(http.post(new URL(webhookUrl).pathname).set('X-Hub-Signature-256', 'sha256=00').send({}));

    // Sends that work, that break in every way, and a token that dies.
    const conversation = await newConversation(stage, number);
    const sent = await sendText(stage, conversation.id, 'works');
    await reaches(stage, sent.id, ['delivered']);
    for (const fault of [
      'lost-answer',
      'accepted-then-500',
      '5xx-html',
      'closed-window-sync',
      'dead-token',
    ] as const) {
      simulator.faults.set(fault, { phoneNumberId: number.phoneNumberId, times: 1, scope: 'send' });
      const { id: messageId } = await sendText(stage, conversation.id, `with ${fault}`).catch(() => sent);
      await reaches(stage, messageId, ['unknown', 'failed', 'queued', 'sent', 'delivered', 'accepted']);
      answers.push(JSON.stringify(await message(stage, messageId)));
    }
    await ask(http.put(`${path}/${id}`).send({ accessToken: SECOND_ACCESS }));
    answers.push(JSON.stringify(await get(stage, `/conversations/${conversation.id}/messages`)));
    const revealed = await http
      .post(`/whatsapp/integrations/${id}/reveal-verify-token`)
      .set(admin)
      .expect(200);
    expect(revealed.body.data.verifyToken).toBe(VERIFY);
    expect(revealed.headers['cache-control']).toBe('no-store');
    expect(hits(revealed.text.replace(VERIFY, ''))).toEqual([]);

    expect(answers.flatMap(hits)).toEqual([]);
    expect(answers.join('')).not.toContain('verifyToken');
    expect(lines.flatMap(hits)).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);

    // The database as it lies there: every column of every table of ours, and Strapi's own.
    const { connection } = stage.strapi.db;
    const [row] = await connection('whatsapp_integrations').where({ id });
    expect(row.access_token_sealed.length).toBeGreaterThan(20);
    const tables = [
      ...(stage.strapi.db.metadata as unknown as Map<string, { tableName: string }>).values(),
    ].map(({ tableName }) => tableName);
    expect(tables).toContain('whatsapp_integrations');
    for (const name of tables)
      expect([name, hits(JSON.stringify(await connection(name)))]).toEqual([name, []]);
    if (stage.strapi.db.dialect.client === 'sqlite') {
      const { filename } = (stage.database.connection.connection ?? {}) as { filename: string };
      expect(hits(fs.readFileSync(filename).toString('latin1'))).toEqual([]);
    }
  });

  it('cannot be revealed through the content API or without the permission', async () => {
    const { http, token, number } = stage;
    const { status } = await http
      .post(`/api/whatsapp/integrations/${number.id}/reveal-verify-token`)
      .set(token);
    expect([404, 405]).toContain(status);
  });
});
