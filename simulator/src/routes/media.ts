import { ok, success, type Answer, type Call } from '../call';
import { parameterError, required, unsupportedRequest } from '../errors';
import { findMedia, mediaOfUrl, mediaUrl, storeMedia } from '../media';
import { uploadLimit, UPLOAD_TYPES } from '../media-types';
import type { FaultSettings } from '../types';
import type { NumberRecord, World } from '../world';

const isUpload = (value: unknown): value is File =>
  typeof value === 'object' && value !== null && 'arrayBuffer' in value;

const readForm = async (call: Call): Promise<FormData> => {
  const contentType = call.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data')) throw required('file');
  try {
    return await new Response(new Uint8Array(call.bytes), {
      headers: { 'content-type': contentType },
    }).formData();
  } catch {
    throw parameterError('Invalid parameter', 'The multipart body could not be read.');
  }
};

/** `POST /<phone id>/media` */
export const uploadMedia = async (world: World, number: NumberRecord, call: Call): Promise<Answer> => {
  if (call.method !== 'POST') throw unsupportedRequest(call.method, `${number.phoneNumberId}/media`);
  const form = await readForm(call);
  if (form.get('messaging_product') !== 'whatsapp') throw required('messaging_product');
  const file: unknown = form.get('file');
  if (!isUpload(file)) throw required('file');
  const declared = form.get('type');
  // The part's own type decides at Meta; a bare octet stream falls back to the `type` field.
  const partType = file.type && file.type !== 'application/octet-stream' ? file.type : '';
  const mimeType = partType || (typeof declared === 'string' ? declared : '');
  const limit = uploadLimit(mimeType);
  if (limit === null) {
    throw parameterError(
      `Param file must be a file with one of the following types: ${UPLOAD_TYPES.join(', ')}. Received file of type '${mimeType || 'unknown'}'.`,
    );
  }
  const bytes = Buffer.from(await file.arrayBuffer());
  if (bytes.length === 0) throw parameterError('Invalid parameter', 'The file is empty.');
  if (bytes.length > limit)
    throw parameterError('Invalid parameter', `The file is larger than ${limit} bytes.`);
  const media = { phoneNumberId: number.phoneNumberId, mimeType, fileName: file.name || null, bytes };
  return ok({ id: storeMedia(world, { ...media, origin: 'uploaded' }).id });
};

/** `GET|DELETE /<media id>`; ids of other tokens look unknown. */
export const oneMedia = (world: World, mine: NumberRecord[], call: Call): Answer => {
  const id = call.segments[0];
  const media = findMedia(world, id);
  const wabas = mine.map((number) => number.wabaId);
  const owner = media && world.numbers.get(media.phoneNumberId);
  if (!media || !owner || !wabas.includes(owner.wabaId)) throw unsupportedRequest(call.method, id);
  const where = { phoneNumberId: owner.phoneNumberId };
  if (call.method === 'GET' && world.faults.take('media-expired', where))
    throw unsupportedRequest(call.method, id);
  const asked = call.query.get('phone_number_id');
  if (asked && asked !== media.phoneNumberId) throw unsupportedRequest(call.method, id);
  if (call.method === 'DELETE') {
    world.media.delete(id);
    return success();
  }
  if (call.method !== 'GET') throw unsupportedRequest(call.method, id);
  return ok({
    messaging_product: 'whatsapp',
    url: mediaUrl(world, media),
    mime_type: media.mimeType,
    sha256: media.sha256,
    file_size: media.bytes.length,
    id: media.id,
  });
};

type MediaFault = 'media-404' | 'media-wrong-type' | 'media-wrong-hash' | 'media-cut' | 'media-slow';

const PAGE = Buffer.from('<!DOCTYPE html><html><body><script>alert(1)</script></body></html>');

/** The same length and first bytes, so that only the digest tells. */
const spoilt = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[copy.length - 1] ^= 0xff;
  return copy;
};

/** The bytes behind `url`. Lookaside is no Graph: it answers a bare 401 or 404. */
export const downloadMedia = (world: World, call: Call): Answer => {
  const media = mediaOfUrl(world, call.query);
  if (!media) return { status: 404, bytes: Buffer.alloc(0) };
  const owner = world.numbers.get(media.phoneNumberId);
  const allowed = [...world.numbers.values()].some(
    (number) => number.wabaId === owner?.wabaId && number.accessToken === call.token,
  );
  if (!allowed) return { status: 401, bytes: Buffer.alloc(0) };
  const hit = (name: MediaFault): FaultSettings | null =>
    world.faults.take(name, { phoneNumberId: media.phoneNumberId });
  if (hit('media-404')) return { status: 404, bytes: Buffer.alloc(0) };
  const headers = { 'content-type': media.mimeType };
  if (hit('media-wrong-type')) return { status: 200, bytes: PAGE, headers };
  const bytes = hit('media-wrong-hash') ? spoilt(media.bytes) : media.bytes;
  if (hit('media-cut')) return { status: 200, bytes, headers, half: 'reset' };
  const slow = hit('media-slow');
  return { status: 200, bytes, headers, ...(slow && { half: { thenMs: slow.delayMs ?? 0 } }) };
};
