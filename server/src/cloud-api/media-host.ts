/** Meta, business-phone-numbers/media: media addresses live on these, and need the token. */
const META_ORIGINS = ['https://graph.facebook.com', 'https://lookaside.fbsbx.com'];

/**
 * Whether the bearer token may be sent to this media address: Meta's own hosts, or the endpoint that the number is
 * set to (the simulator). Everything else could be an address chosen to steal the token or to reach inside the network.
 */
export function mayReceiveToken(address: string, baseUrl: string): boolean {
  const url = parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return META_ORIGINS.includes(url.origin) || url.origin === parse(baseUrl)?.origin;
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
