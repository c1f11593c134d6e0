import { GraphError } from '../cloud-api/graph-error';
import { redact } from '../cloud-api/redact';
import { maskPhones } from '../audit/redact';
import { redactValue } from '../webhooks-log/redact-payload';

type Method = (...args: unknown[]) => unknown;

/** What a failed call tells besides its message. */
const detailOf = (error: unknown): string => {
  if (!(error instanceof GraphError)) return String((error as { name?: unknown })?.name ?? 'Error');
  const { category, meta, httpStatus, retryAfterMs } = error;
  return `${error.message} ${JSON.stringify({ category, httpStatus, retryAfterMs, meta })}`;
};

const shown = (arg: object): string => {
  try {
    return JSON.stringify(redactValue(JSON.parse(JSON.stringify(arg))));
  } catch {
    // A stream or another thing with circles in it.
    return '(not shown)';
  }
};

const bodyOf = (args: unknown[]): string =>
  args.flatMap((arg) => (typeof arg === 'object' && arg !== null ? shown(arg) : [])).join(' ');

const isPaged = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

/**
 * The same client, which in debug mode tells of each call what was asked (redacted), how long it took, and with which
 * words and codes Meta refused it.
 */
export const watchClient = <T extends object>(
  client: T,
  { isOn, log, now }: { isOn(): boolean; log(line: string): void; now(): number },
): T => {
  const tell = (name: string, args: unknown[], startedAt: number, result: string): void =>
    log(maskPhones(redact(`Graph ${name} ${now() - startedAt} ms ${result} ${bodyOf(args)}`)));

  const told = (name: string, args: unknown[]) => {
    const startedAt = now();
    return {
      ok: (): void => {
        if (isOn()) tell(name, args, startedAt, 'ok');
      },
      failed: (error: unknown): void => {
        if (isOn()) tell(name, args, startedAt, `failed: ${detailOf(error)}`);
      },
    };
  };

  /** Pages as they come; one line for the whole listing. */
  const paged = async function* (pages: AsyncIterable<unknown>, name: string, args: unknown[]) {
    const { ok, failed } = told(name, args);
    try {
      yield* pages;
      ok();
    } catch (error) {
      failed(error);
      throw error;
    }
  };

  const answered = async (answer: unknown, name: string, args: unknown[]): Promise<unknown> => {
    const { ok, failed } = told(name, args);
    try {
      const value = await answer;
      ok();
      return value;
    } catch (error) {
      failed(error);
      throw error;
    }
  };

  const watched =
    (name: string, method: Method): Method =>
    (...args) => {
      const answer = method.apply(client, args);
      return isPaged(answer) ? paged(answer, name, args) : answered(answer, name, args);
    };

  const entries = Object.entries(client).map(([name, value]) => [
    name,
    typeof value === 'function' ? watched(name, value as Method) : (value as unknown),
  ]);
  return Object.fromEntries(entries) as T;
};
