import type { LookupAddress, LookupOptions } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardedAgents, type Resolve } from '../../../../server/src/net/guarded-agent';
import { safeFetch, type SafeFetchOptions } from '../../../../server/src/net/safe-fetch';

const servers: Server[] = [];

const serve = async (
  listener: RequestListener,
): Promise<{ url: string; port: number; hits: () => number }> => {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, hits: () => hits };
};

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A name server that answers these addresses, each call the next set. */
const answering = (...answers: string[][]): Resolve => {
  let calls = 0;
  return ((_host: string, _options: LookupOptions, done: (e: null, a: LookupAddress[]) => void) => {
    const addresses = answers[Math.min(calls, answers.length - 1)];
    calls += 1;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as Resolve;
};

const problem = (address: string, options: Partial<SafeFetchOptions> = {}): Promise<string> =>
  safeFetch(address, { maxBytes: 1000, timeoutMs: 2_000, ...options }).then(
    () => 'fetched',
    (error: { problem?: string }) => error.problem ?? String(error),
  );

describe('fetching an address that a user gave', () => {
  it.each([
    'ftp://example.com/a',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'no address',
    '',
    'http://user:pass@example.com/',
    'http://example.com:25/',
    'http://example.com:22/',
  ])('%s is no address for it', async (address) => {
    expect(await problem(address)).toBe('invalid_url');
  });

  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://anything.localhost/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.1/',
    'http://0/',
  ])('%s is forbidden', async (address) => {
    expect(await problem(address)).toBe('forbidden_address');
  });

  it.each([
    ['one private answer', [['10.0.0.5']]],
    ['a private one among public ones', [['8.8.8.8', '127.0.0.1']]],
    ['the metadata service', [['169.254.169.254']]],
    ['an IPv6 form of this machine', [['::ffff:127.0.0.1']]],
  ])('a name with %s is forbidden before a byte leaves', async (_what, answers) => {
    const { port, hits } = await serve((_request, response) => response.end('secret'));
    const agents = guardedAgents({}, answering(...answers));
    expect(await problem(`http://files.example.com:${port}/`, { agents })).toBe('forbidden_address');
    expect(hits()).toBe(0);
  });

  it('asks for a name once per call and connects to that very answer, so a second one cannot slip in', async () => {
    const { port, hits } = await serve((_request, response) =>
      response.writeHead(200, { connection: 'close' }).end('x'),
    );
    const resolve = jest.fn(answering(['127.0.0.1'], ['10.0.0.5']));
    const agents = guardedAgents({ trustedHosts: ['rebind.example.com'] }, resolve as unknown as Resolve);
    const allowance = { agents, trustedHosts: ['rebind.example.com'] };
    expect(await problem(`http://rebind.example.com:${port}/`, allowance)).toBe('fetched');
    expect([resolve.mock.calls.length, hits()]).toEqual([1, 1]);
    const rebinding = guardedAgents({}, answering(['10.0.0.5'], ['8.8.8.8']));
    expect(await problem(`http://rebind.example.com:${port}/`, { agents: rebinding })).toBe(
      'forbidden_address',
    );
    expect(hits()).toBe(1);
  });

  it('every redirect is judged like the first address', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    const outer = await serve((_request, response) =>
      response.writeHead(302, { location: `http://localhost:${inner.port}/` }).end(),
    );
    expect(await problem(outer.url, { trustedHosts: ['127.0.0.1'] })).toBe('forbidden_address');
    const toFile = await serve((_request, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    );
    expect(await problem(toFile.url, { loopback: true })).toBe('invalid_url');
    expect(inner.hits()).toBe(0);
  });

  it('follows a few redirects and says where the file came from', async () => {
    const file = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/b' }).end();
      else response.writeHead(200, { 'content-type': 'Image/PNG; charset=x' }).end('png');
    });
    const got = await safeFetch(`${file.url}/a`, { maxBytes: 10, loopback: true });
    expect(got).toEqual({ bytes: Buffer.from('png'), contentType: 'image/png', url: `${file.url}/b` });
    const circle = await serve((_request, response) => response.writeHead(302, { location: '/' }).end());
    expect(await problem(circle.url, { loopback: true })).toBe('too_many_redirects');
    expect(circle.hits()).toBe(4);
  });

  it('sends no credentials along', async () => {
    let headers: Record<string, unknown> = {};
    const file = await serve((request, response) => {
      headers = request.headers;
      response.end('x');
    });
    await safeFetch(file.url, { maxBytes: 10, loopback: true });
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('stops at the size limit, announced or not', async () => {
    const announced = await serve((_request, response) =>
      response.writeHead(200, { 'content-length': 5000 }).write('x'),
    );
    expect(await problem(announced.url, { loopback: true })).toBe('too_large');
    const endless = await serve((_request, response) => {
      const more = setInterval(() => response.write('x'.repeat(400)), 1);
      response.on('close', () => clearInterval(more));
    });
    expect(await problem(endless.url, { loopback: true })).toBe('too_large');
  });

  it('stops at the time limit, whatever is still coming', async () => {
    const silent = await serve(() => undefined);
    expect(await problem(silent.url, { loopback: true, timeoutMs: 60 })).toBe('timeout');
    const dripping = await serve((_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(more));
    });
    expect(await problem(dripping.url, { loopback: true, timeoutMs: 100 })).toBe('timeout');
  });

  it('refuses what is no file, or of another kind', async () => {
    const gone = await serve((_request, response) => response.writeHead(404).end());
    expect(await problem(gone.url, { loopback: true })).toBe('wrong_status');
    const page = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    );
    const accepts = (type: string): boolean => type.startsWith('image/');
    expect(await problem(page.url, { loopback: true, accepts })).toBe('wrong_type');
    const cut = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('x', () => response.destroy());
    });
    expect(await problem(cut.url, { loopback: true })).toBe('unreachable');
  });

  it('keeps the address out of its error', async () => {
    const failure = await safeFetch('http://127.0.0.1:1025/secret-path', {
      maxBytes: 1,
      loopback: true,
    }).catch((error: unknown) => error);
    expect(JSON.stringify(failure) + String(failure)).not.toContain('secret-path');
    expect(failure).toMatchObject({ problem: 'unreachable' });
  });
});
