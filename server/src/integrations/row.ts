/** Why nothing can be sent although the number is switched on. */
export type ConnectionProblem =
  /** Meta calls the token dead (code 190). */
  | 'token'
  /** Meta reports the number disconnected, banned, deleted or moved away. */
  | 'number'
  /** Meta reports the whole account disabled, deleted or offboarded. */
  | 'account';

/** Something Meta told about the number or its account, as it is shown. */
export interface Alert {
  kind: string;
  message: string;
  /** ms since 1970 */
  at: number;
}

/** A row as it is stored; sealed columns stay sealed. */
export interface IntegrationRow {
  id: number;
  documentId: string;
  name: string;
  phoneNumber: string;
  phoneNumberId: string;
  businessAccountId: string;
  endpointUrl: string | null;
  apiVersion: string | null;
  sandbox: boolean;
  active: boolean;
  connectionStatus: string;
  connectionMessage: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  throughput: string | null;
  numberStatus: string | null;
  nameStatus: string | null;
  alerts: Alert[];
  healthCheckedAt: number | null;
  readReceipts: string;
  typingIndicator: boolean;
  copyMediaToLibrary: boolean;
  accessTokenLast4: string | null;
  hasAppSecret: boolean;
  verifyTokenSealed: string | null;
  webhookKey: string;
  lastWebhookAt: number | null;
  lastMessageAt: number | null;
  createdAt: number;
  organizationSlug: string;
}

/** Columns that a caller may write. */
export interface IntegrationWrite {
  document_id?: string;
  name?: string;
  phone_number?: string;
  phone_number_id?: string | null;
  former_phone_number_id?: string | null;
  business_account_id?: string;
  endpoint_url?: string | null;
  api_version?: string | null;
  sandbox?: boolean;
  active?: boolean;
  read_receipts?: string;
  typing_indicator?: boolean;
  copy_media_to_library?: boolean;
  connection_status?: string;
  connection_message?: string | null;
  connection_problem?: ConnectionProblem | null;
  access_token_sealed?: string | null;
  access_token_last_4?: string | null;
  app_secret_sealed?: string | null;
  verify_token_sealed?: string | null;
  webhook_key?: string;
  disconnected_at?: number | null;
  health_due_at?: number | null;
}

export const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);
export const flag = (value: unknown): boolean => value === true || value === 1;
/** Columns that came with an upgrade are empty in the rows that were there before. */
const flagOr = (value: unknown, standard: boolean): boolean =>
  value === null || value === undefined ? standard : flag(value);
export const momentOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

export const alertsOf = (value: unknown): Alert[] => {
  const list = (typeof value === 'string' ? JSON.parse(value) : value) as Alert[] | null;
  return Array.isArray(list) ? list : [];
};

/** What the settings of a number mean for the lanes, the composer and the downloads. */
export const settingsOf = (row: Record<string, unknown>) => ({
  readReceipts: textOrNull(row.read_receipts) ?? 'on_open',
  typingIndicator: flagOr(row.typing_indicator, true),
  copyMediaToLibrary: flagOr(row.copy_media_to_library, false),
});

export const toRow = (row: Record<string, unknown>): IntegrationRow => ({
  id: Number(row.id),
  documentId: String(row.document_id),
  name: String(row.name),
  phoneNumber: String(row.phone_number),
  phoneNumberId: String(row.phone_number_id),
  businessAccountId: String(row.business_account_id),
  endpointUrl: textOrNull(row.endpoint_url),
  apiVersion: textOrNull(row.api_version),
  sandbox: flag(row.sandbox),
  active: flag(row.active),
  connectionStatus: String(row.connection_status ?? 'unverified'),
  connectionMessage: textOrNull(row.connection_message),
  qualityRating: textOrNull(row.quality_rating),
  messagingLimit: textOrNull(row.messaging_limit),
  throughput: textOrNull(row.throughput),
  numberStatus: textOrNull(row.number_status),
  nameStatus: textOrNull(row.name_status),
  alerts: alertsOf(row.alerts),
  healthCheckedAt: momentOrNull(row.health_checked_at),
  ...settingsOf(row),
  accessTokenLast4: textOrNull(row.access_token_last_4),
  hasAppSecret: Boolean(row.app_secret_sealed),
  verifyTokenSealed: textOrNull(row.verify_token_sealed),
  webhookKey: String(row.webhook_key),
  lastWebhookAt: momentOrNull(row.last_webhook_at),
  lastMessageAt: momentOrNull(row.last_message_at),
  createdAt: new Date(row.created_at as string | number | Date).getTime(),
  organizationSlug: String(row.organization_slug),
});
