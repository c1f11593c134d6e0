import { signBody, toMetaBytes } from '../../simulator/src';

it('survives a parse and differs from plain JSON.stringify', () => {
  const value = { a: 'é/\u2028\u007f"\\', b: [1, null] };
  expect(JSON.parse(toMetaBytes(value).toString())).toEqual(value);
  expect(toMetaBytes(value).toString()).not.toBe(JSON.stringify(value));
  expect(signBody('k', 'x')).toBe(signBody('k', Buffer.from('x')));
});
