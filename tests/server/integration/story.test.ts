import { setStage, until, type Stage } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const conversations = async () =>
  (await stage.http.get('/api/whatsapp/conversations').set(stage.token).expect(200)).body.data;
const messagesOf = async (id: string) =>
  (await stage.http.get(`/api/whatsapp/conversations/${id}/messages`).set(stage.token).expect(200)).body.data;

describe('a customer writes, an editor answers', () => {
  it('runs through real HTTP, real signatures and the real pipelines', async () => {
    const { simulator, number, http, token } = stage;
    const ana = simulator.customers.add({ name: 'Ana', phone: '+34600555101' });
    await simulator.play(ana.id, number.phoneNumberId, { type: 'text', text: 'Hola ¿está abierto? 🙂' });
    await simulator.idle(5000);

    const [conversation] = await conversations();
    expect(conversation).toMatchObject({
      integrationId: number.id,
      unreadCount: 1,
      windowOpen: true,
      status: 'open',
      contact: { profileName: 'Ana', phone: '+34600555101', userId: ana.userId },
      lastMessage: { text: 'Hola ¿está abierto? 🙂', direction: 'inbound', type: 'text' },
    });

    const sent = await http
      .post('/api/whatsapp/messages/send')
      .set(token)
      .send({ conversationId: conversation.id, message: 'Sí, hasta las 20:00', clientKey: 'k1' })
      .expect(202);
    expect(sent.body.data).toMatchObject({
      status: 'queued',
      direction: 'outbound',
      origin: 'api',
      clientKey: 'k1',
    });

    await until(
      async () => (await messagesOf(conversation.id))[0],
      (message) => message.status === 'delivered',
    );
    simulator.openChat(ana.id, number.phoneNumberId);
    const read = await until(
      async () => (await messagesOf(conversation.id))[0],
      (message) => message.status === 'read',
    );
    expect(read.statuses.map((s: { status: string }) => s.status)).toEqual([
      'queued',
      'accepted',
      'sent',
      'delivered',
      'read',
    ]);
    expect(simulator.accepted).toHaveLength(1);
    const { body } = await http.get(`/api/whatsapp/integrations/${number.id}`).set(token).expect(200);
    expect(body.data.status).toBe('verified');

    const after = await http
      .post(`/api/whatsapp/conversations/${conversation.id}/read`)
      .set(token)
      .expect(200);
    expect(after.body.data.unreadCount).toBe(0);
  });
});
