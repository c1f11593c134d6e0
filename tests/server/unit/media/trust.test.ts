import { createHash } from 'node:crypto';
import { isInline, matchesDigest, trustedType } from '../../../../server/src/media/trust';
import { libraryName, mayBeCopied } from '../../../../server/src/media/library';
import { verdictOn } from '../../../../server/src/media/failure';

describe('the type that a file is served under', () => {
  it.each<[string | null, string | null, string]>([
    ['image/png', 'image/png', 'image/png'],
    ['audio/ogg; codecs=opus', 'audio/ogg; codecs=opus', 'audio/ogg; codecs=opus'],
    ['audio/mp4', 'video/mp4', 'audio/mp4'],
    ['video/3gpp', 'video/mp4', 'video/3gpp'],
    ['image/png', 'image/jpeg', 'image/jpeg'],
    ['image/jpeg', 'application/pdf', 'application/pdf'],
    ['image/png', 'application/zip', 'application/zip'],
    ['image/png', null, 'application/octet-stream'],
    ['application/pdf', null, 'application/octet-stream'],
    ['text/html', null, 'text/html'],
    ['text/html', 'image/png', 'image/png'],
    [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/zip',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    [null, 'image/webp', 'image/webp'],
    [null, null, 'application/octet-stream'],
    ['', null, 'application/octet-stream'],
  ])('claims %j, begins like %j: %j', (declared, sniffed, served) => {
    expect(trustedType(declared, sniffed)).toBe(served);
  });

  it('gotcha 41: what could run in the page is never shown in it', () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'text/plain', 'application/zip']) {
      expect([type, isInline(type)]).toEqual([type, false]);
    }
  });
});

describe('a digest', () => {
  const digest = createHash('sha256').update('x').digest();
  it.each<[string, string | null, boolean]>([
    ['in base64', digest.toString('base64'), true],
    ['in hex', digest.toString('hex'), true],
    ['of other bytes', createHash('sha256').update('y').digest('base64'), false],
    ['that nobody told', null, true],
    ['that cannot be read', 'x', true],
  ])('%s', (_name, told, matches) => {
    expect(matchesDigest(digest, told)).toBe(matches);
  });
});

describe('a copy for the Media Library', () => {
  it.each([
    ['offer.pdf', 'offer.pdf'],
    ['../../etc/passwd', 'passwd.jpg'],
    ['..\\..\\evil.exe', 'evil.exe.jpg'],
    ['offer.html', 'offer.html.jpg'],
    ['offer.HTML.', 'offer.HTML..jpg'],
    ['drawing.svg', 'drawing.svg.jpg'],
    ['script.js ', 'script.js.jpg'],
    ['Report.DOCX', 'Report.DOCX'],
    ['a<b>:"|?*\u0000.png', 'ab.png'],
    ['...', 'whatsapp-7.jpg'],
    [null, 'whatsapp-7.jpg'],
  ])('of %j is called %j', (fileName, name) => {
    expect(libraryName(fileName, 7, 'image/jpeg')).toBe(name);
  });

  it.each([
    ['image/png', true],
    ['application/pdf', true],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', true],
    ['text/html', false],
    ['image/svg+xml', false],
    ['application/octet-stream', false],
    [null, false],
  ])('of type %j: %j', (type, copied) => {
    expect(mayBeCopied(type)).toBe(copied);
  });
});

describe('a fetch that failed', () => {
  const now = 1_800_000_000_000;
  const week = 7 * 24 * 60 * 60 * 1000;
  it.each([
    ['for now', { retryable: true, category: 'retryable' }, {}, 'again'],
    ['for a dead token', { retryable: false, category: 'credential' }, {}, 'again'],
    ['for good', { retryable: false, category: 'rejected' }, {}, 'failed'],
    ['for the last time', { retryable: true, category: 'retryable' }, { lastTry: true }, 'failed'],
    ['for a week', { retryable: true, category: 'retryable' }, { receivedAt: now - week - 1 }, 'expired'],
  ] as const)('%s', (_name, failure, over, verdict) => {
    expect(verdictOn(failure, { receivedAt: now, now, lastTry: false, ...over })).toBe(verdict);
  });
});
