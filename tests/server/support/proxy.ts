/** A wire between Strapi and PostgreSQL that a test can cut or clog. */
import net from 'node:net';

export interface Proxy {
  port: number;
  /** Ends every connection and refuses new ones, as a stopped server does. */
  cut(): void;
  /** Nothing goes through any more, and nobody is told. */
  clog(): void;
  mend(): void;
  close(): Promise<void>;
}

export const createProxy = async (host: string, port: number): Promise<Proxy> => {
  const pairs = new Set<[net.Socket, net.Socket]>();
  let state: 'open' | 'cut' | 'clogged' = 'open';
  const server = net.createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = net.connect(port, host);
    const pair: [net.Socket, net.Socket] = [near, far];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => near.write(chunk));
    if (state === 'clogged') near.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const each = (act: (socket: net.Socket) => void): void => pairs.forEach((pair) => pair.forEach(act));
  return {
    port: (server.address() as net.AddressInfo).port,
    cut() {
      state = 'cut';
      each((socket) => socket.destroy());
    },
    clog() {
      state = 'clogged';
      each((socket) => socket.pause());
    },
    mend() {
      state = 'open';
      each((socket) => socket.resume());
    },
    async close() {
      each((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
