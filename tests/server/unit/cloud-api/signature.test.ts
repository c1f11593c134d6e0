import { createHmac } from 'node:crypto';
import { findSigner, isSignedBy } from '../../../../server/src/cloud-api/signature';

const SECRET = 'app-secret-of-tests';
const hex = (raw: Buffer, secret: string | Buffer = SECRET) =>
  createHmac('sha256', secret).update(raw).digest('hex');
const sign = (raw: Buffer, secret: string | Buffer = SECRET) => `sha256=${hex(raw, secret)}`;

const RAW = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
/** As Meta writes it: non-ASCII and slashes escaped. */
const ESCAPED = Buffer.from('{"body":"caf\\u00e9 \\ud83d\\udc4b https:\\/\\/example.org @ana"}');
const PLAIN_EMOJI = Buffer.from('{"body":"👋 café"}');

describe('isSignedBy accepts', () => {
  it.each([
    ['the digest of the exact bytes', RAW, sign(RAW)],
    ['upper-case hex', RAW, `sha256=${hex(RAW).toUpperCase()}`],
    ['mixed-case hex', RAW, `sha256=${hex(RAW).slice(0, 32).toUpperCase()}${hex(RAW).slice(32)}`],
    ['escaped unicode and slashes', ESCAPED, sign(ESCAPED)],
    ['emoji as bytes', PLAIN_EMOJI, sign(PLAIN_EMOJI)],
    ['an empty body', Buffer.alloc(0), sign(Buffer.alloc(0))],
  ])('%s', (_name, raw, header) => {
    expect(isSignedBy(SECRET, raw, header)).toBe(true);
  });

  it('a secret given as bytes', () => {
    expect(isSignedBy(Buffer.from(SECRET), RAW, sign(RAW))).toBe(true);
  });
});

describe('isSignedBy refuses', () => {
  const digest = hex(RAW);
  it.each<[string, unknown]>([
    ['a missing header', undefined],
    ['an empty header', ''],
    ['null', null],
    ['only the prefix', 'sha256='],
    ['a wrong digest', `sha256=${'0'.repeat(64)}`],
    ['a truncated digest', `sha256=${digest.slice(0, 63)}`],
    ['a digest that is too long', `sha256=${digest}0`],
    ['non-hex of the right length', `sha256=${'g'.repeat(64)}`],
    ['a digest without prefix', digest],
    ['an upper-case prefix', `SHA256=${digest}`],
    ['the sha1 header', `sha1=${createHmac('sha1', SECRET).update(RAW).digest('hex')}`],
    ['sha1 under the sha256 prefix', `sha256=${createHmac('sha1', SECRET).update(RAW).digest('hex')}`],
    ['two headers joined by a comma', `${sign(RAW)}, ${sign(RAW)}`],
    ['an array of headers', [sign(RAW)]],
    ['surrounding blanks', ` ${sign(RAW)}`],
    ['a line break at the end', `${sign(RAW)}\n`],
    ['the digest under another secret', sign(RAW, 'another')],
    ['a number', 42],
  ])('%s', (_name, header) => {
    expect(isSignedBy(SECRET, RAW, header as string)).toBe(false);
  });

  it('gotcha 1: the digest of the re-stringified body', () => {
    const restringified = Buffer.from(JSON.stringify(JSON.parse(ESCAPED.toString())));
    expect(isSignedBy(SECRET, ESCAPED, sign(restringified))).toBe(false);
  });

  it('gotcha 4: a shorter digest does not throw', () => {
    expect(() => isSignedBy(SECRET, RAW, 'sha256=ab')).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['empty text', ''],
    ['empty bytes', Buffer.alloc(0)],
    ['null', null],
    ['undefined', undefined],
    ['a number', 7],
  ])('an unset secret: %s', (_name, secret) => {
    expect(
      isSignedBy(secret as string, RAW, `sha256=${createHmac('sha256', '').update(RAW).digest('hex')}`),
    ).toBe(false);
  });

  it('gotcha 3: a body that is not bytes', () => {
    expect(isSignedBy(SECRET, RAW.toString() as unknown as Buffer, sign(RAW))).toBe(false);
    expect(isSignedBy(SECRET, undefined as unknown as Buffer, sign(RAW))).toBe(false);
  });
});

describe('findSigner', () => {
  const candidates = [
    { id: 'a', secret: 'one' },
    { id: 'b', secret: 'two' },
    { id: 'c', secret: Buffer.from('one') },
    { id: 'd', secret: '' },
  ];

  it('returns every candidate that owns the secret, whatever its form', () => {
    expect(findSigner(candidates, RAW, sign(RAW, 'one')).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('returns nobody for an unknown secret, an empty one, a broken header, or no candidates', () => {
    expect(findSigner(candidates, RAW, sign(RAW, 'three'))).toEqual([]);
    expect(findSigner(candidates, RAW, sign(RAW, ''))).toEqual([]);
    expect(findSigner(candidates, RAW, undefined)).toEqual([]);
    expect(findSigner([], RAW, sign(RAW, 'one'))).toEqual([]);
  });

  it('does not mix up byte secrets that are no valid UTF-8', () => {
    const bytes = [{ secret: Buffer.from([0xff]) }, { secret: Buffer.from([0xfe]) }];
    expect(findSigner(bytes, RAW, sign(RAW, Buffer.from([0xff])))).toEqual([bytes[0]]);
    expect(findSigner(bytes, RAW, sign(RAW, Buffer.from([0xfe])))).toEqual([bytes[1]]);
  });
});
