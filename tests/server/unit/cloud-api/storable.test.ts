import { capText, storable, storableText } from '../../../../server/src/cloud-api/storable';

describe('storableText', () => {
  it.each([
    ['plain text', 'plain text'],
    ['pairs 👋 stay', 'pairs 👋 stay'],
    ['a\u0000b', 'ab'],
    ['\ud83d alone', '\ufffd alone'],
    ['alone \udc4b', 'alone \ufffd'],
    ['\udc4b\ud83d', '\ufffd\ufffd'],
    ['\ud83d\u0000\udc4b', '👋'],
    ['', ''],
  ])('%j becomes %j', (given, stored) => {
    expect(storableText(given)).toBe(stored);
  });
});

describe('capText', () => {
  it('cuts at the limit and never through a pair', () => {
    expect(capText('abcdef', 3)).toBe('abc');
    expect(capText('ab👋', 3)).toBe('ab');
    expect(capText('ab👋', 4)).toBe('ab👋');
  });
});

describe('storable', () => {
  it('returns what is fine already without copying', () => {
    const value = { a: [1, 'two', { b: null }] };
    expect(storable(value)).toBe(value);
  });

  it('cleans texts and keys at any depth', () => {
    expect(storable({ 'k\u0000': ['x\u0000', { y: '\ud800' }], keep: 1 })).toEqual({
      k: ['x', { y: '\ufffd' }],
      keep: 1,
    });
  });

  it('drops __proto__ keys and pollutes nothing', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":true},"a":{"__proto__":{"b":1},"constructor":{"prototype":1}}}',
    );
    const clean = storable(hostile) as Record<string, unknown>;
    expect(Object.keys(clean)).toEqual(['a']);
    expect((clean as { polluted?: boolean }).polluted).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(clean.a as object)).toEqual(['constructor']);
  });

  it('cuts depth bombs so that the result can be written again', () => {
    const bomb: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(JSON.stringify(storable(bomb)).length).toBeLessThan(200);
    const objects: unknown = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`);
    expect(() => JSON.stringify(storable(objects))).not.toThrow();
  });
});
