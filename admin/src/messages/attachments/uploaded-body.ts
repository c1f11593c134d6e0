import type { SendMessage } from '../api-types';
import { bodyOf, cardItemsOf, itemOf, type JobContent } from '../job-content';
import { forgetUpload, uploadOf } from './uploads';

/** The part of a send body that carries a content, once its files are with the server. */
export const uploadedBody = async (content: JobContent): Promise<Partial<SendMessage.Body>> => {
  const item = itemOf(content);
  const upload = item ? await uploadOf(item.key) : null;
  const cards = await Promise.all(
    cardItemsOf(content).map(async ({ key }) => [key, (await uploadOf(key)).uploadId] as const),
  );
  return bodyOf(content, upload, Object.fromEntries(cards));
};

/** It is out: this page needs its files no more. */
export const forgetFilesOf = (content: JobContent): void => {
  cardItemsOf(content).forEach(({ key }) => forgetUpload(key));
  const item = itemOf(content);
  if (!item) return;
  const { key, previewUrl } = item;
  forgetUpload(key);
  if (previewUrl?.startsWith('blob:')) URL.revokeObjectURL(previewUrl);
};
