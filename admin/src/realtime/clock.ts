let offset = 0;

/** Learns how far the server's clock is ahead of this browser's (ms). */
export const setServerTime = (serverTime: number): void => {
  offset = serverTime - Date.now();
};

/** Now by the server's clock, in ms: countdowns must not depend on a wrong laptop clock. */
export const serverNow = (): number => Date.now() + offset;
