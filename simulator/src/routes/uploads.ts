import { ok, type Answer, type Call } from '../call';
import { parameterError, required, unsupportedRequest } from '../errors';
import type { World } from '../world';

/** Types that a sample of a template's header may have. */
const TYPES = ['image/jpeg', 'image/png', 'video/mp4', 'application/pdf'];

/** `POST /<app id>/uploads`: opens a session. */
export const openUpload = (world: World, call: Call): Answer => {
  if (call.method !== 'POST') throw unsupportedRequest(call.method, call.segments.join('/'));
  const length = Number(call.params.file_length);
  const type = String(call.params.file_type ?? '');
  if (!(length > 0)) throw required('file_length');
  if (!TYPES.includes(type)) throw parameterError(`Param file_type must be one of {${TYPES.join(', ')}}.`);
  const id = `upload:${world.ids.token(24)}`;
  world.uploads.set(id, { id, type, length, bytes: Buffer.alloc(0) });
  return ok({ id: `${id}?sig=${world.ids.token(16)}` });
};

/** `POST|GET /upload:<id>`: takes the next bytes and answers the handle once all are there, or tells how far it is. */
export const goOnWithUpload = (world: World, call: Call): Answer => {
  const session = world.uploads.get(call.segments[0]);
  if (!session) throw unsupportedRequest(call.method, call.segments[0]);
  if (call.method === 'GET') return ok({ id: session.id, file_offset: session.bytes.length });
  if (call.method !== 'POST') throw unsupportedRequest(call.method, session.id);
  if (Number(call.headers.file_offset ?? NaN) !== session.bytes.length)
    throw parameterError('Invalid parameter', 'file_offset is not where the upload stands.');
  session.bytes = Buffer.concat([session.bytes, call.bytes]).subarray(0, session.length);
  if (session.bytes.length < session.length) return ok({ id: session.id, file_offset: session.bytes.length });
  world.uploads.delete(session.id);
  const handle = `4::${Buffer.from(session.type).toString('base64')}:${world.ids.token(40)}`;
  world.handles.add(handle);
  return ok({ h: handle });
};
