import { backendUrl } from '../design/backend';
import { readToken, renewToken } from '../realtime/token';
import { toApiError } from './client';
import { organizationHeaders } from './organization';

interface Answer {
  status: number;
  body: unknown;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const post = (
  path: string,
  form: FormData,
  token: string | null,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    // `fetch` tells nothing about the bytes that went out.
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const end = () => signal.removeEventListener('abort', abort);
    request.open('POST', `${backendUrl()}/whatsapp${path}`);
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
    for (const [name, value] of Object.entries(organizationHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      end();
      resolve({ status: request.status, body: parse(request.responseText) });
    };
    request.onerror = () => {
      end();
      reject(new Error('The upload met no answer'));
    };
    request.onabort = () => {
      end();
      reject(new DOMException('Upload cancelled', 'AbortError'));
    };
    signal.addEventListener('abort', abort);
    if (signal.aborted) return request.abort();
    request.send(form);
  });

/**
 * Posts a form with real byte progress (0–1). A session that ended meanwhile is renewed once.
 * Fails with ApiErrors; an aborted one with an AbortError.
 */
export const postForm = async <T>(
  path: string,
  form: FormData,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> => {
  try {
    const token = readToken();
    let answer = await post(path, form, token, onProgress, signal);
    if (answer.status === 401 && (await renewToken(token))) {
      answer = await post(path, form, readToken(), onProgress, signal);
    }
    if (answer.status >= 200 && answer.status < 300) return answer.body as T;
    throw Object.assign(new Error('Upload refused'), {
      status: answer.status,
      response: { data: answer.body },
    });
  } catch (cause) {
    throw toApiError(cause);
  }
};
