/** Time plays tricks: Meta is away for an hour, the clock jumps. The plugin's clock is moved, nobody waits. */
import { adminToken } from '../../helpers/people';
import { acceptsOf, maintain, message, newConversation, reaches, sendText, thread } from '../support/rest';
import { setStage, until, type Stage } from '../support/stage';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let stage: Stage;
let offset = 0;
const realNow = Date.now;

beforeAll(async () => {
  stage = await setStage({ config: { sending: { timeoutMs: 1_000 } } });
  // Each refused attempt would be a line.
  stage.strapi.log.level = 'silent';
});
beforeEach(() => {
  offset = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + offset);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await stage.stop();
});

const point = (endpointUrl: string, { id, accessToken } = stage.number) =>
  stage.http
    .put(`/api/whatsapp/integrations/${id}`)
    .set(stage.token)
    .send({ endpointUrl, accessToken })
    .expect(200);

/** Attempts that are over: one that is still on its way would be dated by a clock that was moved meanwhile. */
const attemptsOf = async (id: string): Promise<number> => {
  const row = await stage.strapi.db
    .connection('whatsapp_outbox')
    .where({ message_id: Number(id) })
    .first('attempts', 'state');
  return Number(row?.attempts ?? 0) - (row?.state === 'in_flight' ? 1 : 0);
};

describe('Meta is away for an hour', () => {
  it('what was sent is kept, is told honestly, and goes out once when she is back', async () => {
    const number = await stage.addNumber();
    const conversation = await newConversation(stage, number);
    const other = await newConversation(stage, number);
    await point('http://127.0.0.1:1/v25.0', number);
    stage.simulator.faults.set('meta-down', { phoneNumberId: number.phoneNumberId });
    const letter = await stage.simulator.play(
      (await customerOf(conversation.contact.userId)).id,
      number.phoneNumberId,
      { type: 'text', text: 'Are you there?' },
    );
    const early = await sendText(stage, conversation.id, 'early in the outage');
    await until(
      () => attemptsOf(early.id),
      (attempts) => attempts >= 1,
    );
    expect(await message(stage, early.id)).toMatchObject({ status: 'queued', error: null });

    // Each new message makes the lane look again.
    const waiting: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      const before = await attemptsOf(early.id);
      offset += 5 * MINUTE;
      waiting.push((await sendText(stage, other.id, `later ${step}`)).id);
      const settled = async (): Promise<boolean> =>
        (await message(stage, early.id)).status === 'failed' || (await attemptsOf(early.id)) > before;
      await until(settled, (done) => done);
    }
    expect(offset).toBe(HOUR);
    const given = await message(stage, early.id);
    expect(given).toMatchObject({ status: 'failed' });
    expect(given.error?.message).toEqual(expect.any(String));
    expect(acceptsOf(stage, 'early in the outage')).toBe(0);
    expect(await stage.strapi.db.connection('whatsapp_messages').where({ wamid: letter.wamid })).toEqual([]);

    await point(`${stage.simulator.url}/v25.0`, number);
    stage.simulator.faults.clear('meta-down');
    offset += 2 * MINUTE;
    // The session of an hour ago has ended.
    const editor = { Authorization: `Bearer ${await adminToken(stage.strapi)}` };
    await stage.http.post(`/whatsapp/messages/${early.id}/retry`).set(editor).expect(202);
    await reaches(stage, early.id, ['delivered']);
    await until(
      async () => (await thread(stage, conversation.id)).map(({ text }) => text),
      (texts) => texts.includes('Are you there?'),
    );
    for (const [step, id] of waiting.entries()) {
      const { status } = await message(stage, id);
      if (status === 'failed') {
        expect(acceptsOf(stage, `later ${step}`)).toBe(0);
        continue;
      }
      await reaches(stage, id, ['delivered'], 30_000);
      expect(acceptsOf(stage, `later ${step}`)).toBe(1);
    }
    expect(acceptsOf(stage, 'early in the outage')).toBe(1);
  }, 120_000);
});

const customerOf = async (userId: string | null) => {
  const found = stage.simulator.customers.list().find((customer) => customer.userId === userId);
  if (!found) throw new Error('No such customer');
  return found;
};

describe('the clock jumps', () => {
  it.each([
    ['an hour ahead', HOUR],
    ['an hour back', -HOUR],
  ])('%s: every message leaves once, in its order, without a burst above the rate', async (_words, jump) => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    const texts = Array.from({ length: 6 }, (_, n) => `${jump} ${n}`);
    const sent = [];
    for (const [index, text] of texts.entries()) {
      if (index === 3) offset += jump;
      sent.push(await sendText(stage, id, text));
    }
    for (const { id: messageId } of sent) await reaches(stage, messageId, ['delivered'], 20_000);
    const accepted = stage.simulator.accepted
      .filter(({ phoneNumberId }) => phoneNumberId === number.phoneNumberId)
      .map(({ body }) => (body.text as { body: string }).body);
    expect(accepted).toEqual(texts);
  });

  it('back: a claim is not mistaken for one of a dead process, and maintenance ends nothing that lives', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    stage.simulator.faults.set('slow', {
      phoneNumberId: number.phoneNumberId,
      delayMs: 600,
      times: 1,
      scope: 'send',
    });
    const sent = await sendText(stage, id, 'thinking');
    await until(
      () => message(stage, sent.id),
      ({ status }) => status === 'sending',
    );
    offset -= HOUR;
    await maintain(stage);
    expect((await message(stage, sent.id)).status).not.toBe('unknown');
    await reaches(stage, sent.id, ['delivered']);
    expect(acceptsOf(stage, 'thinking')).toBe(1);
  });

  it('ahead: the window of a conversation closes by the clock and the answer says so', async () => {
    const { id } = await newConversation(stage);
    offset += 25 * HOUR;
    const answer = await stage.http
      .post('/api/whatsapp/messages/send')
      .set(stage.token)
      .send({ conversationId: id, message: 'too late' });
    expect([answer.status, answer.body.error?.details?.code]).toEqual([409, 'window_closed']);
  });
});
