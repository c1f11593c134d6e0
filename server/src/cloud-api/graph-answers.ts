import { isBsuid } from './identity-format';
import { bool, list, number, object, text, type JsonObject } from './read';

export interface SentMessage {
  wamid: string;
  /** Save both as aliases of the contact: a send to a phone answers with the pair. */
  waId: string | null;
  userId: string | null;
  /** `accepted`, `held_for_quality_assessment` or `paused`; templates only. */
  messageStatus: string | null;
}

export interface MediaInfo {
  url: string;
  mimeType: string | null;
  sha256: string | null;
  /** Bytes. */
  size: number | null;
}

export interface NumberInfo {
  id: string | null;
  displayPhoneNumber: string | null;
  verifiedName: string | null;
  qualityRating: string | null;
  status: string | null;
  codeVerificationStatus: string | null;
  nameStatus: string | null;
  /** `STANDARD`, `HIGH` … */
  throughput: string | null;
  /** `TIER_250` … `TIER_UNLIMITED`; portfolio-wide. */
  messagingLimit: string | null;
  /** Also used in the phone app. */
  isOnBizApp: boolean | null;
  platformType: string | null;
  /** Whether Meta lets this number send: `AVAILABLE`, `LIMITED`, `BLOCKED`. */
  canSend: string | null;
  /** Why not, or not fully: Meta's own sentences. */
  sendProblems: { description: string; solution: string | null }[];
  /** Where webhooks go, per level; number wins over account, account over app. */
  callbacks: { number: string | null; account: string | null; app: string | null };
}

export interface AccountInfo {
  id: string | null;
  name: string | null;
  currency: string | null;
  timezoneId: string | null;
  reviewStatus: string | null;
  verificationStatus: string | null;
}

export interface SubscribedApp {
  id: string | null;
  name: string | null;
  link: string | null;
  overrideCallbackUri: string | null;
}

export interface TokenInfo {
  appId: string | null;
  type: string | null;
  isValid: boolean;
  /** Milliseconds since 1970; null = never. */
  expiresAt: number | null;
  dataAccessExpiresAt: number | null;
  scopes: string[];
  granularScopes: { scope: string; targetIds: string[] }[];
}

export interface TemplateCounts {
  count: number | null;
  limit: number | null;
}

export function readTemplateCounts(answer: JsonObject): TemplateCounts {
  const summary = object(answer.summary);
  return {
    count: number(summary?.message_template_count),
    limit: number(summary?.message_template_limit),
  };
}

export function readSent(answer: JsonObject): SentMessage | null {
  const message = object(list(answer.messages)[0]);
  const contact = object(list(answer.contacts)[0]);
  const wamid = text(message?.id);
  if (wamid === null) return null;
  return {
    wamid,
    waId: text(contact?.wa_id),
    userId: isBsuid(contact?.user_id) ? contact.user_id : null,
    messageStatus: text(message?.message_status),
  };
}

export function readMedia(answer: JsonObject): MediaInfo | null {
  const url = text(answer.url);
  if (url === null) return null;
  return {
    url,
    mimeType: text(answer.mime_type),
    sha256: text(answer.sha256),
    size: number(answer.file_size),
  };
}

export function readNumber(answer: JsonObject): NumberInfo {
  const callbacks = object(answer.webhook_configuration);
  return {
    id: text(answer.id),
    displayPhoneNumber: text(answer.display_phone_number),
    verifiedName: text(answer.verified_name),
    qualityRating: text(answer.quality_rating),
    status: text(answer.status),
    codeVerificationStatus: text(answer.code_verification_status),
    nameStatus: text(answer.name_status),
    throughput: text(object(answer.throughput)?.level),
    messagingLimit: text(answer.whatsapp_business_manager_messaging_limit),
    isOnBizApp: bool(answer.is_on_biz_app),
    platformType: text(answer.platform_type),
    canSend: text(object(answer.health_status)?.can_send_message),
    sendProblems: sendProblems(answer.health_status),
    callbacks: {
      number: text(callbacks?.phone_number),
      account: text(callbacks?.whatsapp_business_account),
      app: text(callbacks?.application),
    },
  };
}

/** The number, its account, the business and the app each have their own list. */
function sendProblems(health: unknown): NumberInfo['sendProblems'] {
  return list(object(health)?.entities)
    .flatMap((entity) => list(object(entity)?.errors))
    .flatMap((error) => {
      const description = text(object(error)?.error_description);
      return description === null ? [] : [{ description, solution: text(object(error)?.possible_solution) }];
    });
}

/** `data[].id` of a page. */
export function readIds(answer: JsonObject): string[] {
  return list(answer.data).flatMap((element) => text(object(element)?.id) ?? []);
}

/** Where the next page of a list begins; null at its end. */
export function nextCursor(answer: JsonObject): string | null {
  const paging = object(answer.paging);
  return text(paging?.next) === null ? null : text(object(paging?.cursors)?.after);
}

export function readAccount(answer: JsonObject): AccountInfo {
  return {
    id: text(answer.id),
    name: text(answer.name),
    currency: text(answer.currency),
    timezoneId: text(answer.timezone_id),
    reviewStatus: text(answer.account_review_status),
    verificationStatus: text(answer.business_verification_status),
  };
}

export function readApps(answer: JsonObject): SubscribedApp[] {
  return list(answer.data).map((element) => {
    const app = object(object(element)?.whatsapp_business_api_data);
    return {
      id: text(app?.id),
      name: text(app?.name),
      link: text(app?.link),
      overrideCallbackUri: text(object(element)?.override_callback_uri),
    };
  });
}

export function readTokenInfo(answer: JsonObject): TokenInfo {
  const data = object(answer.data);
  return {
    appId: text(data?.app_id),
    type: text(data?.type),
    isValid: data?.is_valid === true,
    expiresAt: expiry(data?.expires_at),
    dataAccessExpiresAt: expiry(data?.data_access_expires_at),
    scopes: list(data?.scopes).filter((scope): scope is string => typeof scope === 'string'),
    granularScopes: list(data?.granular_scopes).map((element) => ({
      scope: text(object(element)?.scope) ?? '',
      targetIds: list(object(element)?.target_ids).map(String),
    })),
  };
}

/** Seconds; 0 means never. */
function expiry(value: unknown): number | null {
  const seconds = number(value);
  return seconds === null || seconds === 0 ? null : seconds * 1000;
}
