import { MEDIA_LIMITS } from '../cloud-api/limits';
import { WhatsAppError } from '../errors';
import type { Upload } from './contract';

export type FileKind = Upload['kind'];

/** What is known of a file before anything is done to it. */
export interface FileFacts {
  /** What its first bytes say; null when they are of no known format (texts, for one). */
  sniffed: string | null;
  /** What the sender or server says it is. */
  declared: string | null;
  fileName: string | null;
  size: number;
  /** What it is to be sent as; null = whatever it is. */
  as: FileKind | null;
}

export type Plan =
  /** Goes out as it is. */
  | { do: 'pass'; kind: FileKind; mimeType: string }
  /** Has to be looked at by the pixel. */
  | { do: 'image' }
  | { do: 'sticker' }
  /** Has to be looked into: codec, channels, container. */
  | { do: 'sound'; voice: boolean }
  | { do: 'video'; mimeType: string }
  | { do: 'refuse'; error: WhatsAppError };

const bare = (type: string | null): string => (type ?? '').split(';')[0].trim().toLowerCase();

/** One spelling for what has several. */
const SPELLINGS: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/opus': 'audio/ogg',
  'audio/vnd.dlna.adts': 'audio/aac',
  'audio/aacp': 'audio/aac',
  'video/x-m4v': 'video/mp4',
};
export const canonical = (type: string | null): string => SPELLINGS[bare(type)] ?? bare(type);

const MB = 1024 * 1024;
const sizeOf = (bytes: number): string =>
  bytes >= MB ? `${Math.round((bytes / MB) * 10) / 10} MB` : `${Math.ceil(bytes / 1024)} KB`;

export const unsupported = (
  message: string,
  details: { limitBytes?: number; accepted?: readonly string[] } = {},
): WhatsAppError => new WhatsAppError('media_not_supported', message, details);

export const tooLarge = (kind: string, size: number, limitBytes: number): WhatsAppError =>
  unsupported(`This ${kind} has ${sizeOf(size)}; WhatsApp takes at most ${sizeOf(limitBytes)}.`, {
    limitBytes,
  });

const CONVERTIBLE = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff'];
/** What is read for conversion: more than Meta takes, less than would stop the server. */
const SOURCE_MAX_BYTES = 50 * MB;

const WHY_NOT: Record<string, string> = {
  'image/heic':
    'This is a HEIC picture, which WhatsApp cannot show and we cannot convert. Export it as JPEG, or send it as a document.',
  'image/heif':
    'This is a HEIF picture, which WhatsApp cannot show and we cannot convert. Export it as JPEG, or send it as a document.',
  'image/svg+xml': 'WhatsApp shows no SVG drawings. Export it as PNG, or send it as a document.',
  'video/webm': 'WhatsApp plays no WebM videos. Export it as MP4 (H.264), or send it as a document.',
  'video/quicktime':
    'WhatsApp plays no QuickTime videos. Export it as MP4 (H.264), or send it as a document.',
};

const refuse = (type: string, kind: 'image' | 'video' | 'audio' | 'sticker'): Plan => {
  const message =
    WHY_NOT[type] ?? `WhatsApp cannot send this kind of file as ${kind}. It can go as a document.`;
  return { do: 'refuse', error: unsupported(message, { accepted: MEDIA_LIMITS[kind].accepted ?? [] }) };
};

/** What the bytes are. A name or header that says otherwise is not believed: Meta looks at the bytes too. */
const typeOf = ({ sniffed, declared }: FileFacts): string => {
  if (sniffed !== null) return canonical(sniffed);
  return canonical(declared);
};

const isMedia = (type: string): boolean => /^(image|audio|video)\//.test(type);

const kindOf = (type: string): 'image' | 'audio' | 'video' | 'document' => {
  const family = type.split('/')[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
};

const documentPlan = (facts: FileFacts, type: string): Plan => {
  const { maxBytes } = MEDIA_LIMITS.document;
  if (facts.size > maxBytes) return { do: 'refuse', error: tooLarge('document', facts.size, maxBytes) };
  return { do: 'pass', kind: 'document', mimeType: type || 'application/octet-stream' };
};

const imagePlan = (facts: FileFacts, type: string, to: 'image' | 'sticker'): Plan => {
  if (!CONVERTIBLE.includes(type)) return refuse(type, to);
  if (facts.size > SOURCE_MAX_BYTES)
    return { do: 'refuse', error: tooLarge('picture', facts.size, SOURCE_MAX_BYTES) };
  return { do: to };
};

const SOUNDS = [...(MEDIA_LIMITS.audio.accepted ?? []), 'audio/webm'].map(bare);
/** Containers that hold sound alone as well: recorders write them. */
const MAYBE_SOUND = ['video/webm', 'video/mp4'];

const soundPlan = (facts: FileFacts, type: string, voice: boolean): Plan => {
  if (!SOUNDS.includes(type) && !MAYBE_SOUND.includes(type)) return refuse(type, 'audio');
  const { maxBytes } = MEDIA_LIMITS.audio;
  if (facts.size > maxBytes) return { do: 'refuse', error: tooLarge('recording', facts.size, maxBytes) };
  const asItIs = ['audio/aac', 'audio/amr', 'audio/mpeg'].includes(type);
  if (!asItIs) return { do: 'sound', voice };
  // A voice note has to be Ogg/Opus, and nothing here can make Opus of these.
  return { do: 'pass', kind: 'audio', mimeType: type };
};

const videoPlan = (facts: FileFacts, type: string): Plan => {
  const { accepted, maxBytes } = MEDIA_LIMITS.video;
  if (!accepted?.includes(type)) return refuse(type, 'video');
  if (facts.size > maxBytes) return { do: 'refuse', error: tooLarge('video', facts.size, maxBytes) };
  return { do: 'video', mimeType: type };
};

/** What has to happen to a file before WhatsApp takes it, from what its bytes and its sender say. */
export const planFor = (facts: FileFacts): Plan => {
  if (facts.size === 0) return { do: 'refuse', error: unsupported('This file is empty.') };
  const type = typeOf(facts);
  if (facts.as === 'document') return documentPlan(facts, type);
  if (facts.sniffed === null && isMedia(type) && type !== 'image/svg+xml') {
    const message = 'The content of this file is not what its name or type says.';
    return { do: 'refuse', error: unsupported(message) };
  }
  switch (facts.as ?? kindOf(type)) {
    case 'image':
      return imagePlan(facts, type, 'image');
    case 'sticker':
      return imagePlan(facts, type, 'sticker');
    case 'voice':
      return soundPlan(facts, type, true);
    case 'audio':
      return soundPlan(facts, type, false);
    case 'video':
      return videoPlan(facts, type);
    default:
      return documentPlan(facts, type);
  }
};

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

/**
 * The name under which a file goes to Meta, which classifies by extension as well as by type: for pictures, sounds and
 * videos it always fits the type. A document keeps the name that its sender knows it by.
 */
export const nameFor = (kind: FileKind, mimeType: string, fileName: string | null): string => {
  const extension = EXTENSIONS[canonical(mimeType)];
  const given = (fileName ?? '').replace(/[\p{Cc}/\\]/gu, '_').trim();
  if (kind === 'document') {
    if (given !== '') return given.includes('.') || !extension ? given : `${given}.${extension}`;
    return `document.${extension ?? 'bin'}`;
  }
  const stem = given.replace(/\.[^.]*$/, '') || kind;
  return `${stem}.${extension ?? 'bin'}`;
};
