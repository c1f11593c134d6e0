/** The verify token is told once, with the answer of create; the next page shows it. Gone with a reload. */
export const freshVerifyTokens = new Map<string, string>();
