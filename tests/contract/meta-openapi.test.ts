/**
 * Our requests, and the simulator's answers and webhooks, against Meta's own description of the API (facebook/openapi,
 * v23.0). META_OPENAPI_SPEC names the file; it belongs to Meta and is not part of this repository.
 */
import { createGraphClient, type GraphClient } from '../../server/src/cloud-api/client';
import { createSimulator, type RequestRecord, type Simulator } from '../../simulator/src';
import { createMeta, readDocument, type Meta } from './meta/document';
import { DIFFERENCES, OF_CALLS, OF_WEBHOOKS } from './meta/differences';
import { elementsOf } from './meta/elements';
import { playAlone, playAnswers } from './meta/play-everything';
import { startReceiver, type Receiver } from '../simulator/stage';

const NUMBER = '555002000000002';
const WABA = '555001000000001';
const TOKEN = 'EAAcontract';
const file = process.env.META_OPENAPI_SPEC;

interface Recorded {
  requests: RequestRecord[];
  /** With the list that names what is inside. */
  webhooks: { kinds: string[]; payload: unknown }[];
}

const upload = async (simulator: Simulator, type: string, name: string, bytes: Buffer): Promise<string> => {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const answer = await fetch(`${simulator.url}/v25.0/${NUMBER}/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: form,
  });
  return ((await answer.json()) as { id: string }).id;
};

const uploads = async (simulator: Simulator): Promise<Record<string, string>> => {
  const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const webp = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  return {
    image: await upload(simulator, 'image/png', 'a.png', png),
    video: await upload(simulator, 'video/mp4', 'a.mp4', Buffer.from('film')),
    audio: await upload(simulator, 'audio/ogg; codecs=opus', 'a.ogg', Buffer.from('OggS....OpusHead')),
    document: await upload(simulator, 'application/pdf', 'a.pdf', Buffer.from('%PDF-')),
    sticker: await upload(simulator, 'image/webp', 'a.webp', webp),
  };
};

/** A template that takes one value and can be tapped. */
const TEMPLATE = {
  name: 'order_update',
  language: 'en_US',
  category: 'UTILITY' as const,
  components: [
    { type: 'BODY', text: 'Dear {{1}}, it is ready.' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thank you' }] },
  ],
};

const reads = async (client: GraphClient, wamid: string, mediaId: string): Promise<void> => {
  await client.markRead(NUMBER, wamid);
  await client.markRead(NUMBER, wamid, { typing: true });
  await client.getMedia(mediaId, NUMBER);
  await client.getPhoneNumber(NUMBER);
  await client.getAccount(WABA);
  await client.subscribedApps(WABA);
  await client.subscribe(WABA);
  await client.debugToken(TOKEN);
};

const graph = (simulator: Simulator, method: string, path: string, body?: object, token = TOKEN) =>
  fetch(`${simulator.url}/v25.0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });

/** What our client does not ask itself yet, and what Meta refuses. */
const others = async (simulator: Simulator, phone: string, userId: string): Promise<void> => {
  const people = { messaging_product: 'whatsapp', block_users: [{ user: phone }, { user_id: userId }] };
  await graph(simulator, 'POST', `/${NUMBER}/block_users`, people);
  await graph(simulator, 'GET', `/${NUMBER}/block_users`);
  await graph(simulator, 'DELETE', `/${NUMBER}/block_users`, people);
  await graph(simulator, 'GET', `/${WABA}/message_templates`);
  await graph(simulator, 'GET', `/${NUMBER}`, undefined, 'nobody');
  await graph(simulator, 'GET', '/123');
  simulator.faults.set('error', { code: 131056, times: 1 });
  const text = { messaging_product: 'whatsapp', to: phone, type: 'text', text: { body: 'x' } };
  await graph(simulator, 'POST', `/${NUMBER}/messages`, text);
  await graph(simulator, 'POST', `/${NUMBER}/messages`, { ...text, type: 'interactive', interactive: {} });
};

/** Everything once: sent by our client, answered and told by the simulator. */
const record = async (): Promise<Recorded> => {
  const receiver: Receiver = await startReceiver();
  const simulator = createSimulator({ seed: 7, pace: { sent: 1, delivered: 2, read: 3 }, batchWindowMs: 1 });
  simulator.addAccount({ wabaId: WABA, templates: [TEMPLATE] });
  simulator.addNumber({
    phoneNumberId: NUMBER,
    wabaId: WABA,
    displayPhoneNumber: '+1 555-010-0100',
    verifiedName: 'Shop',
    accessToken: TOKEN,
    appSecret: 'contract-secret',
    callbackUrl: receiver.url,
  });
  await simulator.start();
  try {
    const client = createGraphClient({ baseUrl: simulator.url, version: 'v25.0', accessToken: TOKEN });
    const ana = simulator.customers.add({ name: 'Ana', phone: '+15550100177', username: 'ana.p' });
    const ben = simulator.customers.add({ name: 'Ben', username: 'ben_w', parentUserId: 'US.ENT.ben1' });
    await playAlone(simulator, ana.id, NUMBER);
    const { wamid } = await simulator.play(ben.id, NUMBER, { type: 'text', text: 'Hi' });
    const media = await uploads(simulator);
    const [quoted] = simulator.thread(ana.id, NUMBER);
    for (const element of elementsOf(media, quoted.wamid)) {
      const envelope = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '+15550100177' };
      await client.sendMessage(NUMBER, { ...envelope, ...element, biz_opaque_callback_data: 'key' });
    }
    const first = { ...elementsOf(media, wamid)[0], context: { message_id: wamid } };
    const toBen = { messaging_product: 'whatsapp', recipient_type: 'individual', recipient: ben.userId };
    const sent = await client.sendMessage(NUMBER, { ...toBen, ...first });
    await simulator.idle();
    await playAnswers(simulator, ana.id, NUMBER);
    simulator.status({ wamid: sent.wamid, status: 'failed', code: 131026 });
    simulator.status({ wamid: sent.wamid, status: 'warning' });
    await reads(client, quoted.wamid, media.image);
    await others(simulator, '+15550100177', ben.userId);
    await simulator.play(ana.id, NUMBER, { type: 'changed_user_id' });
    await simulator.play(ana.id, NUMBER, { type: 'changed_number', phone: '+15550100188' });
    simulator.templates.setStatus(simulator.templates.list(WABA)[0].id, 'PAUSED');
    simulator.announce(NUMBER, 'account_update', { event: 'ACCOUNT_RESTRICTION' });
    await simulator.idle();
    return { requests: [...simulator.requests], webhooks: [...simulator.webhooks] };
  } finally {
    await simulator.stop();
    await receiver.close();
  }
};

/** Schemas of a request and of its answer; `debug_token` is Graph's own and not in the document. */
const schemasOf = (meta: Meta, { method, path, body }: RequestRecord): [string | null, string | null] => {
  if (path === `/${NUMBER}/messages`) {
    const { status, type } = body as { status?: string; type: string };
    if (status) return ['MarkMessageRequestPayload', 'MarkMessageResponsePayload'];
    return [meta.sent(type), 'MessageResponsePayload'];
  }
  if (path === `/${NUMBER}/block_users` && method === 'POST') return ['BlockRequest', 'BlockUsersData'];
  if (path === `/${NUMBER}/block_users` && method === 'DELETE') return ['BlockRequest', 'UnblockUsersData'];
  if (path === `/${NUMBER}/block_users`) return [null, 'GetBlockedUsersData'];
  if (path === `/${NUMBER}/media`) return [null, 'MediaUploaded'];
  if (path === `/${NUMBER}`) return [null, 'PhoneNumberInfo'];
  if (path === `/${WABA}/subscribed_apps` && method === 'POST')
    return ['SubscriptionRequest', 'SubscriptionResponse'];
  if (path === `/${WABA}/subscribed_apps`) return [null, 'SubscribedAppsResponse'];
  if (path === `/${WABA}`) return [null, 'WhatsAppBusinessAccount_3'];
  if (path === `/${WABA}/message_templates`) return [null, null];
  if (path === '/debug_token') return [null, null];
  return [null, 'MediaInfo'];
};

const problemsOfCall = (meta: Meta, call: RequestRecord): string[] => {
  const [request, answer] = schemasOf(meta, call);
  const refused = (call.status ?? 200) >= 400;
  return [
    // What was refused on purpose is no request of ours.
    ...(request && !refused ? meta.problems(request, call.body) : []),
    ...(refused ? meta.problems('GraphAPIError', call.answer) : []),
    ...(answer && !refused ? meta.problems(answer, call.answer) : []),
  ];
};

const areCallsValid = (meta: Meta, { requests }: Recorded): boolean =>
  requests.every((call) => problemsOfCall(meta, call).length === 0);
const areWebhooksValid = (meta: Meta, { webhooks }: Recorded): boolean =>
  webhooks.every(({ payload }) => meta.webhookProblems(payload).length === 0);

if (file === undefined) {
  it('has no document to check against', () => {
    process.stdout.write(
      'META_OPENAPI_SPEC is not set: nothing was checked against Meta’s OpenAPI document.\n',
    );
    expect(process.env.META_OPENAPI_SPEC).toBeUndefined();
  });
} else {
  describe('against Meta’s OpenAPI document', () => {
    let recorded: Recorded;
    let document: ReturnType<typeof readDocument>;
    let meta: Meta;
    beforeAll(async () => {
      document = readDocument(file);
      meta = createMeta(document);
      recorded = await record();
    });

    it('every call of our client is valid, and so is every answer of the simulator', () => {
      expect([...new Set(recorded.requests.flatMap((call) => problemsOfCall(meta, call)))]).toEqual([]);
      const refused = recorded.requests.filter(({ status }) => (status ?? 0) >= 400);
      expect([recorded.requests.length > 45, refused.length]).toEqual([true, 4]);
    });

    it('every webhook of the simulator is valid', () => {
      expect([...new Set(recorded.webhooks.flatMap(({ payload }) => meta.webhookProblems(payload)))]).toEqual(
        [],
      );
      expect(new Set(recorded.webhooks.flatMap(({ kinds }) => kinds)).size).toBeGreaterThan(25);
    });

    it.each([
      ['a key that Meta does not know', { type: 'text', text: { body: 'x', bold: true } }],
      ['a missing body', { type: 'interactive', interactive: { type: 'button' } }],
      [
        'four buttons',
        {
          type: 'interactive',
          interactive: {
            type: 'button',
            action: {
              buttons: [1, 2, 3, 4].map((id) => ({ type: 'reply', reply: { id: `${id}`, title: `${id}` } })),
            },
          },
        },
      ],
      ['nobody to send to', { type: 'text', text: { body: 'x' }, to: undefined }],
    ])('notices %s', (_what, element) => {
      const request = { messaging_product: 'whatsapp', recipient_type: 'individual', to: '1', ...element };
      expect(
        meta.problems(meta.sent(element.type) as string, JSON.parse(JSON.stringify(request))),
      ).not.toEqual([]);
    });

    it('notices a webhook with a key or a status that Meta does not send', () => {
      const status = { id: 'w', status: 'sent', timestamp: '1', recipient_id: '1' };
      const value = {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: '1', phone_number_id: '2' },
      };
      const payload = (element: object) => ({
        object: 'whatsapp_business_account',
        entry: [{ id: '1', changes: [{ field: 'messages', value: { ...value, statuses: [element] } }] }],
      });
      expect(meta.webhookProblems(payload(status))).toEqual([]);
      expect(meta.webhookProblems(payload({ ...status, seen: true }))).not.toEqual([]);
      expect(meta.webhookProblems(payload({ ...status, status: 'seen' }))).not.toEqual([]);
    });

    /** Without it something would be wrong: otherwise it is no difference. */
    const without = (what: string): Meta =>
      createMeta(
        document,
        DIFFERENCES.filter((difference) => difference.what !== what),
      );

    it.each(OF_CALLS.map(({ what, reason }) => [what, reason]))('known difference: %s (%s)', (what) => {
      expect(areCallsValid(without(what), recorded)).toBe(false);
    });

    it.each(OF_WEBHOOKS.map(({ what, reason }) => [what, reason]))('known difference: %s (%s)', (what) => {
      expect(areWebhooksValid(without(what), recorded)).toBe(false);
    });
  });
}
