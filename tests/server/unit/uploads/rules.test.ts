import { nameFor, planFor, type FileFacts } from '../../../../server/src/uploads/rules';

const MB = 1024 * 1024;
const facts = (over: Partial<FileFacts>): FileFacts => ({
  sniffed: null,
  declared: null,
  fileName: null,
  size: 1000,
  as: null,
  ...over,
});

describe('what happens to a file before WhatsApp sees it', () => {
  it.each<[string, Partial<FileFacts>, string]>([
    ['a JPEG', { sniffed: 'image/jpeg' }, 'image'],
    ['a WebP', { sniffed: 'image/webp' }, 'image'],
    ['a WebP meant as sticker', { sniffed: 'image/webp', as: 'sticker' }, 'sticker'],
    ['an MP4', { sniffed: 'video/mp4' }, 'video'],
    ['an MP4 that is a voice note', { sniffed: 'video/mp4', as: 'voice' }, 'sound'],
    ['a browser’s recording', { sniffed: 'video/webm', as: 'voice' }, 'sound'],
    [
      'gotcha 40: a WebM recording named .ogg',
      { sniffed: 'video/webm', declared: 'audio/ogg', fileName: 'a.ogg', as: 'voice' },
      'sound',
    ],
    ['an Ogg with Opus', { sniffed: 'audio/ogg; codecs=opus' }, 'sound'],
    ['an MP3', { sniffed: 'audio/mpeg' }, 'pass audio audio/mpeg'],
    ['an MP3 meant as voice note', { sniffed: 'audio/mpeg', as: 'voice' }, 'pass audio audio/mpeg'],
    ['an M4A', { sniffed: 'audio/x-m4a' }, 'sound'],
    ['a PDF', { sniffed: 'application/pdf' }, 'pass document application/pdf'],
    ['a text', { declared: 'text/plain' }, 'pass document text/plain'],
    ['something unknown', {}, 'pass document application/octet-stream'],
    ['a picture as document', { sniffed: 'image/heic', as: 'document' }, 'pass document image/heic'],
    [
      'a PDF that claims to be a picture',
      { sniffed: 'application/pdf', declared: 'image/jpeg' },
      'pass document application/pdf',
    ],
    ['a PDF sent as picture', { sniffed: 'application/pdf', as: 'image' }, 'refuse'],
    ['HTML that claims to be a picture', { declared: 'image/jpeg' }, 'refuse'],
    ['a HEIC', { sniffed: 'image/heic' }, 'refuse'],
    ['an SVG', { declared: 'image/svg+xml' }, 'refuse'],
    ['a WebM video', { sniffed: 'video/webm' }, 'refuse'],
    ['a QuickTime video', { sniffed: 'video/quicktime' }, 'refuse'],
    ['a FLAC', { sniffed: 'audio/x-flac' }, 'refuse'],
    ['an empty file', { sniffed: 'image/jpeg', size: 0 }, 'refuse'],
    ['a video of 17 MB', { sniffed: 'video/mp4', size: 17 * MB }, 'refuse'],
    ['a document of 101 MB', { sniffed: 'application/pdf', size: 101 * MB }, 'refuse'],
    ['a picture of 20 MB', { sniffed: 'image/png', size: 20 * MB }, 'image'],
    ['a picture of 51 MB', { sniffed: 'image/png', size: 51 * MB }, 'refuse'],
  ])('%s → %s', (_name, over, expected) => {
    const plan = planFor(facts(over));
    const said = plan.do === 'pass' ? `pass ${plan.kind} ${plan.mimeType}` : plan.do;
    expect(said).toBe(expected);
  });

  it('says why, and what would do instead', () => {
    const heic = planFor(facts({ sniffed: 'image/heic' }));
    expect(heic.do === 'refuse' && heic.error).toMatchObject({
      code: 'media_not_supported',
      message: expect.stringMatching(/HEIC.*JPEG.*document/) as string,
      details: { accepted: ['image/jpeg', 'image/png'] },
    });
    const large = planFor(facts({ sniffed: 'video/mp4', size: 17 * MB }));
    expect(large.do === 'refuse' && large.error).toMatchObject({
      message: 'This video has 17 MB; WhatsApp takes at most 16 MB.',
      details: { limitBytes: 16 * MB },
    });
  });
});

it.each([
  ['image', 'image/jpeg', 'holiday.webp', 'holiday.jpg'],
  ['voice', 'audio/ogg; codecs=opus', 'voice.webm', 'voice.ogg'],
  ['audio', 'audio/mp4', 'song.MP4', 'song.m4a'],
  ['video', 'video/mp4', null, 'video.mp4'],
  ['document', 'application/pdf', 'bill', 'bill.pdf'],
  ['document', 'application/pdf', 'Räkning 3.pdf', 'Räkning 3.pdf'],
  ['document', 'application/pdf', '../../etc/passwd', '.._.._etc_passwd'],
  ['document', 'application/zip', null, 'document.bin'],
] as const)('gotcha 40: a %s of type %s named %s goes as %s', (kind, type, name, expected) => {
  expect(nameFor(kind, type, name)).toBe(expected);
});
