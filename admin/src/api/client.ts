import { getFetchClient } from '@strapi/strapi/admin';
import { organizationHeaders } from './organization';

export interface FieldError {
  path: string;
  message: string;
}

/** What a call to our server can fail with. `status` is null when no answer came at all. */
export class ApiError extends Error {
  readonly status: number | null;
  readonly code: string;
  readonly fieldErrors: FieldError[];

  constructor(message: string, status: number | null, code: string, fieldErrors: FieldError[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fieldErrors = fieldErrors;
  }
}

interface ErrorBody {
  message?: string;
  details?: { code?: string; errors?: { path: string | string[]; message: string }[] };
}

const readFieldErrors = (body: ErrorBody | undefined): FieldError[] =>
  (body?.details?.errors ?? []).map(({ path, message }) => ({
    path: Array.isArray(path) ? path.join('.') : path,
    message,
  }));

/** Turns whatever Strapi's fetch client throws into an ApiError; aborts pass through untouched. */
export const toApiError = (cause: unknown): unknown => {
  if (cause instanceof ApiError) return cause;
  if (cause instanceof Error && cause.name === 'AbortError') return cause;
  const { status, response } = (cause ?? {}) as {
    status?: number;
    response?: { data?: { error?: ErrorBody & { status?: number } } };
  };
  const body = response?.data?.error;
  const known = status ?? body?.status ?? null;
  const message = body?.message ?? (cause instanceof Error ? cause.message : 'Request failed');
  const code = body?.details?.code ?? (known === null ? 'network' : `http_${known}`);
  return new ApiError(message, known, code, readFieldErrors(body));
};

type Params = Record<string, string | number | undefined>;

/** Drops undefined values and encodes the rest: Strapi's client writes params into the URL as they are. */
const withParams = (path: string, params: Params = {}): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== undefined) query.set(key, String(value));
  const text = query.toString();
  return `/whatsapp${path}${text ? `?${text}` : ''}`;
};

const guard = async <T>(call: Promise<{ data: unknown }>): Promise<T> => {
  try {
    return (await call).data as T;
  } catch (cause) {
    throw toApiError(cause);
  }
};

/** The plugin's admin routes. Paths are given without the `/whatsapp` prefix; failures are ApiErrors. */
export const api = {
  get: <T>(path: string, params?: Params, signal?: AbortSignal) =>
    guard<T>(getFetchClient().get(withParams(path, params), { signal, headers: organizationHeaders() })),
  post: <T>(path: string, body?: unknown, params?: Params) =>
    guard<T>(getFetchClient().post(withParams(path, params), body, { headers: organizationHeaders() })),
  put: <T>(path: string, body?: unknown) =>
    guard<T>(getFetchClient().put(withParams(path), body, { headers: organizationHeaders() })),
  del: (path: string, params?: Params) =>
    guard<unknown>(getFetchClient().del(withParams(path, params), { headers: organizationHeaders() })),
  /** A file, e.g. an export. */
  file: (path: string, params?: Params) =>
    guard<Blob>(
      getFetchClient().get(withParams(path, params), {
        responseType: 'blob',
        headers: organizationHeaders(),
      }),
    ),
};
