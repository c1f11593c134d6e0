import { attemptTokenRefresh } from '@strapi/strapi/admin';

const KEY = 'jwtToken';

const fromCookie = (): string | null => {
  const pair = document.cookie.split('; ').find((part) => part.startsWith(`${KEY}=`));
  return pair ? decodeURIComponent(pair.slice(KEY.length + 1)) : null;
};

/**
 * The access token where Strapi's own client keeps it: localStorage (JSON) with "remember me", else a cookie.
 * null when nobody is signed in.
 */
export const readToken = (): string | null => {
  const stored = localStorage.getItem(KEY);
  if (!stored) return fromCookie();
  try {
    return JSON.parse(stored) as string;
  } catch {
    return stored;
  }
};

/** Renews the session through Strapi's shared helper. false = the session is over and Strapi shows its login page. */
export const renewToken = async (stale: string | null): Promise<boolean> => {
  try {
    await attemptTokenRefresh(stale ?? undefined);
    return true;
  } catch {
    return false;
  }
};
