import { randomBytes } from 'node:crypto';

/** Meta's GET check of a callback: true when it answers 200 with our challenge as the bare body. */
export const performHandshake = async (
  callbackUrl: string,
  verifyToken: string,
  timeoutMs: number,
): Promise<boolean> => {
  const challenge = String(randomBytes(4).readUInt32BE());
  const url = new URL(callbackUrl);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': 'facebookplatform/1.0' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.status === 200 && (await response.text()) === challenge;
  } catch {
    // Unreachable and too slow count as "not verified", like any wrong answer.
    return false;
  }
};
