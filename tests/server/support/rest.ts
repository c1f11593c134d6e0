/** Small steps that tests of the public surface share. */
import type { Test } from 'supertest';
import type { Customer } from '../../../simulator/src';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { apiToken, type ApiTokenOptions } from '../../helpers/people';
import { until, type Stage, type TestNumber } from './stage';

/** A body that Meta never gave us: what a caller gets when we refuse. */
export interface Refusal {
  data: null;
  error: { status: number; name: string; message: string; details: { code: string; [key: string]: unknown } };
}

/** Status and code of an answer, for one-line comparisons. */
export const verdictOf = async (call: Test): Promise<[number, string | undefined]> => {
  const { status, body } = await call;
  return [status, (body as Partial<Refusal>)?.error?.details?.code];
};

let people = 0;

/** A customer of the simulator with a phone number of his own. */
export const newCustomer = (
  stage: Stage,
  over: { name?: string; phone?: string | null; username?: string } = {},
): Customer => {
  people += 1;
  return stage.simulator.customers.add({
    name: over.name ?? `Customer ${people}`,
    phone: over.phone === undefined ? `+3460055${String(1000 + people)}` : over.phone,
    username: over.username,
  });
};

export const get = async <T>(stage: Stage, path: string, headers = stage.token): Promise<T> =>
  (await stage.http.get(`/api/whatsapp${path}`).set(headers).expect(200)).body as T;

/** Lets a customer write and answers the conversation that it made or touched. */
export const writeIn = async (
  stage: Stage,
  customer: Customer,
  text = 'Hello',
  number: TestNumber = stage.number,
): Promise<Conversation> => {
  const { wamid } = await stage.simulator.play(customer.id, number.phoneNumberId, { type: 'text', text });
  const find = async (): Promise<Conversation | undefined> => {
    const { data } = await get<{ data: Conversation[] }>(
      stage,
      `/conversations?integration=${number.id}&limit=100`,
    );
    return data.find(({ contact }) => contact.userId === customer.userId);
  };
  const arrived = async (): Promise<boolean> => {
    const row = await stage.strapi.db.connection('whatsapp_messages').where({ wamid }).first('id');
    return row !== undefined;
  };
  await until(arrived, (there) => there);
  return (await find()) as Conversation;
};

/** A conversation of a new customer who has just written. */
export const newConversation = (stage: Stage, number: TestNumber = stage.number): Promise<Conversation> =>
  writeIn(stage, newCustomer(stage), 'Hello', number);

export const send = (stage: Stage, body: Record<string, unknown>, headers = stage.token): Test =>
  stage.http.post('/api/whatsapp/messages/send').set(headers).send(body);

/** Sends a text that must be accepted for sending. */
export const sendText = async (stage: Stage, conversationId: string, message: string): Promise<Message> =>
  (await send(stage, { conversationId, message }).expect(202)).body.data as Message;

export const message = async (stage: Stage, id: string): Promise<Message> =>
  (await get<{ data: Message }>(stage, `/messages/${id}`)).data;

/** The message once its status is one of those. */
export const reaches = (stage: Stage, id: string, statuses: string[], timeoutMs?: number): Promise<Message> =>
  until(
    () => message(stage, id),
    ({ status }) => statuses.includes(status),
    timeoutMs,
  );

export const thread = async (stage: Stage, conversationId: string): Promise<Message[]> =>
  (await get<{ data: Message[] }>(stage, `/conversations/${conversationId}/messages?limit=100`)).data;

/** How often the simulator accepted this text. */
export const acceptsOf = (stage: Stage, text: string): number =>
  stage.simulator.accepted.filter(({ body }) => (body.text as { body?: string } | undefined)?.body === text)
    .length;

export const tokenWith = async (stage: Stage, options: ApiTokenOptions): Promise<Record<string, string>> => ({
  Authorization: `Bearer ${await apiToken(stage.strapi, options)}`,
});

/** Makes another tenant behind Strapi's back, as another process would. */
export const addOrganization = async (stage: Stage, slug: string): Promise<number> => {
  const at = new Date();
  await stage.strapi.db.connection('whatsapp_organizations').insert({
    document_id: `org${slug}`.padEnd(24, 'x'),
    name: slug,
    slug,
    time_zone: 'UTC',
    created_at: at,
    updated_at: at,
    published_at: at,
  });
  // Processes look for new organizations every five seconds.
  await until(
    () => stage.http.get('/api/whatsapp/conversations').set(stage.token).set('X-WhatsApp-Organization', slug),
    ({ status }) => status === 200,
  );
  const row = await stage.strapi.db.connection('whatsapp_organizations').where({ slug }).first('id');
  return Number(row.id);
};

/** Runs the plugin's maintenance now instead of at its next tick. */
export const maintain = async (stage: Stage): Promise<void> => {
  const { jobs } = stage.strapi.cron as unknown as {
    jobs: { name: string | null; job: { invoke(): Promise<void> } }[];
  };
  const found = jobs.find(({ name }) => name === 'whatsapp-maintenance');
  if (!found) throw new Error('The maintenance job is not registered');
  await found.job.invoke();
};
