import { errorRow, type ErrorRow } from './error-table';
import { isObject, number, object, text, type JsonObject } from './read';
import { redact } from './redact';
import { failedBeforeSending, type TransportFailure } from './transport-failure';

/**
 * `rejected` Meta refuses this request. `retryable` may succeed later, nothing was sent. `credential` the token is dead.
 * `config` an admin has to act. `unreachable` no byte reached Meta. `unknown_outcome` it may have been sent: never repeat.
 */
export type GraphErrorCategory =
  'rejected' | 'retryable' | 'credential' | 'config' | 'unreachable' | 'unknown_outcome';

export interface GraphErrorMeta {
  code: number;
  title: string | null;
  details: string | null;
  /** Tells refusals of one code apart; absent when Meta gave none. */
  subcode?: number;
  /** Meta's support asks for it. */
  fbtraceId: string | null;
}

/** The only error that leaves `cloud-api/`: plain texts without address, headers, token or cause. */
export class GraphError extends Error {
  readonly name = 'GraphError';
  readonly category: GraphErrorCategory;
  /** What Graph said; null when it did not answer in its own form. */
  readonly meta: GraphErrorMeta | null;
  /** How long Meta asks to wait, in milliseconds; null when it does not say. */
  readonly retryAfterMs: number | null;
  readonly httpStatus: number | null;
  /** Node's name for what broke (`ECONNREFUSED`); null where an answer came. */
  readonly transportCode: string | null;

  constructor(
    category: GraphErrorCategory,
    message: string,
    more: {
      meta?: GraphErrorMeta | null;
      retryAfterMs?: number | null;
      httpStatus?: number | null;
      transportCode?: string | null;
    } = {},
  ) {
    super(message);
    this.category = category;
    this.meta = more.meta ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.httpStatus = more.httpStatus ?? null;
    this.transportCode = more.transportCode ?? null;
  }

  /** Repeating cannot send twice and may help. */
  get retryable(): boolean {
    return this.category === 'retryable' || this.category === 'unreachable';
  }
}

export interface Circumstances {
  /** The request has an effect that must not happen twice (a send); reads and idempotent calls may always be repeated. */
  sending: boolean;
  /** Whether the connection stood before it failed, where the caller knows; else guessed from the failure. */
  connected?: boolean;
  /** Values that must not appear in the error. */
  secrets?: readonly string[];
}

export interface GraphAnswer {
  status: number;
  headers: JsonObject;
  /** Parsed JSON, or null when it was none. */
  body: unknown;
}

/** Any failure of an HTTP call (an axios error with or without answer, a timeout, a GraphError) as a GraphError. */
export function toGraphError(failure: unknown, circumstances: Circumstances): GraphError {
  if (failure instanceof GraphError) return failure;
  const read: JsonObject = isObject(failure) ? failure : {};
  const response = object(read.response);
  const status = number(response?.status);
  if (response && status !== null) {
    return answerError(
      { status, headers: headersOf(response.headers), body: parsed(response.data) },
      circumstances,
    );
  }
  const transport: TransportFailure = {
    code: text(read.code),
    syscall: text(read.syscall) ?? causeSyscall(read),
  };
  const early =
    circumstances.connected === undefined ? failedBeforeSending(transport) : !circumstances.connected;
  const what = transport.code ?? 'no answer';
  const more = { transportCode: transport.code };
  if (early) return new GraphError('unreachable', `WhatsApp could not be reached (${what}).`, more);
  if (!circumstances.sending) return new GraphError('retryable', `WhatsApp did not answer (${what}).`, more);
  return new GraphError('unknown_outcome', `The connection broke before WhatsApp answered (${what}).`, more);
}

/** An answer that is no success, or a success that cannot be read. */
export function answerError(answer: GraphAnswer, circumstances: Circumstances): GraphError {
  const graph = object(object(answer.body)?.error);
  const httpStatus = answer.status;
  const retryAfterMs = waitAskedFor(answer.headers);
  if (graph === null) return foreignAnswer(httpStatus, retryAfterMs, circumstances);
  const meta = readMeta(graph, circumstances.secrets);
  const row = errorRow(meta.code);
  const category = categoryOf(meta.code, row, graph, httpStatus, circumstances);
  return new GraphError(category, row?.message ?? meta.details ?? meta.title ?? 'Meta refused the request.', {
    meta,
    retryAfterMs,
    httpStatus,
  });
}

function categoryOf(
  code: number,
  row: ErrorRow | null,
  graph: JsonObject,
  status: number,
  { sending }: Circumstances,
): GraphErrorCategory {
  if (code === 0 || code === 190) return 'credential';
  const transient = graph.is_transient === true || status >= 500;
  // Code 1 also stands for "possibly an invalid request": only worth repeating when Meta calls it passing.
  if (code === 1 && !transient) return 'rejected';
  if (row !== null) {
    if (row.class === 'retry') return 'retryable';
    return row.class === 'config' ? 'config' : 'rejected';
  }
  if (!transient) return 'rejected';
  return sending ? 'unknown_outcome' : 'retryable';
}

/** Somebody answered, but not in Graph's form: a proxy, a wrong address, a cut body. */
function foreignAnswer(status: number, retryAfterMs: number | null, { sending }: Circumstances): GraphError {
  const more = { httpStatus: status, retryAfterMs };
  const said = `HTTP ${status} without a readable answer`;
  // Limiters stand in front of the work; a bare 503 may come from behind it.
  if (status === 429) return new GraphError('retryable', `Too busy: ${said}.`, more);
  const mayHaveHappened = status >= 500 || status === 408 || (status >= 200 && status < 300);
  if (mayHaveHappened) return new GraphError(sending ? 'unknown_outcome' : 'retryable', `${said}.`, more);
  return new GraphError('rejected', `${said}; is the endpoint URL right?`, more);
}

function readMeta(graph: JsonObject, secrets: readonly string[] = []): GraphErrorMeta {
  const shown = (value: string | null) => (value === null ? null : redact(value, secrets));
  const message = text(graph.message)?.replace(/^\(#\d+\)\s*/, '') ?? null;
  const subcode = number(graph.error_subcode);
  return {
    code: number(graph.code) ?? -1,
    title: shown(text(graph.error_user_title) ?? message),
    details: shown(detailsOf(graph.error_data) ?? text(graph.error_user_msg)),
    fbtraceId: shown(text(graph.fbtrace_id)),
    ...(subcode === null ? {} : { subcode }),
  };
}

/** `error_data` is an object, plain text, or JSON as text. */
function detailsOf(data: unknown): string | null {
  const found = object(parsed(data));
  return found ? (text(found.details) ?? text(found.message)) : text(data);
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}

/** `Retry-After` in seconds, or Meta's usage header with its minutes until access comes back. */
function waitAskedFor(headers: JsonObject): number | null {
  const seconds = number(headers['retry-after']);
  if (seconds !== null && seconds >= 0) return seconds * 1000;
  const date = Date.parse(text(headers['retry-after']) ?? '');
  if (!Number.isNaN(date)) return Math.max(0, date - Date.now());
  const usage = object(parsed(headers['x-business-use-case-usage']));
  const minutes = Object.values(usage ?? {})
    .flatMap((entries) => (Array.isArray(entries) ? entries : []))
    .map((entry) => number(object(entry)?.estimated_time_to_regain_access) ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? longest * 60_000 : null;
}

/** Axios keeps headers in a class of its own; only own string values matter here. */
function headersOf(headers: unknown): JsonObject {
  return isObject(headers) ? { ...headers } : {};
}

function causeSyscall(failure: JsonObject): string | null {
  return text(object(failure.cause)?.syscall);
}
