import { isSendable, unsendableAt } from '../../../../server/src/http/sendable';

it.each([
  ['', true],
  ['plain', true],
  ['🙂 and 👨‍👩‍👧‍👦', true],
  ['new\nline and\ttab', true],
  ['a\u0000b', false],
  ['\ud83d', false],
  ['\ude42\ud83d', false],
])('%j can be stored and sent: %s', (text, expected) => {
  expect(isSendable(text)).toBe(expected);
});

it.each([
  ['a text alone', 'a\u0000', ''],
  ['a field', { a: { b: ['x', 'y\ud800'] } }, 'a.b.1'],
  ['a key', { a: { 'b\u0000': 1 } }, 'a'],
  ['nothing', { a: [1, null, true, { b: 'ok' }], c: undefined }, null],
  ['no value', null, null],
])('finds it in %s', (_name, value, path) => {
  expect(unsendableAt(value)).toBe(path);
});

it('walks what is nested deeper than the stack is', () => {
  const depth = 100_000;
  const clean: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
  expect(unsendableAt(clean)).toBeNull();
});
