import { callbackProblem, isSameAddress } from '../../../../server/src/integrations/callback-url';

it.each([
  ['https://shop.example/api/whatsapp/webhook/k', null],
  ['http://shop.example/api/whatsapp/webhook/k', 'not_https'],
  ['https://localhost:1337/x', 'localhost'],
  ['http://127.0.0.1:1337/x', 'localhost'],
  ['https://192.168.1.5/x', 'localhost'],
  ['https://[::1]/x', 'localhost'],
  ['/api/whatsapp/webhook/k', 'localhost'],
  ['', 'localhost'],
])('Meta’s way to %s: %s', (address, expected) => {
  expect(callbackProblem(address)).toBe(expected);
});

it.each([
  ['https://Shop.example/a', 'https://shop.example:443/a/', true],
  ['https://shop.example/a?x=1', 'https://shop.example/a', true],
  ['https://shop.example/a', 'http://shop.example/a', false],
  ['https://shop.example/a', 'https://shop.example/b', false],
  ['https://shop.example/a', 'https://shop.example/A', false],
  ['nonsense', 'nonsense', false],
])('%s and %s are the same: %s', (a, b, expected) => {
  expect(isSameAddress(a, b)).toBe(expected);
});
