import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { isOld, makeKeyRing, openWith, sealWith } from '../../../../server/src/encryption/key-ring';
import { createSecrets } from '../../../../server/src/encryption/secrets';

const OWNER = 'whatsapp_integrations/abc/access_token_sealed';
const TOKEN = 'EAAtoken-0123456789';

/** As Strapi's `admin::encryption` seals: no owner, hex parts. */
const strapis = (keyText: string, plain: string): string => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(keyText).digest(), iv);
  const sealed = cipher.update(plain, 'utf8', 'hex') + cipher.final('hex');
  return `v1:${iv.toString('hex')}:${sealed}:${cipher.getAuthTag().toString('hex')}`;
};

describe('a key ring', () => {
  const ring = makeKeyRing(['new key 0123456789', 'old key 0123456789']);

  it('seals with the newest key, whose fingerprint stands in the value, and never twice alike', () => {
    const [one, two] = [sealWith(ring, OWNER, TOKEN), sealWith(ring, OWNER, TOKEN)] as string[];
    expect(one.split(':').slice(0, 2)).toEqual(['w1', ring[0].id]);
    expect(one).not.toBe(two);
    expect([one, two].map((sealed) => openWith(ring, OWNER, sealed))).toEqual([TOKEN, TOKEN]);
    expect(ring[0].id).toMatch(/^[0-9a-f]{8}$/);
  });

  it('opens what an older key sealed and calls it old', () => {
    const before = makeKeyRing(['old key 0123456789']);
    const sealed = sealWith(before, OWNER, TOKEN) as string;
    expect([isOld(before, sealed), isOld(ring, sealed)]).toEqual([false, true]);
    expect(openWith(ring, OWNER, sealed)).toBe(TOKEN);
    expect(openWith(makeKeyRing(['another key 012345']), OWNER, sealed)).toBeNull();
  });

  it('opens what Strapi sealed with any key of it, and calls that old', () => {
    const sealed = strapis('old key 0123456789', TOKEN);
    expect([openWith(ring, OWNER, sealed), isOld(ring, sealed)]).toEqual([TOKEN, true]);
    expect(openWith(makeKeyRing(['another key 012345']), OWNER, sealed)).toBeNull();
  });

  it('opens nothing in the place of another row or column', () => {
    const sealed = sealWith(ring, OWNER, TOKEN) as string;
    expect(openWith(ring, 'whatsapp_integrations/abc/app_secret_sealed', sealed)).toBeNull();
    expect(openWith(ring, 'whatsapp_integrations/xyz/access_token_sealed', sealed)).toBeNull();
  });

  it('opens nothing that was changed, cut or is of another form', () => {
    const sealed = sealWith(ring, OWNER, TOKEN) as string;
    const [form, key, nonce, rest] = sealed.split(':');
    const flipped = Buffer.from(rest, 'base64url');
    flipped[0] ^= 1;
    const damaged = [
      [form, key, nonce, flipped.toString('base64url')],
      [form, key, nonce, rest.slice(0, 8)],
      [form, key, '', rest],
      [form, key, nonce],
      [form, key, nonce, ''],
      ['w9', key, nonce, rest],
      ['v1', 'zz', 'zz', 'zz'],
      ['v1', '', '', ''],
      [''],
      ['plain text'],
    ].map((parts) => parts.join(':'));
    expect(damaged.map((value) => openWith(ring, OWNER, value))).toEqual(damaged.map(() => null));
  });

  it('leaves blank and repeated keys out', () => {
    expect(makeKeyRing(['', ' ', undefined, null])).toEqual([]);
    expect(makeKeyRing(['a key', ' a key ', 'b key'])).toHaveLength(2);
  });

  it('seals nothing without a key', () => {
    expect(sealWith([], OWNER, TOKEN)).toBeNull();
  });
});

describe('secrets', () => {
  it('are refused rather than lost when there is no key', () => {
    const secrets = createSecrets([]);
    expect(secrets.configured).toBe(false);
    expect(() => secrets.seal('token', OWNER)).toThrow(
      expect.objectContaining({ code: 'encryption_key_missing', status: 500 }),
    );
  });

  it('that are absent read as absent', () => {
    const { open } = createSecrets(makeKeyRing(['a key']));
    expect([open(null, OWNER), open('', OWNER)]).toEqual([null, null]);
  });
});
