/**
 * Our requests, and the simulator's answers and webhooks, against Meta's own description of the API (facebook/openapi,
 * v23.0). META_OPENAPI_SPEC names the file; it belongs to Meta and is not part of this repository.
 */
import { createGraphClient, type GraphClient } from '../../server/src/cloud-api/client';
import type { MessageElement } from '../../server/src/cloud-api/element';
import { blockPayload, messagePayload, textMessage } from '../../server/src/cloud-api/payloads';
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

/** By our client's own upload. */
const uploads = async (client: GraphClient): Promise<Record<string, string>> => {
  const upload = (mimeType: string, fileName: string, bytes: string): Promise<string> =>
    client.uploadMedia(NUMBER, { mimeType, fileName, bytes: Buffer.from(bytes, 'latin1') });
  return {
    image: await upload('image/png', 'a.png', '\x89PNG\r\n\x1a\n'),
    video: await upload('video/mp4', 'a.mp4', 'film'),
    audio: await upload('audio/ogg; codecs=opus', 'a.ogg', 'OggS....OpusHead'),
    document: await upload('application/pdf', 'a.pdf', '%PDF-'),
    sticker: await upload('image/webp', 'a.webp', 'RIFF\0\0\0\0WEBP'),
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

/** A template's own address; the document describes none of them. */
const TEMPLATE_ID = /^\/\d{15,}$/;

/** A template's life by our client: made, changed, deleted. */
const templates = async (client: GraphClient): Promise<void> => {
  const { id } = await client.createTemplate(WABA, {
    ...TEMPLATE,
    name: 'contract_made',
    parameter_format: 'positional',
    components: [{ type: 'BODY', text: 'Your order is ready for pickup.' }],
  });
  await client.getTemplate(id);
  await client.templateCounts(WABA);
  await client.deleteTemplate(WABA, 'contract_made', id);
};

/** People who are blocked, lists, and what Meta refuses. */
const others = async (
  client: GraphClient,
  simulator: Simulator,
  phone: string,
  userId: string,
): Promise<void> => {
  for (const who of [
    { phone, userId: null },
    { phone: null, userId },
  ]) {
    await client.block(NUMBER, blockPayload(who));
    await graph(simulator, 'GET', `/${NUMBER}/block_users`);
    await client.unblock(NUMBER, blockPayload(who));
  }
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
    const media = await uploads(client);
    const [quoted] = simulator.thread(ana.id, NUMBER);
    for (const element of elementsOf(media, quoted.wamid)) {
      const envelope = { to: '+15550100177', opaque: 'key' };
      await client.sendMessage(NUMBER, messagePayload(envelope, element as unknown as MessageElement));
    }
    const reply = { recipient: ben.userId, replyTo: wamid };
    const sent = await client.sendMessage(NUMBER, textMessage({ ...reply, body: 'Hello' }));
    await simulator.idle();
    await playAnswers(simulator, ana.id, NUMBER);
    simulator.status({ wamid: sent.wamid, status: 'failed', code: 131026 });
    simulator.status({ wamid: sent.wamid, status: 'warning' });
    await reads(client, quoted.wamid, media.image);
    await templates(client);
    await others(client, simulator, '+15550100177', ben.userId);
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
const schemasOf = (
  meta: Meta,
  { method, path, body, query }: RequestRecord,
): [string | null, string | null] => {
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
  if (path === `/${WABA}/message_templates` && method === 'POST')
    return ['TemplateCreation', 'TemplateCreated'];
  if (path.includes('/message_templates') || (query.fields && TEMPLATE_ID.test(path))) return [null, null];
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
