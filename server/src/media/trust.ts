/** Types that a browser shows without running anything in them; all others are offered as a download. */
const INLINE =
  /^(image\/(jpeg|png|webp|gif)|audio\/(mpeg|mp4|aac|amr|ogg|wav|webm)|video\/(mp4|3gpp|webm)|application\/pdf)$/;

const UNKNOWN = 'application/octet-stream';

/** Names of one and the same container: which of them it is, the sender knows better than the first bytes do. */
const FAMILIES = [
  ['video/mp4', 'audio/mp4', 'audio/x-m4a', 'video/x-m4v', 'video/3gpp', 'audio/3gpp', 'video/quicktime'],
  ['audio/ogg', 'video/ogg', 'application/ogg', 'audio/opus'],
  ['video/webm', 'audio/webm', 'video/matroska', 'video/x-matroska', 'audio/matroska'],
  ['audio/mpeg', 'audio/mp3'],
  ['audio/aac', 'audio/x-aac', 'audio/aacp'],
  ['audio/wav', 'audio/x-wav', 'audio/vnd.wave', 'audio/wave'],
];

/** `audio/ogg; codecs=opus` → `audio/ogg` */
export const baseType = (type: string | null): string => (type ?? '').split(';')[0].trim().toLowerCase();

/** Whether a browser may show it in the page. */
export const isInline = (type: string | null): boolean => INLINE.test(baseType(type));

const areAlike = (a: string, b: string): boolean =>
  a === b || FAMILIES.some((family) => family.includes(a) && family.includes(b));

/**
 * The type to serve a file under. The sender's word alone may not make a browser open something: what claims to be a
 * picture, sound, film or PDF has to begin like one; otherwise it is what its bytes say, or an unknown download.
 */
export const trustedType = (declared: string | null, sniffed: string | null): string => {
  const claim = baseType(declared);
  const found = baseType(sniffed);
  if (found !== '' && areAlike(claim, found)) return declared as string;
  if (found !== '' && (isInline(claim) || claim === '' || isInline(found))) return found;
  return isInline(claim) || claim === '' ? UNKNOWN : (declared as string);
};

/** Meta writes digests in base64, older payloads in hex; null for what is neither. */
const digestOf = (text: string | null): Buffer | null => {
  if (text === null) return null;
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 ? bytes : null;
};

/** False only for a readable digest of other bytes. */
export const matchesDigest = (sha256: Buffer, told: string | null): boolean =>
  digestOf(told)?.equals(sha256) ?? true;
