import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { createGraphClient, type GraphClient } from '../../../../server/src/cloud-api/client';
import { GraphError } from '../../../../server/src/cloud-api/graph-error';

const TOKEN = 'EAAGm0PX4ZCpsBAKZCanary';

interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

let server: http.Server;
let baseUrl: string;
let seen: Seen[];
let respond: (request: Seen, response: ServerResponse) => void;

beforeAll(async () => {
  server = http.createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      respond(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  seen = [];
  respond = (_request, response) => json(response, 200, { success: true });
});

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function client(more: Partial<Parameters<typeof createGraphClient>[0]> = {}): GraphClient {
  return createGraphClient({ baseUrl, version: 'v25.0', accessToken: TOKEN, timeoutMs: 2000, ...more });
}

async function failed(work: Promise<unknown>): Promise<GraphError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GraphError)) throw new Error(`expected a GraphError, got ${inspect(error)}`);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(TOKEN);
  return error;
}

describe('sendMessage', () => {
  it('posts with version, token and agent, and returns the ids', async () => {
    respond = (_request, response) =>
      json(response, 200, {
        contacts: [{ input: '+15550100177', wa_id: '15550100177', user_id: 'US.ana' }],
        messages: [{ id: 'wamid.OUT1', message_status: 'accepted' }],
      });
    const sent = await client().sendMessage('555', { type: 'text', text: { body: 'Grüße 👋' } });
    expect(sent).toEqual({
      wamid: 'wamid.OUT1',
      waId: '15550100177',
      userId: 'US.ana',
      messageStatus: 'accepted',
    });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v25.0/555/messages' });
    expect(seen[0].headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'user-agent': 'strapi-plugin-whatsapp',
      'content-type': expect.stringContaining('application/json') as string,
    });
    expect(JSON.parse(seen[0].body)).toEqual({ type: 'text', text: { body: 'Grüße 👋' } });
  });

  it('reuses the connection', async () => {
    const ports = new Set<number | undefined>();
    const note = (socket: net.Socket) => ports.add(socket.remotePort);
    server.on('connection', note);
    respond = (_request, response) => json(response, 200, { messages: [{ id: 'w' }] });
    const agent = new http.Agent({ keepAlive: true });
    for (let i = 0; i < 5; i += 1) await client({ agent }).sendMessage('555', {});
    agent.destroy();
    server.off('connection', note);
    expect(ports.size).toBe(1);
  });

  it('an id in the path cannot leave its place', async () => {
    respond = (_request, response) => json(response, 200, { messages: [{ id: 'w' }] });
    await client().sendMessage('../debug_token?x=', {});
    expect(seen[0].url).toBe('/v25.0/..%2Fdebug_token%3Fx%3D/messages');
  });

  it('a refusal carries Meta’s code and no token', async () => {
    respond = (_request, response) =>
      json(response, 400, {
        error: {
          code: 131047,
          message: `(#131047) for ${TOKEN}`,
          fbtrace_id: 'T',
          error_data: { details: 'd' },
        },
      });
    const error = await failed(client().sendMessage('555', {}));
    expect(error).toMatchObject({
      category: 'rejected',
      retryable: false,
      httpStatus: 400,
      meta: { code: 131047, details: 'd', fbtraceId: 'T' },
    });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['200 without id', (response) => json(response, 200, { contacts: [] })],
    ['200 that is no JSON', (response) => response.end('OK')],
    [
      '200 cut in the middle',
      (response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"mess');
        setImmediate(() => response.destroy());
      },
    ],
    ['a reset without answer', (response) => response.destroy()],
    [
      '502 as HTML',
      (response) => {
        response.writeHead(502);
        response.end('<html>');
      },
    ],
    ['no answer in time', () => undefined],
  ])('%s: unknown outcome', async (_name, answer) => {
    respond = (_request, response) => answer(response);
    const error = await failed(client({ timeoutMs: 300 }).sendMessage('555', {}));
    expect(error).toMatchObject({ category: 'unknown_outcome', retryable: false });
    expect(seen).toHaveLength(1);
  });

  it('nobody listening: unreachable', async () => {
    const closed = net.createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await failed(client({ baseUrl: `http://127.0.0.1:${port}` }).sendMessage('555', {}));
    expect(error).toMatchObject({ category: 'unreachable', retryable: true });
  });

  it('a host that speaks no TLS: unreachable, the request never left', async () => {
    const error = await failed(
      client({ baseUrl: baseUrl.replace('http:', 'https:') }).sendMessage('555', {}),
    );
    expect(error).toMatchObject({ category: 'unreachable' });
    expect(seen).toHaveLength(0);
  });

  it('a TLS handshake that never ends: unreachable', async () => {
    const silent = net.createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const error = await failed(
      client({ baseUrl: `https://127.0.0.1:${port}`, timeoutMs: 200 }).sendMessage('555', {}),
    );
    expect(error).toMatchObject({ category: 'unreachable' });
    silent.close();
  });

  it.each(['', 'two\nlines', 'with blank', 'ünicode'])(
    'a token that fits no header (%j) is refused before any request',
    async (accessToken) => {
      expect(await failed(client({ accessToken }).sendMessage('555', {}))).toMatchObject({
        category: 'credential',
      });
      expect(seen).toHaveLength(0);
    },
  );

  it('follows no redirect', async () => {
    respond = (_request, response) => {
      response.writeHead(302, { location: `${baseUrl}/elsewhere` });
      response.end();
    };
    expect(await failed(client().sendMessage('555', {}))).toMatchObject({
      category: 'rejected',
      httpStatus: 302,
    });
    expect(seen).toHaveLength(1);
  });

  it('ignores a proxy of the environment', async () => {
    process.env.http_proxy = 'http://127.0.0.1:1';
    respond = (_request, response) => json(response, 200, { messages: [{ id: 'w' }] });
    try {
      await expect(client().sendMessage('555', {})).resolves.toMatchObject({ wamid: 'w' });
    } finally {
      delete process.env.http_proxy;
    }
  });
});

describe('the other verbs', () => {
  it('markRead, with and without typing', async () => {
    await client().markRead('555', 'wamid.IN1');
    await client().markRead('555', 'wamid.IN1', { typing: true });
    const usual = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.IN1' };
    expect(seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      usual,
      { ...usual, typing_indicator: { type: 'text' } },
    ]);
  });

  it('getMedia', async () => {
    respond = (_request, response) =>
      json(response, 200, {
        url: 'https://lookaside.fbsbx.com/x',
        mime_type: 'image/jpeg',
        sha256: 'h',
        file_size: '12',
        id: '9',
      });
    expect(await client().getMedia('9', '555')).toEqual({
      url: 'https://lookaside.fbsbx.com/x',
      mimeType: 'image/jpeg',
      sha256: 'h',
      size: 12,
    });
    expect(seen[0].url).toBe('/v25.0/9?phone_number_id=555');
  });

  it('getPhoneNumber, getAccount', async () => {
    respond = ({ url }, response) =>
      url.includes('verified_name')
        ? json(response, 200, {
            id: '555',
            display_phone_number: '+1 555',
            quality_rating: 'GREEN',
            throughput: { level: 'HIGH' },
            webhook_configuration: { application: 'https://cb' },
          })
        : json(response, 200, { id: '777', name: 'Acme', timezone_id: '58' });
    expect(await client().getPhoneNumber('555')).toMatchObject({
      id: '555',
      qualityRating: 'GREEN',
      throughput: 'HIGH',
      messagingLimit: null,
      callbacks: { app: 'https://cb', number: null },
    });
    expect(await client().getAccount('777')).toMatchObject({
      id: '777',
      name: 'Acme',
      timezoneId: '58',
      currency: null,
    });
  });

  it('subscribedApps, subscribe', async () => {
    respond = (_request, response) =>
      json(response, 200, {
        data: [{ whatsapp_business_api_data: { id: '1', name: 'App' }, override_callback_uri: 'https://o' }],
      });
    expect(await client().subscribedApps('777')).toEqual([
      { id: '1', name: 'App', link: null, overrideCallbackUri: 'https://o' },
    ]);
    await client().subscribe('777', { override_callback_uri: 'https://o', verify_token: 'v' });
    await client().subscribe('777');
    expect(seen.map(({ method, body }) => `${method} ${body}`)).toEqual([
      'GET ',
      'POST {"override_callback_uri":"https://o","verify_token":"v"}',
      'POST {}',
    ]);
  });

  it('debugToken', async () => {
    const data = {
      app_id: 12,
      is_valid: true,
      expires_at: 0,
      data_access_expires_at: 1790000000,
      scopes: ['whatsapp_business_messaging', 5],
      granular_scopes: [{ scope: 's', target_ids: [1] }],
    };
    respond = (_request, response) => json(response, 200, { data });
    expect(await client().debugToken('other-token')).toEqual({
      appId: '12',
      type: null,
      isValid: true,
      expiresAt: null,
      dataAccessExpiresAt: 1_790_000_000_000,
      scopes: ['whatsapp_business_messaging'],
      granularScopes: [{ scope: 's', targetIds: ['1'] }],
    });
    respond = (_request, response) =>
      json(response, 400, { error: { code: 100, message: 'bad other-token' } });
    const error = await failed(client().debugToken('other-token'));
    expect(inspect(error, { showHidden: true })).not.toContain('other-token');
  });

  it('a read that gets no answer may be repeated', async () => {
    respond = (_request, response) => response.destroy();
    expect(await failed(client().getAccount('777'))).toMatchObject({
      category: 'retryable',
      retryable: true,
    });
  });
});

describe('downloadMedia', () => {
  const bytes = Buffer.from([0, 255, 1, 2, 250]);
  const whole = async (body: AsyncIterable<Buffer>): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  };

  it('hands the bytes over as they come', async () => {
    let goOn = (): void => undefined;
    respond = (_request, response) => {
      response.write('first');
      goOn = () => response.end('last');
    };
    const seenChunks: string[] = [];
    await client().downloadMedia(`${baseUrl}/m`, { maxBytes: 100 }, async (body) => {
      for await (const chunk of body) {
        seenChunks.push(chunk.toString());
        goOn();
      }
    });
    expect(seenChunks).toEqual(['first', 'last']);
  });

  it('what the receiver throws passes through as it is', async () => {
    respond = (_request, response) => response.end(bytes);
    const full = new Error('disk full');
    await expect(
      client().downloadMedia(`${baseUrl}/m`, { maxBytes: 100 }, () => Promise.reject(full)),
    ).rejects.toBe(full);
  });

  it('a connection that breaks off in the middle may be tried again', async () => {
    respond = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    };
    expect(await failed(client().downloadMedia(`${baseUrl}/m`, { maxBytes: 100 }, whole))).toMatchObject({
      retryable: true,
    });
  });

  it('returns the bytes', async () => {
    respond = (_request, response) => response.end(bytes);
    expect(await client().downloadMedia(`${baseUrl}/media/1`, { maxBytes: 5 }, whole)).toEqual(bytes);
    expect(seen[0].headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('gotcha 39: refuses other hosts before any request', async () => {
    const other = http.createServer((request, response) => {
      seen.push({ method: '', url: request.url ?? '', headers: request.headers, body: '' });
      response.end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    for (const url of [`http://127.0.0.1:${port}/x`, 'http://169.254.169.254/', 'not an address']) {
      expect(await failed(client().downloadMedia(url, { maxBytes: 10 }, whole))).toMatchObject({
        category: 'rejected',
      });
    }
    respond = (_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/steal` });
      response.end();
    };
    expect(await failed(client().downloadMedia(`${baseUrl}/media/1`, { maxBytes: 10 }, whole))).toMatchObject(
      {
        category: 'rejected',
        httpStatus: 302,
      },
    );
    expect(seen.map(({ url }) => url)).toEqual(['/media/1']);
    await new Promise((resolve) => other.close(resolve));
  });

  it('cuts off what is too large, told or not', async () => {
    respond = (_request, response) => response.end(bytes);
    expect(await failed(client().downloadMedia(`${baseUrl}/m`, { maxBytes: 4 }, whole))).toMatchObject({
      category: 'rejected',
    });
    respond = (_request, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(1000)), 1);
      response.on('close', () => clearInterval(timer));
    };
    expect(await failed(client().downloadMedia(`${baseUrl}/m`, { maxBytes: 5000 }, whole))).toMatchObject({
      category: 'rejected',
    });
  });

  it('a body that drips for ever ends at the deadline', async () => {
    respond = (_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    };
    expect(
      await failed(client().downloadMedia(`${baseUrl}/m`, { maxBytes: 1e6, timeoutMs: 250 }, whole)),
    ).toMatchObject({ category: 'retryable' });
  });

  it('404 shows its status, so that a new address can be asked for', async () => {
    respond = (_request, response) => {
      response.writeHead(404);
      response.end('gone');
    };
    expect(await failed(client().downloadMedia(`${baseUrl}/m`, { maxBytes: 10 }, whole))).toMatchObject({
      category: 'rejected',
      httpStatus: 404,
    });
  });
});
