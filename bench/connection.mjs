import net from 'node:net';

/** One keep-alive connection with one request in flight. Node's http client would cost more than the server measured. */
export class Connection {
  constructor(host, port) {
    this.host = host;
    this.port = port;
    this.socket = null;
    this.buffered = null;
    this.waiting = null;
  }

  /** Sends ready bytes; resolves with the HTTP status, 0 when the connection failed before a whole answer. */
  request(bytes) {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.buffered = null;
      if (this.socket === null) this.open();
      this.socket.write(bytes);
    });
  }

  /** Ends the connection; a request still in flight resolves with null: cut by us, not failed. */
  close() {
    const socket = this.socket;
    this.socket = null;
    socket?.destroy();
    this.settle(null);
  }

  open() {
    const socket = net.connect({ host: this.host, port: this.port, noDelay: true });
    socket.on('data', (chunk) => this.received(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.settle(0);
    });
    this.socket = socket;
  }

  received(chunk) {
    this.buffered = this.buffered === null ? chunk : Buffer.concat([this.buffered, chunk]);
    const answer = parseAnswer(this.buffered);
    if (answer === null) return;
    this.settle(answer.status);
    if (answer.closes) this.close();
  }

  settle(status) {
    const resolve = this.waiting;
    this.waiting = null;
    this.buffered = null;
    resolve?.(status);
  }
}

/** `{ status, closes }` of a whole answer, null while it is incomplete. */
export function parseAnswer(buffer) {
  const end = buffer.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = buffer.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  const chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
  const closes = /\r\nconnection: *close/i.test(head);
  const body = buffer.length - end - 4;
  if (length !== null && body < Number(length[1])) return null;
  if (chunked && buffer.indexOf('0\r\n\r\n', end + 4) < 0) return null;
  return { status, closes };
}
