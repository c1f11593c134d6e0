/** Webhooks as Meta sends them: payloads, exact bytes, signatures, and the raw HTTP call that carries them. */
import http from 'node:http';

import { signBody, toMetaBytes } from '../../../simulator/src/webhooks/bytes';
import type { Stage, TestNumber } from './stage';

export type Json = Record<string, unknown>;

export interface HttpAnswer {
  status: number;
  type: string;
  text: string;
  json<T = { error: { details: { code: string } } }>(): T;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });

export interface RawCall {
  method?: string;
  path: string;
  headers?: http.OutgoingHttpHeaders;
  body?: Buffer | string;
}

/** One HTTP exchange with nothing added by a client library. */
export const call = (
  url: string,
  { method = 'POST', path, headers = {}, body }: RawCall,
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const request = http.request(new URL(path, url), { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          type: String(response.headers['content-type'] ?? ''),
          text,
          json: <T>() => JSON.parse(text) as T,
        });
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server may close a kept connection in the moment it is used again: no answer was lost, so once more.
      const closed = request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
      if (closed) call(url, { method, path, headers, body }).then(resolve, reject);
      else reject(error);
    });
    request.end(body);
  });

const PATH = '/api/whatsapp/webhook';

export interface Sending {
  path?: string;
  secret?: string;
  headers?: http.OutgoingHttpHeaders;
  /** null: none. */
  contentType?: string | null;
  /** Left out of the headers when null. */
  signature?: string | string[] | null;
}

/** Posts exactly these bytes, signed for the stage's number unless told otherwise. */
export const postBytes = (
  stage: Pick<Stage, 'url' | 'number'>,
  bytes: Buffer,
  {
    path = PATH,
    secret = stage.number.appSecret,
    headers = {},
    contentType = 'application/json',
    signature = signBody(secret, bytes),
  }: Sending = {},
): Promise<HttpAnswer> =>
  call(stage.url, {
    path,
    body: bytes,
    headers: {
      ...(contentType === null ? {} : { 'content-type': contentType }),
      'content-length': bytes.length,
      ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
      ...headers,
    },
  });

export const post = (
  stage: Pick<Stage, 'url' | 'number'>,
  payload: unknown,
  sending?: Sending,
): Promise<HttpAnswer> => postBytes(stage, toMetaBytes(payload), sending);

/** One `changes[]` item of a number. */
export const change = (number: TestNumber, value: Json, field = 'messages'): Json => ({
  field,
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: displayOf(number), phone_number_id: number.phoneNumberId },
    ...value,
  },
});

const displayOf = (number: TestNumber): string => number.phoneNumber.slice(1);

/** A delivery of one entry with these changes. */
export const delivery = (number: TestNumber, ...changes: Json[]): Json => ({
  object: 'whatsapp_business_account',
  entry: [{ id: number.businessAccountId, changes }],
});

export interface Customer {
  /** Digits; absent for people who hide it. */
  phone?: string;
  userId?: string;
  name?: string;
  username?: string;
}

let serial = 0;
const next = (): number => (serial += 1);

/** A wamid that no other message of this process has. */
export const newWamid = (): string => `wamid.T${process.pid}x${String(next()).padStart(6, '0')}`;

export const newCustomer = (over: Customer = {}): Customer => {
  const id = String(next()).padStart(6, '0');
  return { phone: `1415${id.padStart(7, '0')}`, userId: `US.test${id}`, name: `Person ${id}`, ...over };
};

/** Without a phone, as people with a username appear. */
export const hidden = (over: Customer = {}): Customer => ({
  ...newCustomer(over),
  phone: undefined,
  ...over,
});

export const contactOf = ({ phone, userId, name, username }: Customer): Json => ({
  profile: { ...(name ? { name } : {}), ...(username ? { username } : {}) },
  ...(phone ? { wa_id: phone } : {}),
  ...(userId ? { user_id: userId } : {}),
});

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** One element of `messages[]`. */
export const messageFrom = (customer: Customer, over: Json = {}): Json => ({
  ...(customer.phone ? { from: customer.phone } : {}),
  ...(customer.userId ? { from_user_id: customer.userId } : {}),
  id: newWamid(),
  timestamp: String(nowSeconds()),
  type: 'text',
  text: { body: 'Hello' },
  ...over,
});

/** One element of `statuses[]`. */
export const statusOf = (wamid: string, status: string, over: Json = {}): Json => ({
  id: wamid,
  status,
  timestamp: String(nowSeconds()),
  recipient_id: '14150000000',
  ...over,
});

export const reactionTo = (customer: Customer, wamid: string, emoji: string | null, over: Json = {}): Json =>
  messageFrom(customer, {
    type: 'reaction',
    text: undefined,
    reaction: { message_id: wamid, ...(emoji === null ? {} : { emoji }) },
    ...over,
  });

/** A delivery of one customer's messages. */
export const from = (number: TestNumber, customer: Customer, ...messages: Json[]): Json =>
  delivery(number, change(number, { contacts: [contactOf(customer)], messages }));

export const statuses = (number: TestNumber, ...list: Json[]): Json =>
  delivery(number, change(number, { statuses: list }));
