import { ERRORS, type ErrorInfo } from './error-table';
import type { Ids } from './ids';

interface GraphErrorInput {
  /** HTTP status. */
  status: number;
  code: number;
  message: string;
  type?: 'OAuthException' | 'GraphMethodException';
  subcode?: number;
  /** Lands in `error_data.details`. */
  details?: string;
  transient?: boolean;
  userTitle?: string;
  userMessage?: string;
  /** Stands beside `error` in the body (mixed results of block_users). */
  beside?: Record<string, unknown>;
}

/** An answer of Graph that is not 200. */
export class GraphError extends Error {
  constructor(readonly input: GraphErrorInput) {
    super(input.message);
  }

  /** Meta's body for it, key order as Graph writes it. */
  body(ids: Ids): Record<string, unknown> {
    const { code, message, type, subcode, details, transient, userTitle, userMessage, beside } = this.input;
    return {
      ...beside,
      error: {
        message,
        type: type ?? 'OAuthException',
        code,
        ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...(transient !== undefined && { is_transient: transient }),
        ...(userTitle !== undefined && { error_user_title: userTitle }),
        ...(userMessage !== undefined && { error_user_msg: userMessage }),
        fbtrace_id: ids.fbtrace(),
      },
    };
  }
}

/** Meta's title, as it stands in `(#code) title` and in failed statuses. */
export const titleOf = (code: number): string => ERRORS[code]?.title ?? 'Something went wrong';

/** A WhatsApp error (13xxxx) with Meta's own title. */
export const whatsAppError = (code: number, details: string, status = 400): GraphError =>
  new GraphError({ status, code, message: `(#${code}) ${titleOf(code)}`, details });

/** A refusal with any code, as Meta would write it. */
export const errorOfCode = (code: number, details?: string): GraphError => {
  const info: ErrorInfo = ERRORS[code] ?? { title: 'Something went wrong' };
  const isWhatsApp = code >= 130_000 && code < 200_000;
  return new GraphError({
    status: info.status ?? 400,
    code,
    message: code === 190 ? info.title : `(#${code}) ${info.title}`,
    ...((details !== undefined || isWhatsApp) && { details: details ?? info.title }),
    subcode: info.subcode,
    transient: info.transient,
  });
};

/** `(#100) …`: a parameter is missing or wrong in a way Graph itself notices. */
export const parameterError = (sentence: string, details?: string): GraphError =>
  new GraphError({ status: 400, code: 100, message: `(#100) ${sentence}`, details });

export const required = (path: string): GraphError => parameterError(`The parameter ${path} is required.`);

/** The object is unknown or not this token's: Graph does not tell which. */
export const unsupportedRequest = (method: string, id: string): GraphError =>
  new GraphError({
    status: 400,
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to ` +
      'missing permissions, or does not support this operation. Please read the Graph API documentation at ' +
      'https://developers.facebook.com/docs/graph-api',
  });

export const unknownPath = (path: string): GraphError =>
  new GraphError({ status: 400, code: 2500, message: `Unknown path components: ${path}` });

export const unknownField = (field: string, nodeType: string): GraphError =>
  parameterError(`Tried accessing nonexisting field (${field}) on node type (${nodeType})`);

export const invalidToken = (): GraphError =>
  new GraphError({
    status: 401,
    code: 190,
    message: 'Invalid OAuth access token - Cannot parse access token',
  });

export const expiredToken = (): GraphError =>
  new GraphError({
    status: 401,
    code: 190,
    subcode: 463,
    message: 'Error validating access token: Session has expired.',
  });

export const missingPermission = (): GraphError =>
  new GraphError({
    status: 403,
    code: 10,
    message: '(#10) Application does not have permission for this action',
  });

/** One element of `errors[]` in a failed status or an undeliverable message. */
export const webhookError = (code: number, details: string): Record<string, unknown> => ({
  code,
  title: titleOf(code),
  message: titleOf(code),
  error_data: { details },
  href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
});

export const WINDOW_CLOSED_DETAILS =
  'Message failed to send because more than 24 hours have passed since the customer last replied to this number.';
export const UNDELIVERABLE_DETAILS = 'Message Undeliverable.';
