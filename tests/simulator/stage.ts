import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../simulator/src';

export const PHONE_ID = '555002000000002';
export const WABA_ID = '555001000000001';
export const TOKEN = 'test-token';
export const SECRET = 'test-app-secret';

/** Foreign JSON, looked into by expectations that fail loudly on a wrong shape. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = Record<string, any>;

export interface Received {
  bytes: Buffer;
  headers: IncomingHttpHeaders;
  body: Json;
}

/** A webhook receiver: answers 200 unless `answers` says otherwise for the next postings. */
export interface Receiver {
  url: string;
  received: Received[];
  answers: number[];
  /** All elements of `value.<slot>` in order of arrival. */
  all(slot: 'messages' | 'statuses'): Json[];
  close(): Promise<void>;
}

export const startReceiver = async (verifyToken = 'verify-me', port = 0): Promise<Receiver> => {
  const received: Received[] = [];
  const answers: number[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://receiver');
    if (request.method === 'GET') {
      const known = url.searchParams.get('hub.verify_token') === verifyToken;
      response.writeHead(known ? 200 : 403).end(known ? url.searchParams.get('hub.challenge') : '');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      received.push({ bytes, headers: request.headers, body: JSON.parse(bytes.toString('utf8')) });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    received,
    answers,
    all: (slot) =>
      received.flatMap(({ body }) =>
        (body.entry ?? []).flatMap((entry: Json) =>
          entry.changes.flatMap((change: Json) => change.value[slot] ?? []),
        ),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export interface GraphAnswer {
  status: number;
  body: Json;
  headers: Headers;
}

export interface Stage {
  simulator: Simulator;
  receiver: Receiver;
  graph(method: string, path: string, body?: unknown, token?: string | null): Promise<GraphAnswer>;
  send(body: Json): Promise<GraphAnswer>;
  text(to: string, more?: Json): Promise<GraphAnswer>;
  close(): Promise<void>;
}

/** Simulator, one number and a receiver; quick pace unless told otherwise. */
export const setStage = async (options: SimulatorOptions = {}): Promise<Stage> => {
  const receiver = await startReceiver();
  const simulator = createSimulator({
    seed: 7,
    pace: { sent: 5, delivered: 15 },
    batchWindowMs: 5,
    ...options,
  });
  simulator.addNumber({
    phoneNumberId: PHONE_ID,
    wabaId: WABA_ID,
    displayPhoneNumber: '+1 555-010-0100',
    verifiedName: 'Test shop',
    accessToken: TOKEN,
    appSecret: SECRET,
    callbackUrl: receiver.url,
    verifyToken: 'verify-me',
  });
  await simulator.start();

  const graph: Stage['graph'] = async (method, path, body, token = TOKEN) => {
    const response = await fetch(`${simulator.url}/v25.0${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : { text }, headers: response.headers };
  };
  const send: Stage['send'] = (body) =>
    graph('POST', `/${PHONE_ID}/messages`, { messaging_product: 'whatsapp', ...body });

  const stage: Stage = {
    simulator,
    receiver,
    graph,
    send,
    text: (to, more = {}) => send({ to, type: 'text', text: { body: 'Hello' }, ...more }),
    close: async () => {
      await simulator.stop();
      // A test may have put another receiver in its place.
      await stage.receiver.close();
    },
  };
  return stage;
};
