/** Every error that our doors answer: stable code, status, a sentence for a person (REST contract §2). */
export type ErrorCode =
  | 'validation_failed'
  | 'invalid_phone_number'
  | 'not_found'
  | 'organization_required'
  | 'organization_in_use'
  | 'slug_taken'
  | 'number_has_history'
  | 'permission_denied'
  | 'integration_inactive'
  | 'phone_number_id_taken'
  | 'locked_by_environment'
  | 'recipient_opted_out'
  | 'recipient_not_opted_in'
  | 'window_closed'
  | 'recipient_blocked'
  | 'template_not_found'
  | 'template_not_approved'
  | 'template_not_allowed'
  | 'too_many_test_contacts'
  | 'template_parameters_invalid'
  | 'template_draft_invalid'
  | 'template_not_editable'
  | 'template_not_deletable'
  | 'template_edit_limit'
  | 'draft_changed'
  | 'draft_not_approved'
  | 'draft_under_way'
  | 'own_draft'
  | 'media_not_supported'
  | 'rate_limit_exceeded'
  | 'outside_business_hours'
  | 'confirmation_required'
  | 'not_scheduled'
  | 'newer_reply_exists'
  | 'not_retryable'
  | 'not_replayable'
  | 'provider_error'
  | 'encryption_key_missing'
  | 'invalid_signature'
  | 'invalid_verify_token'
  | 'payload_too_large'
  | 'storage_unavailable'
  | 'media_link_invalid'
  | 'media_not_retryable'
  | 'simulator_unavailable';

const STATUS: Record<ErrorCode, number> = {
  validation_failed: 400,
  invalid_phone_number: 400,
  not_found: 404,
  organization_required: 403,
  organization_in_use: 409,
  slug_taken: 409,
  number_has_history: 409,
  permission_denied: 403,
  integration_inactive: 409,
  phone_number_id_taken: 409,
  locked_by_environment: 409,
  recipient_opted_out: 403,
  recipient_not_opted_in: 403,
  window_closed: 409,
  recipient_blocked: 409,
  template_not_found: 404,
  template_not_approved: 409,
  template_not_allowed: 403,
  too_many_test_contacts: 409,
  template_parameters_invalid: 400,
  template_draft_invalid: 400,
  template_not_editable: 409,
  template_not_deletable: 409,
  template_edit_limit: 409,
  draft_changed: 409,
  draft_not_approved: 409,
  draft_under_way: 409,
  own_draft: 403,
  media_not_supported: 400,
  rate_limit_exceeded: 429,
  outside_business_hours: 409,
  confirmation_required: 409,
  not_scheduled: 409,
  newer_reply_exists: 409,
  not_retryable: 409,
  not_replayable: 409,
  provider_error: 502,
  encryption_key_missing: 500,
  invalid_signature: 401,
  invalid_verify_token: 403,
  payload_too_large: 413,
  storage_unavailable: 503,
  media_link_invalid: 403,
  media_not_retryable: 409,
  simulator_unavailable: 409,
};

const NAME: Partial<Record<number, string>> = {
  400: 'ValidationError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  409: 'ConflictError',
  413: 'PayloadTooLargeError',
  429: 'RateLimitError',
  502: 'BadGatewayError',
  503: 'ServiceUnavailableError',
};

export interface ErrorDetails {
  [key: string]: unknown;
  errors?: { path: string; message: string }[];
}

/** Thrown anywhere in the plugin; the route wrapper (`http/answer.ts`) turns it into the contract's body. */
export class WhatsAppError extends Error {
  readonly status: number;
  readonly details: ErrorDetails & { code: ErrorCode };

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message);
    this.status = STATUS[code];
    this.name = NAME[this.status] ?? 'ApplicationError';
    this.details = { code, ...details };
  }

  /** The answer's body, the same on both doors. */
  toBody() {
    return {
      data: null,
      error: { status: this.status, name: this.name, message: this.message, details: this.details },
    };
  }
}

export const notFound = (what: string): WhatsAppError => new WhatsAppError('not_found', `${what} not found.`);

/** One or more fields of a body or query that are not as described. */
export const invalid = (errors: { path: string; message: string }[]): WhatsAppError =>
  new WhatsAppError(
    'validation_failed',
    errors.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)).join(' '),
    {
      errors,
    },
  );
