import type { Readable } from 'node:stream';
import axios from 'axios';
import { answerError, GraphError } from './graph-error';
import { assertHeaderSafe, configOf, failureOf, watchedTransport, type HttpCall } from './http';
import { isObject, number } from './read';

export type DownloadCall = Pick<HttpCall, 'url' | 'accessToken' | 'agent' | 'timeoutMs' | 'maxBytes'>;

/** What a refusal says is read up to here. */
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Hands the bytes of an address to `take` as they come, never the whole file in memory; answers what `take` answers.
 * Throws a GraphError for everything that goes wrong on the way, above `maxBytes` and at `timeoutMs` as well; what
 * `take` throws passes through as it is.
 */
export async function download<T>(
  options: DownloadCall,
  take: (body: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  assertHeaderSafe(options.accessToken);
  const call: HttpCall = { ...options, method: 'GET', sending: false };
  const controller = new AbortController();
  const deadline = setTimeout(() => controller.abort(), call.timeoutMs);
  const line = watchedTransport(call.url);
  try {
    const answer = await axios
      .request<Readable>({
        ...configOf(call, line.transport),
        responseType: 'stream',
        maxContentLength: -1,
        signal: controller.signal,
      })
      .catch((failure: unknown) => {
        throw failureOf(failure, call, line.connected());
      });
    const bodyOf = (maxBytes: number): AsyncIterable<Buffer> => capped(answer.data, { ...call, maxBytes });
    if (answer.status !== 200) {
      const headers = { ...answer.headers };
      const body = await parsed(bodyOf(MAX_ERROR_BYTES));
      throw answerError(
        { status: answer.status, headers, body },
        { sending: false, secrets: [call.accessToken] },
      );
    }
    const told = number(answer.headers['content-length']);
    if (told !== null && told > call.maxBytes) {
      answer.data.destroy();
      throw tooLarge(call.maxBytes);
    }
    return await take(bodyOf(call.maxBytes));
  } finally {
    clearTimeout(deadline);
    controller.abort();
  }
}

const tooLarge = (maxBytes: number): GraphError =>
  new GraphError('rejected', `The answer is larger than ${maxBytes} bytes.`);

async function* capped(body: Readable, call: HttpCall): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > call.maxBytes) throw tooLarge(call.maxBytes);
      yield chunk;
    }
  } catch (failure) {
    if (failure instanceof GraphError) throw failure;
    throw failureOf(isObject(failure) ? failure : {}, call, true);
  }
}

async function parsed(body: AsyncIterable<Buffer>): Promise<unknown> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    // The status says enough when the rest cannot be read.
    return null;
  }
}
