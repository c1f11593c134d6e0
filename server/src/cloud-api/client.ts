import { createHmac } from 'node:crypto';
import type http from 'node:http';
import type https from 'node:https';
import { readBlock, type BlockAnswer } from './block-answer';
import { download } from './download';
import { answerError, GraphError, type Circumstances } from './graph-error';
import { exchange, type HttpCall } from './http';
import { mayReceiveToken } from './media-host';
import { multipart } from './multipart';
import { createTemplateCalls, type TemplateCalls } from './template-calls';
import { isObject, text, type JsonObject } from './read';
import {
  readAccount,
  nextCursor,
  readApps,
  readIds,
  readMedia,
  readNumber,
  readSent,
  readTokenInfo,
  type MediaInfo,
  type NumberInfo,
  type SentMessage,
  type SubscribedApp,
  type TokenInfo,
  type AccountInfo,
} from './graph-answers';

export { isGraphVersion, splitEndpoint } from './endpoint';

export interface UploadFile {
  bytes: Buffer;
  /** With parameters: Meta takes voice notes as `audio/ogg; codecs=opus` only. */
  mimeType: string;
  /** Meta also looks at its extension. */
  fileName: string;
}

export interface GraphClientOptions {
  /** `https://graph.facebook.com` or a stand-in, without version. */
  baseUrl: string;
  /** `v25.0`: a call without version would get the app's oldest one. */
  version: string;
  accessToken: string;
  /** For one whole exchange; default 20 s. */
  timeoutMs?: number;
  /** Instead of the shared keep-alive agents, e.g. one that goes through a proxy. */
  agent?: http.Agent | https.Agent;
  /** Meta's own clock, from the `Date` of each answer; ms since 1970, to a second. */
  onServerTime?(at: number): void;
}

export interface GraphClient extends TemplateCalls {
  /** POST /<PHONE_ID>/messages. A lost answer is `unknown_outcome`: never send again because of it. */
  sendMessage(phoneNumberId: string, payload: object): Promise<SentMessage>;
  /** Marks this message and all earlier ones of its thread as read; with `typing` also shows the indicator (25 s). */
  markRead(phoneNumberId: string, wamid: string, options?: { typing?: boolean }): Promise<void>;
  /** A media id's address, valid for five minutes. */
  getMedia(mediaId: string, phoneNumberId?: string): Promise<MediaInfo>;
  /**
   * Hands the bytes to `take` as they come; refused before any request when the host may not get the token, cut off
   * above `maxBytes`.
   */
  downloadMedia<T>(
    url: string,
    options: { maxBytes: number; timeoutMs?: number },
    take: (body: AsyncIterable<Buffer>) => Promise<T>,
  ): Promise<T>;
  /** Uploads a file for one number; its id works for thirty days. May be repeated: a second upload is just a second id. */
  uploadMedia(phoneNumberId: string, file: UploadFile): Promise<string>;
  /** Puts people on the number's block list, or takes them off. A person Meta leaves out is told, not thrown. */
  block(phoneNumberId: string, payload: object): Promise<BlockAnswer>;
  unblock(phoneNumberId: string, payload: object): Promise<BlockAnswer>;
  getPhoneNumber(phoneNumberId: string): Promise<NumberInfo>;
  getAccount(wabaId: string): Promise<AccountInfo>;
  /** Ids of the numbers of an account, at most 2,000. */
  phoneNumberIds(wabaId: string): Promise<string[]>;
  /**
   * Whether this secret belongs to the app of the token: Meta checks a proof made with it whenever one is sent
   * (Graph API, securing requests).
   */
  provesSecret(phoneNumberId: string, appSecret: string): Promise<boolean>;
  /** Where this number's webhooks go, before account and app; null takes the override away. */
  overrideNumberCallback(
    phoneNumberId: string,
    to: { uri: string; verifyToken: string } | null,
  ): Promise<void>;
  /** The Meta apps that receive this account's webhooks. */
  subscribedApps(wabaId: string): Promise<SubscribedApp[]>;
  /** Subscribes the token's app; `body` may set `override_callback_uri` and `verify_token`, an empty one removes them. */
  subscribe(wabaId: string, body?: { override_callback_uri?: string; verify_token?: string }): Promise<void>;
  /** What Meta says about a token. The token travels in the address here: never log it. */
  debugToken(token: string): Promise<TokenInfo>;
}

const DEFAULT_TIMEOUT_MS = 20_000;
/** Files may be 100 MB: longer than an API call, but not for ever. */
const FILE_TIMEOUT_MS = 120_000;
const MAX_JSON_BYTES = 5 * 1024 * 1024;
const MAX_PAGES = 20;

const NUMBER_FIELDS =
  'id,display_phone_number,verified_name,quality_rating,status,code_verification_status,name_status,platform_type,' +
  'is_on_biz_app,throughput,webhook_configuration,whatsapp_business_manager_messaging_limit,health_status';
const ACCOUNT_FIELDS = 'id,name,currency,timezone_id,account_review_status,business_verification_status';

type Call = Pick<HttpCall, 'method' | 'query' | 'body' | 'form' | 'headers'> & {
  sending?: boolean;
  secrets?: string[];
  timeoutMs?: number;
};

const NOBODY: BlockAnswer = { done: 0, refused: null };

/** Bodies of refusals, for the one call whose refusal says more than its error; never part of the error itself. */
const BODIES = new WeakMap<GraphError, JsonObject>();
const bodyOf = (error: GraphError): JsonObject | null => BODIES.get(error) ?? null;

/** Calls of Meta's Graph API for one access token. Every failure is a `GraphError`. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const root = `${options.baseUrl.replace(/\/+$/, '')}/${options.version}`;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const { accessToken, agent } = options;

  const call = (path: string[], request: Call): Promise<JsonObject> =>
    callUrl([root, ...path.map(encodeURIComponent)].join('/'), request);

  async function callUrl(url: string, request: Call): Promise<JsonObject> {
    const { sending = false, secrets = [], ...rest } = request;
    const circumstances: Circumstances = { sending, secrets: [accessToken, ...secrets] };
    const common = { accessToken, agent, timeoutMs, maxBytes: MAX_JSON_BYTES, sending };
    const answer = await exchange({ ...common, ...rest, url });
    const serverTime = Date.parse(String(answer.headers.date ?? ''));
    if (!Number.isNaN(serverTime)) options.onServerTime?.(serverTime);
    const body = json(answer.body);
    const success = answer.status >= 200 && answer.status < 300 && isObject(body) && !isObject(body.error);
    if (success) return body;
    const error = answerError({ ...answer, body }, circumstances);
    if (isObject(body)) BODIES.set(error, body);
    throw error;
  }

  async function changeBlocks(method: 'POST' | 'DELETE', phoneNumberId: string, payload: object) {
    try {
      return readBlock(await call([phoneNumberId, 'block_users'], { method, body: payload })) ?? NOBODY;
    } catch (error) {
      // A mixed result comes as an error that also says who was left out, and why.
      const told = error instanceof GraphError && error.meta?.code === 139100 ? bodyOf(error) : null;
      const mixed = told && readBlock(told);
      if (!mixed) throw error;
      return mixed;
    }
  }

  const manage = createTemplateCalls({ call, callUrl, root, accessToken });

  return {
    ...manage,
    async sendMessage(phoneNumberId, payload) {
      const answer = await call([phoneNumberId, 'messages'], {
        method: 'POST',
        body: payload,
        sending: true,
      });
      const sent = readSent(answer);
      if (sent === null)
        throw new GraphError('unknown_outcome', 'The message was taken but its id is missing.');
      return sent;
    },
    async markRead(phoneNumberId, wamid, { typing = false } = {}) {
      const indicator = typing ? { typing_indicator: { type: 'text' } } : {};
      const body = { messaging_product: 'whatsapp', status: 'read', message_id: wamid, ...indicator };
      await call([phoneNumberId, 'messages'], { method: 'POST', body });
    },
    async getMedia(mediaId, phoneNumberId) {
      const query = phoneNumberId ? { phone_number_id: phoneNumberId } : undefined;
      const media = readMedia(await call([mediaId], { method: 'GET', query }));
      if (media === null) throw new GraphError('retryable', 'The answer names no address for this file.');
      return media;
    },
    async downloadMedia(url, { maxBytes, timeoutMs: limit = FILE_TIMEOUT_MS }, take) {
      if (!mayReceiveToken(url, options.baseUrl)) {
        throw new GraphError('rejected', 'The file is not on one of Meta’s hosts.');
      }
      return download({ url, accessToken, agent, timeoutMs: limit, maxBytes }, take);
    },
    async uploadMedia(phoneNumberId, { bytes, mimeType, fileName }) {
      const form = multipart(
        { messaging_product: 'whatsapp', type: mimeType },
        { name: 'file', fileName, mimeType, bytes },
      );
      const answer = await call([phoneNumberId, 'media'], {
        method: 'POST',
        form,
        timeoutMs: FILE_TIMEOUT_MS,
      });
      const id = text(answer.id);
      if (id === null) throw new GraphError('retryable', 'The file was taken but its id is missing.');
      return id;
    },
    block: (phoneNumberId, payload) => changeBlocks('POST', phoneNumberId, payload),
    unblock: (phoneNumberId, payload) => changeBlocks('DELETE', phoneNumberId, payload),
    async getPhoneNumber(phoneNumberId) {
      return readNumber(await call([phoneNumberId], { method: 'GET', query: { fields: NUMBER_FIELDS } }));
    },
    async getAccount(wabaId) {
      return readAccount(await call([wabaId], { method: 'GET', query: { fields: ACCOUNT_FIELDS } }));
    },
    async phoneNumberIds(wabaId) {
      const ids: string[] = [];
      let query: Record<string, string> = { fields: 'id', limit: '100' };
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await call([wabaId, 'phone_numbers'], { method: 'GET', query });
        ids.push(...readIds(answer));
        const after = nextCursor(answer);
        if (after === null) break;
        query = { ...query, after };
      }
      return ids;
    },
    async provesSecret(phoneNumberId, appSecret) {
      const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex');
      const query = { fields: 'id', appsecret_proof: proof };
      try {
        await call([phoneNumberId], { method: 'GET', query, secrets: [proof] });
        return true;
      } catch (error) {
        if (isProofRefused(error)) return false;
        throw error;
      }
    },
    async overrideNumberCallback(phoneNumberId, to) {
      const webhook_configuration = to
        ? { override_callback_uri: to.uri, verify_token: to.verifyToken }
        : { override_callback_uri: '' };
      const secrets = to ? [to.verifyToken] : [];
      await call([phoneNumberId], { method: 'POST', body: { webhook_configuration }, secrets });
    },
    async subscribedApps(wabaId) {
      return readApps(await call([wabaId, 'subscribed_apps'], { method: 'GET' }));
    },
    async subscribe(wabaId, body = {}) {
      const secrets = body.verify_token ? [body.verify_token] : [];
      await call([wabaId, 'subscribed_apps'], { method: 'POST', body, secrets });
    },
    async debugToken(token) {
      return readTokenInfo(
        await call(['debug_token'], { method: 'GET', query: { input_token: token }, secrets: [token] }),
      );
    },
  };
}

/** Meta names the parameter; the code alone (100) says no more than "invalid". */
function isProofRefused(error: unknown): boolean {
  if (!(error instanceof GraphError) || error.meta?.code !== 100) return false;
  return /appsecret_proof/i.test(`${error.meta.title} ${error.meta.details}`);
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
