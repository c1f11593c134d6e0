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

  const watched = (name: string, method: Method): Method =>
    async function call(...args) {
      const startedAt = now();
      try {
        const answer = await method.apply(client, args);
        if (isOn()) tell(name, args, startedAt, 'ok');
        return answer;
      } catch (error) {
        if (isOn()) tell(name, args, startedAt, `failed: ${detailOf(error)}`);
        throw error;
      }
    };

  const entries = Object.entries(client).map(([name, value]) => [
    name,
    typeof value === 'function' ? watched(name, value as Method) : (value as unknown),
  ]);
  return Object.fromEntries(entries) as T;
};
