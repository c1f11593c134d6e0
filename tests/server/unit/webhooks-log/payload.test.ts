import { createPayloadBox } from '../../../../server/src/webhooks-log/payload';

const box = (...keys: string[]) => createPayloadBox(() => keys);

describe('a kept webhook body', () => {
  it.each([
    ['one event', Buffer.from('{"object":"whatsapp_business_account","entry":[]}')],
    ['bytes that are no text', Buffer.from([0, 255, 254, 10, 13])],
    ['nothing', Buffer.alloc(0)],
    [
      'a thousand events',
      Buffer.from(
        JSON.stringify(Array.from({ length: 3_000 }, (_, i) => ({ id: `wamid.${i}`, status: 'read' }))),
      ),
    ],
  ])('comes back byte for byte: %s', async (_name, bytes) => {
    const sealed = await box('key').seal(bytes);
    expect(sealed).not.toBeNull();
    expect(await box('key').open(sealed as string)).toEqual(bytes);
  });

  it('is unreadable as it lies in the table, and packed when it is large', async () => {
    const text = 'Hello Ada '.repeat(20_000);
    const sealed = (await box('key').seal(Buffer.from(text))) as string;
    expect(sealed.length).toBeLessThan(text.length / 10);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('Hello Ada');
  });

  it('opens under an older key of the ring, and under no other', async () => {
    const sealed = (await box('old').seal(Buffer.from('x'))) as string;
    expect(await box('new', 'old').open(sealed)).toEqual(Buffer.from('x'));
    expect(await box('new').open(sealed)).toBeNull();
  });

  it('that was tampered with is none', async () => {
    const sealed = (await box('key').seal(Buffer.from('{"a":1}'))) as string;
    const bytes = Buffer.from(sealed.slice(2), 'base64');
    bytes[14] ^= 1;
    expect(await box('key').open(`p.${bytes.toString('base64')}`)).toBeNull();
    for (const odd of ['', 'p.', 'x.AAAA', 'plain text', 'z.AAAA'])
      expect(await box('key').open(odd)).toBeNull();
  });

  it('is not kept without a key', () => {
    expect(box().seal(Buffer.from('x'))).toBeNull();
  });
});
