import { createHash, createHmac } from 'node:crypto';
import type { MediaRecord, World } from './world';

const DAY_MS = 24 * 60 * 60 * 1000;
const URL_LIFETIME_MS = 5 * 60 * 1000;
export const MEDIA_PATH = '/whatsapp_business/attachments/';

export interface NewMedia {
  phoneNumberId: string;
  mimeType: string;
  fileName: string | null;
  bytes: Buffer;
  /** Uploads live 30 days, received media 7. */
  origin: 'uploaded' | 'received';
}

export const storeMedia = (world: World, media: NewMedia): MediaRecord => {
  const record: MediaRecord = {
    id: world.ids.digits(),
    phoneNumberId: media.phoneNumberId,
    mimeType: media.mimeType,
    fileName: media.fileName,
    sha256: createHash('sha256').update(media.bytes).digest('base64'),
    bytes: media.bytes,
    expiresAt: world.scheduler.now() + (media.origin === 'uploaded' ? 30 : 7) * DAY_MS,
  };
  world.media.set(record.id, record);
  return record;
};

/** Undefined when unknown or past its life. */
export const findMedia = (world: World, id: string): MediaRecord | undefined => {
  const media = world.media.get(id);
  return media && media.expiresAt > world.scheduler.now() ? media : undefined;
};

const signatureOf = (media: MediaRecord, expiry: string): string =>
  createHmac('sha256', media.sha256).update(`${media.id}|${expiry}`).digest('base64url');

/** A download address that holds for five minutes from now, shaped like lookaside's. */
export const mediaUrl = (world: World, media: MediaRecord): string => {
  const url = new URL(MEDIA_PATH, world.origin || 'http://127.0.0.1');
  const expiry = String(world.scheduler.now() + URL_LIFETIME_MS);
  url.searchParams.set('mid', media.id);
  url.searchParams.set('ext', expiry);
  url.searchParams.set('hash', signatureOf(media, expiry));
  return url.toString();
};

/** The media of a download address that still holds. */
export const mediaOfUrl = (world: World, query: URLSearchParams): MediaRecord | undefined => {
  const media = findMedia(world, query.get('mid') ?? '');
  const expiry = query.get('ext') ?? '';
  if (!media || query.get('hash') !== signatureOf(media, expiry)) return undefined;
  return Number(expiry) > world.scheduler.now() ? media : undefined;
};
