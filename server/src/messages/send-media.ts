import { z } from '@strapi/utils';
import { CAPTION_MAX } from '../cloud-api/limits';
import { webUrl, words } from './send-fields';

const SOURCES = ['uploadId', 'mediaId', 'url'] as const;

/** Exactly one way of saying which file. `id` and `link` are Meta's own names of two of them. */
const source = {
  uploadId: z.string().min(1).optional(),
  mediaId: z.string().min(1).max(255).optional(),
  url: webUrl.optional(),
};

export interface FileSource {
  uploadId?: string;
  mediaId?: string;
  url?: string;
}

const oneSource = (value: FileSource, context: z.RefinementCtx): void => {
  const given = SOURCES.filter((key) => value[key] !== undefined);
  if (given.length === 1) return;
  const path = given.length === 0 ? ['uploadId'] : [given[1]];
  context.addIssue({ code: 'custom', path, message: 'Give exactly one of uploadId, mediaId and url' });
};

const caption = words(CAPTION_MAX, 0).optional();
const fileName = words(240).optional();

const file = <T extends z.ZodRawShape>(extra: T) =>
  z.object({ ...source, ...extra }).superRefine((value, context) => oneSource(value as FileSource, context));

const never = (message: string) => z.never(message).optional();
const NO_CAPTION = never('Audio and stickers have no caption at WhatsApp');

/** A file with what may accompany it; WhatsApp knows captions for pictures, videos and documents only. */
export const sendMedia = {
  image: file({ caption }),
  video: file({ caption }),
  audio: file({ voice: z.boolean().optional(), caption: NO_CAPTION }),
  voice: file({ caption: NO_CAPTION }),
  document: file({ caption, fileName }),
  sticker: file({ caption: NO_CAPTION }),
};

export type SendMediaKind = keyof typeof sendMedia;

/** A file inside something else (the header of buttons, of a template), Meta's own `id` and `link` included. */
export const headerFile = z
  .object({ ...source, id: z.string().min(1).max(255).optional(), link: webUrl.optional(), fileName })
  .superRefine((value, context) => oneSource(sourceOf(value), context));

/** The three names under which we know the five that may be given. */
export const sourceOf = (given: FileSource & { id?: string; link?: string }): FileSource => ({
  ...(given.uploadId === undefined ? {} : { uploadId: given.uploadId }),
  ...((given.mediaId ?? given.id) === undefined ? {} : { mediaId: given.mediaId ?? given.id }),
  ...((given.url ?? given.link) === undefined ? {} : { url: given.url ?? given.link }),
});
