import { createHash } from 'node:crypto';
import { toPicture, toSticker } from './picture';
import { nameFor, planFor, type FileKind } from './rules';
import { sniff } from './sniff';
import { checkVideo, toSound } from './sound';

export interface RawFile {
  bytes: Buffer;
  declared: string | null;
  fileName: string | null;
}

/** A file as it goes to WhatsApp. */
export interface PreparedFile {
  bytes: Buffer;
  kind: FileKind;
  mimeType: string;
  fileName: string;
  sha256: string;
  width: number | null;
  height: number | null;
  converted: string | null;
}

type Body = Omit<PreparedFile, 'fileName' | 'sha256'>;

const bodyOf = async ({ bytes, declared, fileName }: RawFile, as: FileKind | null): Promise<Body> => {
  const plan = planFor({ sniffed: await sniff(bytes), declared, fileName, size: bytes.length, as });
  const plain = { bytes, width: null, height: null, converted: null };
  switch (plan.do) {
    case 'refuse':
      throw plan.error;
    case 'image':
      return { kind: 'image', ...(await toPicture(bytes)) };
    case 'sticker':
      return { kind: 'sticker', ...(await toSticker(bytes)) };
    case 'sound':
      return { width: null, height: null, ...(await toSound(bytes, plan.voice)) };
    case 'video':
      return { ...plain, kind: 'video', mimeType: plan.mimeType, ...(await checkVideo(bytes)) };
    case 'pass':
      return { ...plain, kind: plan.kind, mimeType: plan.mimeType };
  }
};

/** Looks at a file, converts it where WhatsApp needs it, or throws `media_not_supported` with the reason. */
export const prepareFile = async (file: RawFile, as: FileKind | null): Promise<PreparedFile> => {
  const body = await bodyOf(file, as);
  return {
    ...body,
    fileName: nameFor(body.kind, body.mimeType, file.fileName),
    sha256: createHash('sha256').update(body.bytes).digest('hex'),
  };
};
