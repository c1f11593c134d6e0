import { createHmac, timingSafeEqual } from 'node:crypto';

export type Secret = string | Buffer;

// Anchored, so that the comma-joined value of a repeated header never matches.
const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;
const PREFIX = 'sha256=';

/**
 * Whether `X-Hub-Signature-256` is the HMAC-SHA256 of the exact request bytes under this app secret.
 * Compares in constant time; false, never an exception, for a missing, malformed or repeated header and for an
 * empty secret (an unset secret must not mean "unchecked").
 */
export function isSignedBy(secret: Secret, raw: Buffer, header: string | undefined): boolean {
  const claimed = claimedDigest(header);
  return claimed !== null && matches(secret, raw, claimed);
}

/** Whether a header has the form of a signature at all: without one there is no reason to read the body. */
export function isSignature(header: string | undefined): header is string {
  return claimedDigest(header) !== null;
}

/**
 * All candidates whose secret signed these bytes: several numbers may share one Meta app and so one secret.
 * The digest is computed once per distinct secret; every candidate is checked, so timing does not tell which matched.
 */
export function findSigner<T extends { secret: Secret }>(
  candidates: readonly T[],
  raw: Buffer,
  header: string | undefined,
): T[] {
  const claimed = claimedDigest(header);
  if (claimed === null) return [];
  const verdicts = new Map<string, boolean>();
  return candidates.filter(({ secret }) => {
    const key = bytesOf(secret).toString('latin1');
    let verdict = verdicts.get(key);
    if (verdict === undefined) {
      verdict = matches(secret, raw, claimed);
      verdicts.set(key, verdict);
    }
    return verdict;
  });
}

function claimedDigest(header: unknown): Buffer | null {
  if (typeof header !== 'string' || !header.startsWith(PREFIX)) return null;
  const match = SIGNATURE.exec(header);
  return match ? Buffer.from(match[1], 'hex') : null;
}

function matches(secret: unknown, raw: unknown, claimed: Buffer): boolean {
  const key = bytesOf(secret);
  if (key.length === 0 || !Buffer.isBuffer(raw)) return false;
  return timingSafeEqual(createHmac('sha256', key).update(raw).digest(), claimed);
}

function bytesOf(secret: unknown): Buffer {
  if (typeof secret === 'string') return Buffer.from(secret, 'utf8');
  return Buffer.isBuffer(secret) ? secret : Buffer.alloc(0);
}
