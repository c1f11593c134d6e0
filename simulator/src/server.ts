import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dateHeader } from './account-faults';
import { readCall, recordOf, type Answer, type Call } from './call';
import { numbersOfToken } from './auth';
import { GraphError } from './errors';
import { route, type Parts } from './router';
import { remember, type World } from './world';

/** Takes a call before Graph does; null: not mine. */
export type Control = (call: Call) => Promise<Answer | null>;

export interface SimulatorServer {
  /** Resolves with the origin. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

const write = (world: World, response: ServerResponse, answer: Answer, headers = {}): void => {
  const bytes = answer.bytes ?? Buffer.from(JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': bytes.length,
    ...answer.headers,
    ...headers,
  });
  if (answer.half === undefined) return void response.end(bytes);
  const middle = Math.ceil(bytes.length / 2);
  const rest = (): void => {
    if (answer.half === 'reset') response.socket?.resetAndDestroy();
    else world.scheduler.after(answer.half?.thenMs ?? 0, () => response.end(bytes.subarray(middle)));
  };
  response.write(bytes.subarray(0, middle), rest);
};

const answerCall = async (parts: Parts, call: Call): Promise<Answer> => {
  const { world } = parts;
  try {
    return await route(parts, call);
  } catch (error) {
    if (error instanceof GraphError) return { status: error.input.status, body: error.body(world.ids) };
    throw error;
  }
};

/** Whose number a call is about, by its path or else by its token. */
const whereOf = (world: World, call: Call): { phoneNumberId?: string; call: 'send' | 'other' } => {
  const isSend = call.segments[1] === 'messages' && call.params.status === undefined;
  const phoneNumberId = world.numbers.has(call.segments[0])
    ? call.segments[0]
    : numbersOfToken(world, call.token ?? '')[0]?.phoneNumberId;
  return { phoneNumberId, call: isSend ? 'send' : 'other' };
};

/** `slow` holds a call back before anything happens with it. */
const holdBack = async (world: World, call: Call): Promise<void> => {
  const slow = world.faults.take('slow', whereOf(world, call));
  if (slow) await new Promise<void>((resolve) => world.scheduler.after(slow.delayMs ?? 3000, resolve));
};

export const createSimulatorServer = (parts: Parts, control: Control): SimulatorServer => {
  const { world } = parts;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    const controlled = await control(call);
    if (controlled) return write(world, response, controlled);
    const record = remember(world, world.requests, recordOf(call, world.scheduler.now()));
    if (world.faults.take('meta-down', whereOf(world, call))) return void request.socket.destroy();
    await holdBack(world, call);
    const answer = await answerCall(parts, call);
    if (answer.instead === 'destroy') request.socket.destroy();
    if (answer.instead) return;
    record.status = answer.status;
    record.answer = answer.body ?? null;
    if (!response.destroyed)
      write(world, response, answer, dateHeader(world, whereOf(world, call).phoneNumberId));
  };

  const server: Server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      // A caller that hung up in the middle of its body is its own business; the rest is our fault.
      if (!request.complete) return response.destroy();
      response.destroy();
      world.settings.onError(error);
    });
  });

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(world.settings.port, world.settings.host, () => {
          server.off('error', reject);
          const { port } = server.address() as AddressInfo;
          const host = world.settings.host.includes(':') ? `[${world.settings.host}]` : world.settings.host;
          resolve(`http://${host}:${port}`);
        });
      }),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
};
