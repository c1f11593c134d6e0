import { webhookError } from '../errors';
import { createVideo } from '../fixtures/mp4';
import { createVoiceNote } from '../fixtures/ogg';
import { createPdf } from '../fixtures/pdf';
import { createPng } from '../fixtures/png';
import { stickerFile } from '../fixtures/stickers';
import { mediaUrl, storeMedia, type NewMedia } from '../media';
import type { Fields } from '../send/fields';
import type { NumberRecord, World } from '../world';
import type { Of, PlayedContent } from './played';

type File = Pick<NewMedia, 'mimeType' | 'fileName' | 'bytes'>;

const store = (world: World, number: NumberRecord, file: File, more: Fields): Fields => {
  const stored = storeMedia(world, {
    ...file,
    phoneNumberId: number.phoneNumberId,
    origin: 'received',
  });
  return {
    mime_type: stored.mimeType,
    sha256: stored.sha256,
    id: stored.id,
    url: mediaUrl(world, stored),
    ...more,
  };
};

const captionOf = (caption: string | undefined): Fields => (caption ? { caption } : {});

export const image = (world: World, number: NumberRecord, action: Of<'image'>): PlayedContent => {
  const bytes = action.bytes ?? createPng(world.ids.random());
  const file = { mimeType: action.mimeType ?? 'image/png', fileName: null, bytes };
  const content = store(world, number, file, captionOf(action.caption));
  return { type: 'image', content, text: action.caption ?? '' };
};

export const video = (world: World, number: NumberRecord, action: Of<'video'>): PlayedContent => {
  const file = { mimeType: 'video/mp4', fileName: null, bytes: createVideo(world.ids.random()) };
  const content = store(world, number, file, captionOf(action.caption));
  return { type: 'video', content, text: action.caption ?? '' };
};

export const audio = (world: World, number: NumberRecord, action: Of<'audio'>): PlayedContent => {
  const file = { mimeType: 'audio/ogg; codecs=opus', fileName: null, bytes: createVoiceNote() };
  return { type: 'audio', content: store(world, number, file, { voice: action.voice ?? true }), text: '' };
};

export const document = (world: World, number: NumberRecord, action: Of<'document'>): PlayedContent => {
  const fileName = action.fileName ?? 'invoice.pdf';
  const file = {
    mimeType: action.mimeType ?? 'application/pdf',
    fileName,
    bytes: action.bytes ?? createPdf(fileName),
  };
  const content = store(world, number, file, { filename: fileName, ...captionOf(action.caption) });
  return { type: 'document', content, text: action.caption ?? fileName };
};

export const sticker = (world: World, number: NumberRecord, action: Of<'sticker'>): PlayedContent => {
  const bytes = stickerFile(world.ids.random());
  const content = store(
    world,
    number,
    { mimeType: 'image/webp', fileName: null, bytes },
    { animated: action.animated ?? false },
  );
  return { type: 'sticker', content, text: '' };
};

const MIME = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
};

/** What Meta tells when it could not take the file over from the phone: no id, the reason beside it. */
export const broken = (action: Of<'broken_media'>): PlayedContent => {
  const kind = action.kind ?? 'image';
  return {
    type: kind,
    content: { mime_type: MIME[kind] },
    text: '',
    beside: { errors: [webhookError(131052, 'Failed to download the media from the sender.')] },
  };
};
