import {
  maskDeep,
  maskNumbers,
  maskOwnNumbers,
  maskPhone,
  ownNumbers,
} from '../../../../server/src/contacts/mask';

const OWN = '905321234567';

describe('a masked number', () => {
  it.each([
    ['+905321234567', '+90 ••• •• 67'],
    ['905321234567', '90 ••• •• 67'],
    ['+14155550123', '+1 ••• •• 23'],
    ['+79161234567', '+7 ••• •• 67'],
    ['+358401234567', '+358 ••• •• 67'],
    ['+971501234567', '+971 ••• •• 67'],
    ['00905321234567', '+90 ••• •• 67'],
    ['05321234567', '••• •• 67'],
    ['+90 532 123 45 67', '+90 ••• •• 67'],
    ['12345', '•••'],
    ['', '•••'],
  ])('%s becomes %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it('says as much of a long number as of a short one', () => {
    expect(maskPhone('+905321234567')).toBe(maskPhone('+90312345667'));
  });
});

describe('numbers within a name or a system line', () => {
  it.each([
    ['+90 (532) 123-45-67', '+90 ••• •• 67'],
    ['0532.123.45.67', '••• •• 67'],
    ['Ana +34600555101 (work)', 'Ana +34 ••• •• 01 (work)'],
    ['changed from +34600555101 to +34600555102', 'changed from +34 ••• •• 01 to +34 ••• •• 02'],
    ['٠٥٣٢١٢٣٤٥٦٧', '••• •• ٦٧'],
    ['Bob, room 1204', 'Bob, room 1204'],
    ['1234567890123456', '1234567890123456'],
  ])('%s becomes %s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked);
  });
});

describe('numbers within what somebody wrote', () => {
  it.each([
    ['my order is 123456789', 'my order is 123456789'],
    ['call +14155550123', 'call +1 ••• •• 23'],
    ['it is 905321234567', 'it is ••• •• 67'],
    ['it is 0532 123 45 67', 'it is ••• •• 67'],
    ['532-123-45-67 is mine', '••• •• 67 is mine'],
    ['https://wa.me/905321234567', 'https://wa.me/••• •• 67'],
    ['on 2026-11-22 at 10:12', 'on 2026-11-22 at 10:12'],
  ])('%s becomes %s', (text, masked) => {
    expect(maskOwnNumbers(text, [OWN])).toBe(masked);
  });
});

describe('a thing without numbers', () => {
  const wamid = `wamid.${Buffer.from('....905321234567....').toString('base64')}`;
  const message = {
    id: '1234567',
    conversationId: '5321234567',
    text: 'Reach me at +905321234567',
    wamid,
    replyTo: { id: '7', wamid, text: 'or 05321234567' },
    media: {
      id: '105321234567890',
      url: '/api/whatsapp/media/1234567?expires=1',
      fileName: 'scan 905321234567.pdf',
    },
    content: {
      raw: { from: OWN },
      contacts: [{ name: 'Mum', phones: [{ phone: '+34600555101', waId: '34600555101', type: 'CELL' }] }],
      context: { from: OWN },
      url: 'https://wa.me/905321234567',
    },
    timestamp: '2026-11-22T10:12:33.123Z',
    count: 905321234567,
  };

  it('has none in any text, however deep', () => {
    const masked = JSON.stringify(maskDeep({ ...message, count: 0 }, { own: [OWN] }));
    expect(masked).not.toMatch(/\b905321234567|\b05321234567|34600555101|wamid\./);
    expect(masked).toContain('+90 ••• •• 67');
    expect(masked).toContain('/api/whatsapp/media/1234567?expires=1');
  });

  it('keeps ids and times', () => {
    expect(maskDeep(message, { own: [OWN], strict: true })).toMatchObject({
      id: '1234567',
      conversationId: '5321234567',
      timestamp: '2026-11-22T10:12:33.123Z',
      wamid: null,
      replyTo: { id: '7', wamid: null },
    });
  });

  it('knows a person by phone and by wa_id', () => {
    expect(ownNumbers('+905321234567', '905321234567', null, undefined, '')).toEqual([OWN, OWN]);
  });
});
