/** Recordings of a real Chromium (`MediaRecorder`, mono, paused once) on their way to WhatsApp. */
import fs from 'node:fs';
import path from 'node:path';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { checkVideo, OGG_OPUS, toSound } from '../../../../server/src/uploads/sound';

const fixture = (name: string): Buffer =>
  fs.readFileSync(path.join(__dirname, '../../../fixtures/media', name));

const open = (bytes: Buffer) =>
  new Input({ source: new BufferSource(new Uint8Array(bytes)), formats: ALL_FORMATS });

const durationOf = async (bytes: Buffer): Promise<number> => {
  const track = await open(bytes).getPrimaryAudioTrack();
  return (await track!.computeDuration()) - (await track!.getFirstTimestamp());
};

/** Granule positions of an Ogg file's pages, as they are written: players seek by them. */
const granules = (bytes: Buffer): bigint[] => {
  const found: bigint[] = [];
  for (let at = bytes.indexOf('OggS'); at >= 0; at = bytes.indexOf('OggS', at + 4))
    found.push(bytes.readBigInt64LE(at + 6));
  return found.filter((position) => position >= 0n);
};

describe.each(['voice-chromium.webm', 'voice-chromium-opus.mp4'])('gotcha 40: %s', (name) => {
  it('becomes Ogg with Opus, mono, 48 kHz, as long as before', async () => {
    const before = fixture(name);
    const { bytes, kind, mimeType } = await toSound(before, true);
    expect([kind, mimeType]).toEqual(['voice', OGG_OPUS]);
    expect(bytes.subarray(0, 4).toString()).toBe('OggS');
    const input = open(bytes);
    const track = await input.getPrimaryAudioTrack();
    expect((await input.getFormat()).name).toBe('Ogg');
    expect([track?.codec, track?.numberOfChannels, track?.sampleRate]).toEqual(['opus', 1, 48_000]);
    expect(Math.abs((await durationOf(bytes)) - (await durationOf(before)))).toBeLessThan(0.12);
    const positions = granules(bytes);
    expect(positions.length).toBeGreaterThan(1);
    expect([...positions].sort((a, b) => (a < b ? -1 : 1))).toEqual(positions);
  });

  it('holds every packet as it was recorded', async () => {
    const packets = async (bytes: Buffer): Promise<string[]> => {
      const track = await open(bytes).getPrimaryAudioTrack();
      const all: string[] = [];
      for await (const packet of new EncodedPacketSink(track!).packets())
        all.push(Buffer.from(packet.data).toString('hex'));
      return all;
    };
    expect(await packets((await toSound(fixture(name), true)).bytes)).toEqual(await packets(fixture(name)));
  });
});

it('what is Ogg already goes as it is', async () => {
  const { bytes } = await toSound(fixture('voice-chromium.webm'), true);
  expect(await toSound(bytes, true)).toMatchObject({ bytes, kind: 'voice', converted: null });
});

it.each([
  ['no recording at all', Buffer.from('hello')],
  ['a recording that breaks off', fixture('voice-chromium.webm').subarray(0, 60)],
])('%s is refused in words', async (_name, bytes) => {
  await expect(toSound(bytes, true)).rejects.toMatchObject({ code: 'media_not_supported' });
});

it('a recording is no video', async () => {
  await expect(checkVideo(fixture('voice-chromium-opus.mp4'))).rejects.toMatchObject({
    code: 'media_not_supported',
  });
});
