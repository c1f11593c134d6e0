import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type InputAudioTrack,
  type OutputFormat,
} from 'mediabunny';
import { unsupported } from './rules';

export interface Sound {
  bytes: Buffer;
  kind: 'voice' | 'audio';
  mimeType: string;
  converted: string | null;
}

/** Meta, business-phone-numbers/media: bare `audio/ogg` or `audio/opus` fails after an apparently successful send. */
export const OGG_OPUS = 'audio/ogg; codecs=opus';

/** Why these bytes cannot be a voice note, and what to do instead: Opus would have to be encoded anew. */
export const NO_VOICE_NOTE =
  'WhatsApp plays voice notes in Opus only, and MP3, AAC or AMR cannot be turned into it here. Send it as a sound file ' +
  '(type "audio"), or record it as Opus (Ogg or WebM, mono).';

const ACCEPTED = [OGG_OPUS, 'audio/mp4', 'audio/mpeg', 'audio/aac', 'audio/amr'];

const inputOf = (bytes: Buffer): Input =>
  new Input({ source: new BufferSource(new Uint8Array(bytes)), formats: ALL_FORMATS });

/** The same packets in another container: nothing is decoded, so nothing is lost and no codec is needed. */
const rewrap = async (
  track: InputAudioTrack,
  codec: 'opus' | 'aac',
  format: OutputFormat,
): Promise<Buffer> => {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
  let first: number | null = null;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    // Recorders begin their clock when they please; phones want zero.
    first ??= packet.timestamp;
    await source.add(packet.clone({ timestamp: Math.max(0, packet.timestamp - first) }), { decoderConfig });
  }
  source.close();
  await output.finalize();
  if (target.buffer === null) throw new Error('Nothing was written');
  return Buffer.from(target.buffer);
};

const opus = async (
  track: InputAudioTrack,
  bytes: Buffer,
  isOgg: boolean,
  voice: boolean,
): Promise<Sound> => {
  if (track.numberOfChannels !== 1)
    throw unsupported('WhatsApp takes Opus recordings in mono only. Record with one channel.', {
      accepted: ACCEPTED,
    });
  const kind = voice ? 'voice' : 'audio';
  if (isOgg) return { bytes, kind, mimeType: OGG_OPUS, converted: null };
  const rewrapped = await rewrap(track, 'opus', new OggOutputFormat());
  return { bytes: rewrapped, kind, mimeType: OGG_OPUS, converted: 'Put into an Ogg file, without loss.' };
};

const aac = async (track: InputAudioTrack, voice: boolean): Promise<Sound> => {
  // Fragmented files, as recorders write them, are not played everywhere.
  const bytes = await rewrap(track, 'aac', new Mp4OutputFormat({ fastStart: 'in-memory' }));
  const converted = voice
    ? 'This browser records AAC: it goes as a sound file, not as a voice note.'
    : 'Put into a plain M4A file, without loss.';
  return { bytes, kind: 'audio', mimeType: 'audio/mp4', converted };
};

/** A recording as WhatsApp takes it: Opus in Ogg, or AAC in M4A. */
export const toSound = async (bytes: Buffer, voice: boolean): Promise<Sound> => {
  const input = inputOf(bytes);
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track || (await input.getPrimaryVideoTrack()))
      throw unsupported('This file holds no sound alone. Send it as a video or a document.', {
        accepted: ACCEPTED,
      });
    const isOgg = (await input.getFormat()).name === 'Ogg';
    if (track.codec === 'opus') return await opus(track, bytes, isOgg, voice);
    if (track.codec === 'aac') return await aac(track, voice);
    throw unsupported('WhatsApp does not play this kind of recording.', { accepted: ACCEPTED });
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') throw error;
    throw unsupported('This recording cannot be read; it may be damaged.', { accepted: ACCEPTED });
  } finally {
    input.dispose();
  }
};

/** Throws when phones would not play a video; its pixels otherwise. Meta: H.264 with AAC, one sound track at most. */
export const checkVideo = async (bytes: Buffer): Promise<{ width: number | null; height: number | null }> => {
  const input = inputOf(bytes);
  try {
    const video = await input.getPrimaryVideoTrack();
    const sounds = await input.getAudioTracks();
    if (!video) throw unsupported('This file holds no video.');
    const playable =
      video.codec === 'avc' && sounds.length <= 1 && sounds.every(({ codec }) => codec === 'aac');
    if (!playable)
      throw unsupported(
        'WhatsApp plays videos with H.264 picture and AAC sound only. Export it that way, or send it as a document.',
        { accepted: ['video/mp4', 'video/3gpp'] },
      );
    return { width: video.displayWidth, height: video.displayHeight };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') throw error;
    throw unsupported('This video cannot be read; it may be damaged.');
  } finally {
    input.dispose();
  }
};
