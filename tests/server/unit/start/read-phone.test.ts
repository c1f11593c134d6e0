import { readPhone } from '../../../../server/src/start/read-phone';

const TURKISH = '+905550001122';
const numberOf = (typed: string, own = TURKISH) => readPhone(typed, own)?.number;
const problemOf = (typed: string, own = TURKISH) => readPhone(typed, own)?.problem;

describe('what is typed as a phone number', () => {
  it.each([
    ['+905321234567', '+905321234567'],
    [' +90 (532) 123-45-67 ', '+905321234567'],
    ['00 90 532 123 45 67', '+905321234567'],
    ['+49 (0) 151 23456789', '+4915123456789'],
    ['＋34 600 55 10 01', '+34600551001'],
    ['+٩٠٥٣٢١٢٣٤٥٦٧', '+905321234567'],
    ['\u202a+34 600 55 10 01\u202c', '+34600551001'],
    ['tel:+34-600-551-001', '+34600551001'],
    ['https://wa.me/34600551001', '+34600551001'],
    ['https://api.whatsapp.com/send?phone=34600551001', '+34600551001'],
  ])('%s is %s', (typed, number) => expect(numberOf(typed)).toBe(number));

  it('is of the country of the number that writes when it has no country code', () => {
    expect(readPhone('0532 123 45 67', TURKISH)).toEqual({
      number: '+905321234567',
      formatted: '+90 532 123 45 67',
      country: 'TR',
      problem: null,
    });
    expect(numberOf('600 551 001', '+34911000000')).toBe('+34600551001');
  });

  it.each([
    ['+90 532', 'too_short'],
    ['+90 532 123 45 67 89 00', 'too_long'],
    ['+999 123 456 789', 'unknown_code'],
    ['12345678', 'no_country_code'],
    ['00443', 'too_short'],
  ])('%s: %s', (typed, problem) => {
    expect(numberOf(typed)).toBeNull();
    expect(problemOf(typed)).toBe(problem);
  });

  it.each(['', 'Ana', 'B2B shop', '+', '12', '@ana123', 'Ana +905321234567', 'US.9x7K2m4P'])(
    '%j is no number',
    (typed) => expect(readPhone(typed, TURKISH)).toBeNull(),
  );

  it('a number to write from that cannot be read changes nothing for whole numbers', () => {
    expect(numberOf('+905321234567', 'sandbox')).toBe('+905321234567');
    expect(problemOf('0532 123 45 67', 'sandbox')).toBe('no_country_code');
  });
});
