import { isBsuid, isE164, maskPhone, metaDigits } from '../../../../server/src/cloud-api/identity-format';

it.each<[unknown, boolean]>([
  ['+15550100177', true],
  ['+905321234567', true],
  ['+4915112345678', true],
  ['+5511987654321', true],
  ['0555 123 45 67', false],
  ['5551234567', false],
  ['+0555123456', false],
  ['+1 555 010 0177', false],
  ['+123', false],
  ['+1555010017', false],
  ['+1555010017788', false],
  ['+1234567890123456', false],
  ['+15550100177\n', false],
  ['US.9x7K2m4P6q8R', false],
  ['', false],
  [15550100177, false],
  [null, false],
])('isE164(%j) is %s', (value, valid) => {
  expect(isE164(value)).toBe(valid);
});

it.each<[unknown, boolean]>([
  ['US.9x7K2m4P6q8R', true],
  ['US.ENT.p', true],
  ['IN.77aaBBcc', true],
  [`US.${'a'.repeat(128)}`, true],
  [`US.${'a'.repeat(129)}`, false],
  ['us.9x7K', false],
  ['USA.9x7K', false],
  ['US.', false],
  ['US.9x-7K', false],
  ['US.9x7K\n', false],
  ['15550100177', false],
  [undefined, false],
])('isBsuid(%j) is %s', (value, valid) => {
  expect(isBsuid(value)).toBe(valid);
});

it.each<[unknown, string | null]>([
  ['15550100177', '15550100177'],
  ['+15550100177', '15550100177'],
  [15550100177, '15550100177'],
  ['12345', null],
  ['1234567890123456', null],
  ['US.1349', null],
  ['', null],
  [Number.NaN, null],
  [1e21, null],
])('metaDigits(%j) is %j', (value, digits) => {
  expect(metaDigits(value)).toBe(digits);
});

it.each<[unknown, string]>([
  ['+15550100177', '+1555•••0177'],
  ['905321234567', '+9053•••4567'],
  ['+1234567', '+12•••67'],
  ['hello', '•••'],
  [null, '•••'],
])('maskPhone(%j) is %s', (value, masked) => {
  expect(maskPhone(value)).toBe(masked);
});
