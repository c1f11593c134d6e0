/** Meta repeats a malformed token in its error text, and client errors may quote an address with a token in it. */
const TOKEN_LIKE = /\bEA[A-Za-z][A-Za-z0-9]{13,}\b/g;
const IN_QUERY = /((?:access_token|input_token|appsecret_proof|verify_token)=)[^&\s"']+/gi;
const BEARER = /(Bearer|OAuth)\s+[^\s"',]+/gi;

const HIDDEN = '•••';

/** The text without anything that looks like a credential, nor any of the given ones. */
export function redact(value: string, secrets: readonly string[] = []): string {
  let safe = value;
  for (const secret of secrets) {
    if (secret.length >= 4) safe = safe.split(secret).join(HIDDEN);
  }
  return safe.replace(IN_QUERY, `$1${HIDDEN}`).replace(BEARER, `$1 ${HIDDEN}`).replace(TOKEN_LIKE, HIDDEN);
}
