import fs from 'node:fs';
import path from 'node:path';
import { redactPayload } from '../../../../server/src/webhooks-log/redact-payload';

const redact = (value: unknown): string => redactPayload(Buffer.from(JSON.stringify(value)));

const delivery = {
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
            contacts: [{ profile: { name: 'Sheena Nelson' }, wa_id: '16505551234' }],
            messages: [
              {
                from: '16505551234',
                id: 'wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
                timestamp: '1749416383',
                type: 'text',
                text: { body: 'Does it come in another color?' },
              },
              { type: 'location', location: { latitude: 41.0082, longitude: 28.9784, name: 'Home' } },
            ],
            statuses: [
              { id: 'wamid.x', status: 'failed', errors: [{ code: 131047, title: 'Re-engagement' }] },
            ],
          },
        },
      ],
    },
  ],
};

describe('a webhook body as people may see it', () => {
  const shown = redact(delivery);

  it.each([
    'whatsapp_business_account',
    '102290129340398',
    '106540352242922',
    '1749416383',
    '"type": "text"',
    '"status": "failed"',
    '131047',
    'Re-engagement',
  ])('shows %s', (part) => expect(shown).toContain(part));

  it.each([
    '16505551234',
    '15550783881',
    'Sheena',
    'another color',
    '41.0082',
    '28.9784',
    'Home',
    'MTY1MDU1NTEyMzQ',
  ])('hides %s', (part) => expect(shown).not.toContain(part));

  it('hides texts and numbers wherever Meta may put them one day, keys included', () => {
    const odd = redact({ entry: [{ new_field: 'Ada wrote', '905551234567': { x: 905551234567 } }] });
    expect(odd).not.toMatch(/Ada|90555/);
  });

  it('says only the size of what is no JSON', () => {
    expect(redactPayload(Buffer.from('name=Ada'))).toBe('{"notJson":true,"bytes":8}');
  });
});

it('no sample of a real payload shows a phone number, a name or what was written', () => {
  const folder = path.join(__dirname, '../../../fixtures/webhooks');
  const files = fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(5);
  const PERSONAL =
    /"(?:body|caption|name|wa_id|from|recipient_id|display_phone_number|user_id|username|to)": "(?!•••)[^"]/;
  for (const file of files) {
    const text = redactPayload(fs.readFileSync(path.join(folder, file)));
    expect([file, PERSONAL.exec(text)?.[0]]).toEqual([file, undefined]);
  }
});
