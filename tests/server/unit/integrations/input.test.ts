import { integrationInput, integrationPatch } from '../../../../server/src/integrations/schema-input';

const VALID = {
  name: 'Shop',
  phoneNumber: '+14155550123',
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  accessToken: 'EAAtoken12345',
  appSecret: 'secret1234567',
};

const pathsOf = (schema: typeof integrationInput | typeof integrationPatch, value: unknown): string[] => {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join('.'));
};

describe('connecting a number', () => {
  it('takes the example of the contract', () => {
    expect(pathsOf(integrationInput, VALID)).toEqual([]);
  });

  it('names every required field that is missing', () => {
    expect(pathsOf(integrationInput, {}).sort()).toEqual(Object.keys(VALID).sort());
  });

  it.each<[string, unknown]>([
    ['name', ''],
    ['name', '   '],
    ['name', 'x'.repeat(256)],
    ['name', 7],
    ['phoneNumber', null],
    ['phoneNumberId', ''],
    ['phoneNumberId', 'abc'],
    ['phoneNumberId', 106540352242922],
    ['phoneNumberId', '1'.repeat(33)],
    ['businessAccountId', '12 34'],
    ['accessToken', ''],
    ['accessToken', 'short'],
    ['accessToken', 'x'.repeat(4097)],
    ['appSecret', null],
    ['verifyToken', 'short'],
    ['endpointUrl', 'graph.facebook.com'],
    ['endpointUrl', 'ftp://graph.facebook.com'],
    ['endpointUrl', 'https://user:pass@graph.facebook.com'],
    ['endpointUrl', 'https://graph.facebook.com/?x=1'],
    ['endpointUrl', 'http://graph.facebook.com'],
    ['endpointUrl', 'http://127.0.0.1.evil.test'],
    ['endpointUrl', 'http://localhost.evil.test'],
    ['endpointUrl', 'http://10.0.0.1'],
    ['endpointUrl', 'http://[::2]'],
    ['apiVersion', '25'],
    ['apiVersion', 'v25'],
    ['sandbox', 'true'],
    ['active', 1],
  ])('refuses %s = %j', (field, value) => {
    expect(pathsOf(integrationInput, { ...VALID, [field]: value })).toEqual([field]);
    expect(pathsOf(integrationPatch, { [field]: value })).toEqual([field]);
  });

  it.each([
    'https://proxy.example.test/v25.0',
    'http://127.0.0.1:4000',
    'http://127.8.0.1',
    'http://localhost:4000/v25.0',
    'http://[::1]:4000',
  ])('takes %s as address', (endpointUrl) => {
    expect(pathsOf(integrationInput, { ...VALID, endpointUrl })).toEqual([]);
  });

  it('needs nothing for a change, and drops what it does not know', () => {
    expect(integrationPatch.parse({ id: '7', organization: 'x', webhookKey: 'mine' })).toEqual({});
  });

  it('trims what is pasted with blanks around it', () => {
    expect(integrationInput.parse({ ...VALID, accessToken: ` ${VALID.accessToken}\n` }).accessToken).toBe(
      VALID.accessToken,
    );
  });
});
