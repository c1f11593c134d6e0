export interface TransportFailure {
  code: string | null;
  syscall: string | null;
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'EPROTO',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'HOSTNAME_MISMATCH',
]);

/** Node's and OpenSSL's families for a handshake or certificate that failed: the request is written only after it. */
const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|ERR_INVALID_URL|ERR_INVALID_CHAR)/;

const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

/**
 * Whether a failure certainly happened before the request left this machine (name look-up, connecting, TLS), so that
 * repeating it cannot do anything twice. Timeouts and resets after that are never certain.
 */
export function failedBeforeSending({ code, syscall }: TransportFailure): boolean {
  if (syscall !== null && BEFORE_SENDING.has(syscall)) return true;
  return code !== null && (NEVER_SENT.has(code) || TLS.test(code));
}
