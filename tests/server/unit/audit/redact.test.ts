import { changedFields, HIDDEN, maskPhones, redactValue } from '../../../../server/src/audit/redact';

describe('what the audit trail keeps of a value', () => {
  it.each([
    ['accessToken', 'EAAabcdefghijklmnop', HIDDEN],
    ['access_token', 'x', HIDDEN],
    ['appSecret', 'topsecret', HIDDEN],
    ['access_token_sealed', 'aaaa', HIDDEN],
    ['verifyToken', 'abc', HIDDEN],
    ['password', 'abc', HIDDEN],
    ['pin', 123456, HIDDEN],
    ['text', 'Hello', HIDDEN],
    ['caption', 'My cat', HIDDEN],
    ['body', { text: 'Hello' }, HIDDEN],
    ['accessTokenLast4', 'ab12', 'ab12'],
    ['hasAppSecret', true, true],
    ['name', 'Shop', 'Shop'],
    ['name', 'Shop with EAABsbCS1iHgBAKx in it', `Shop with ${HIDDEN} in it`],
    ['phoneNumber', '+14155550123', `+141${HIDDEN}23`],
    ['note of it', 'call 0555 123 45 67 now', `call 055${HIDDEN}67 now`],
    ['phoneNumberId', '106540352242922', '106540352242922'],
    ['business_account_id', '106540352242922', '106540352242922'],
    ['active', false, false],
    ['missing', undefined, null],
    ['members', [{ id: '1', name: 'Ada' }], [{ id: '1', name: 'Ada' }]],
    ['config', { nested: { apiKey: 'k' } }, { nested: { apiKey: HIDDEN } }],
  ])('%s %j → %j', (key, value, kept) => {
    expect(redactValue(key, value)).toEqual(kept);
  });

  it('is bounded: long texts are cut, deep things end', () => {
    expect(String(redactValue('name', 'x'.repeat(10_000)))).toHaveLength(200);
    const deep = { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } };
    expect(JSON.stringify(redactValue('x', deep))).toContain(HIDDEN);
  });
});

describe('before and after', () => {
  it('hold only what changed', () => {
    expect(changedFields({ name: 'A', active: true }, { name: 'B', active: true })).toEqual({
      before: { name: 'A' },
      after: { name: 'B' },
    });
  });
  it('tell that a secret was replaced and not what it was', () => {
    expect(changedFields({ appSecret: 'one' }, { appSecret: 'two' })).toEqual({
      before: { appSecret: HIDDEN },
      after: { appSecret: HIDDEN },
    });
  });
  it('may be missing on one side', () => {
    expect(changedFields(null, { name: 'A' })).toEqual({ before: null, after: { name: 'A' } });
    expect(changedFields({ name: 'A' }, undefined)).toEqual({ before: { name: 'A' }, after: null });
  });
});

it('masks numbers inside of sentences and leaves times and short numbers alone', () => {
  expect(maskPhones('from 905551234567 at 12:30, order 4711')).toBe(
    `from 905${HIDDEN}67 at 12:30, order 4711`,
  );
});
