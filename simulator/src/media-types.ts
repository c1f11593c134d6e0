import type { MediaRecord } from './world';

const MB = 1024 * 1024;

export type MediaKind = 'audio' | 'document' | 'image' | 'sticker' | 'video';

/** Meta's table of accepted uploads. Documents: any type that is not another kind's. */
const ACCEPTED: Record<Exclude<MediaKind, 'document'>, { types: string[]; limit: number }> = {
  audio: {
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/opus'],
    limit: 16 * MB,
  },
  image: { types: ['image/jpeg', 'image/png'], limit: 5 * MB },
  sticker: { types: ['image/webp'], limit: 0.5 * MB },
  video: { types: ['video/mp4', 'video/3gpp'], limit: 16 * MB },
};
const DOCUMENT_TYPES = [
  'text/plain',
  'application/vnd.ms-excel',
  'application/msword',
  'application/pdf',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];
const DOCUMENT_LIMIT = 100 * MB;

export const UPLOAD_TYPES = [...Object.values(ACCEPTED).flatMap((kind) => kind.types), ...DOCUMENT_TYPES];

const bareType = (mimeType: string): string => mimeType.split(';')[0].trim().toLowerCase();

/** null: the type is refused at upload. Meta lists a few document types and takes any that is no other media. */
export const uploadLimit = (mimeType: string): number | null => {
  const type = bareType(mimeType);
  const kind = Object.values(ACCEPTED).find((candidate) => candidate.types.includes(type));
  if (kind) return kind.limit;
  return /^(image|audio|video)\//.test(type) || !type.includes('/') ? null : DOCUMENT_LIMIT;
};

const STATIC_STICKER = 100 * 1024;

/** The extended header of WebP has a flag for it. */
const isAnimated = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 12, 16) === 'VP8X' && (bytes[20] & 0x02) !== 0;

const EXTENSIONS: Record<string, string> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  webp: 'image',
  mp4: 'mp4',
  '3gp': 'video',
  mp3: 'audio',
  m4a: 'audio',
  aac: 'audio',
  amr: 'audio',
  ogg: 'audio',
  opus: 'audio',
};

/** Kind of content by its first bytes; null when they are no known media format. */
const sniff = (bytes: Buffer): string | null => {
  const head = bytes.subarray(0, 16).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
  if (head.startsWith('\x1aE\xdf\xa3')) return 'video/webm';
  if (head.startsWith('OggS'))
    return bytes.subarray(0, 200).includes('OpusHead') ? 'audio/ogg' : 'ogg without opus';
  return null;
};

/** The channel count stands behind the version in Opus's identification header (RFC 7845, 5.1). */
const opusChannels = (bytes: Buffer): number => bytes[bytes.indexOf('OpusHead') + 9] ?? 0;

/** Why Meta will not deliver this upload as that kind (131053), or null. Meta looks at name, type and content. */
export const mediaProblem = (media: MediaRecord, kind: MediaKind): string | null => {
  const type = bareType(media.mimeType);
  if (kind === 'document') return null;
  if (!ACCEPTED[kind].types.includes(type)) return `Media of type ${type} cannot be sent as ${kind}.`;
  if (media.bytes.length > ACCEPTED[kind].limit) return `The ${kind} is larger than Meta accepts.`;
  const byName = EXTENSIONS[/\.([a-z0-9]+)$/i.exec(media.fileName ?? '')?.[1].toLowerCase() ?? ''];
  const family = type.split('/')[0];
  const mp4Fits = byName === 'mp4' && (type === 'video/mp4' || type === 'audio/mp4');
  if (byName && byName !== family && !mp4Fits) return 'The file name does not fit the media type.';
  const found = sniff(media.bytes);
  if (found && found !== type) return 'The content is not of the declared media type.';
  if (found === 'audio/ogg' && opusChannels(media.bytes) !== 1)
    return 'Ogg files have to hold Opus with one channel.';
  if (kind === 'sticker' && !isAnimated(media.bytes) && media.bytes.length > STATIC_STICKER)
    return 'A sticker that does not move may have 100 KB.';
  return null;
};

/** Why a file is no voice note (131053), or null: Meta takes OGG with Opus only. */
export const voiceProblem = (media: MediaRecord): string | null =>
  bareType(media.mimeType) === 'audio/ogg' ? null : 'A voice note is OGG with the Opus codec.';
