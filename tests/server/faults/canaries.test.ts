/** Secrets and words of customers are planted; afterwards every place that others can read is searched for them. */
import { inspect } from 'node:util';

import { newConversation, reaches, sendText } from '../support/rest';
import { setStage, until, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

const TOKEN = 'EAACANARYtokenCANARYtokenCANARY';
const SECRET = 'canarysecretcanarysecretcanary12';
const WORDS = 'CANARY-WORDS of a customer';
const PHONE = '34600777123';

let stage: Stage;
const printed: string[] = [];

beforeAll(async () => {
  stage = await setStage();
  stage.strapi.log.level = 'silly';
  // Everything that is logged, before it is printed; the printing itself would only be noise.
  stage.strapi.log.on('data', (entry: unknown) => printed.push(inspect(entry, { depth: 8 })));
  for (const transport of stage.strapi.log.transports) transport.silent = true;
});
afterAll(() => stage.stop());

/** Everything in the database, as text. */
const dump = async (): Promise<Record<string, string>> => {
  const names = [
    'integrations',
    'contacts',
    'contact_aliases',
    'conversations',
    'messages',
    'outbox',
    'changes',
    'jobs',
    'delivery_log',
    'quarantine',
    'parked_statuses',
  ];
  const entries = await Promise.all(
    names.map(
      async (name) => [name, JSON.stringify(await stage.strapi.db.connection(`whatsapp_${name}`))] as const,
    ),
  );
  return Object.fromEntries(entries);
};

it('trap: a token in a query string or a log: no token, no secret and no words where they do not belong', async () => {
  const number = await stage.addNumber({ accessToken: TOKEN, appSecret: SECRET });
  const events: string[] = [];
  for (const action of ['create', 'update'])
    stage.strapi.eventHub.on(`entry.${action}`, async (...args: unknown[]) => {
      events.push(JSON.stringify(args));
    });

  const conversation = await newConversation(stage, number);
  const ana = hook.newCustomer({ phone: PHONE });
  await hook.post(
    { url: stage.url, number },
    hook.from(number, ana, hook.messageFrom(ana, { text: { body: WORDS } })),
  );
  await hook.post({ url: stage.url, number }, { nonsense: TOKEN, words: WORDS });
  await hook.postBytes({ url: stage.url, number }, Buffer.from(`{"broken": "${WORDS}`));
  for (const fault of ['malformed', '5xx-html', 'lost-answer', 'not-on-whatsapp'] as const) {
    stage.simulator.faults.set(fault, { times: 1, phoneNumberId: number.phoneNumberId });
    const sent = await sendText(stage, (await newConversation(stage, number)).id, `${WORDS} ${fault}`);
    await reaches(stage, sent.id, ['delivered', 'failed', 'unknown', 'sent']);
  }
  stage.simulator.faults.set('dead-token', { times: 1, phoneNumberId: number.phoneNumberId });
  await sendText(stage, conversation.id, WORDS);
  await until(
    () => stage.http.get(`/api/whatsapp/integrations/${number.id}`).set(stage.token),
    ({ body }) => body.data.status !== 'connected',
  );

  const answers: string[] = [];
  for (const [path, headers] of [
    ['/api/whatsapp/integrations', stage.token],
    [`/api/whatsapp/integrations/${number.id}`, stage.token],
    ['/whatsapp/integrations', stage.admin],
    [`/whatsapp/integrations/${number.id}`, stage.admin],
    ['/api/whatsapp/conversations?limit=100', stage.token],
    [`/api/whatsapp/conversations/${conversation.id}/messages`, stage.token],
    ['/api/whatsapp/conversations/999999', stage.token],
    ['/api/whatsapp/integrations/abc', stage.token],
  ] as const)
    answers.push((await stage.http.get(path).set(headers)).text);

  const log = printed.join('\n');
  // It was listened to at all.
  expect(log).toContain('/api/whatsapp/messages/send');
  const tables = await dump();
  const places: Record<string, string> = { log, events: events.join(), answers: answers.join(), ...tables };
  for (const canary of [TOKEN, SECRET])
    for (const [place, text] of Object.entries(places))
      expect({ canary: canary.slice(0, 6), place, found: text.includes(canary) }).toEqual({
        canary: canary.slice(0, 6),
        place,
        found: false,
      });
  expect(log.includes('CANARY-WORDS')).toBe(false);
  expect(log.includes(PHONE)).toBe(false);
  expect(events.join().includes('CANARY-WORDS')).toBe(false);
  // The tables really were read: what may stand there does.
  expect(tables.messages).toContain('CANARY-WORDS');
}, 60_000);
