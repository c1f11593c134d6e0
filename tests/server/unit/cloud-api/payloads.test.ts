import { mayReceiveToken } from '../../../../server/src/cloud-api/media-host';
import { isGraphVersion, splitEndpoint } from '../../../../server/src/cloud-api/endpoint';
import { textMessage } from '../../../../server/src/cloud-api/payloads';

describe('textMessage', () => {
  it('addresses the phone when it is known', () => {
    expect(
      textMessage({
        to: '+15550100177',
        recipient: 'US.ana',
        body: 'Hi',
        replyTo: 'wamid.IN1',
        opaque: 'msg:42',
      }),
    ).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+15550100177',
      type: 'text',
      text: { body: 'Hi', preview_url: true },
      context: { message_id: 'wamid.IN1' },
      biz_opaque_callback_data: 'msg:42',
    });
  });

  it('gotcha 17: a BSUID goes into recipient, never into to', () => {
    const payload = textMessage({ to: null, recipient: 'US.9x7K2m4P6q8R', body: 'Hi', previewUrl: false });
    expect(payload).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      recipient: 'US.9x7K2m4P6q8R',
      type: 'text',
      text: { body: 'Hi', preview_url: false },
    });
  });

  it('needs somebody', () => {
    expect(() => textMessage({ body: 'Hi' })).toThrow(RangeError);
  });
});

it.each<[string, string, string | null]>([
  ['https://graph.facebook.com/v25.0', 'https://graph.facebook.com', 'v25.0'],
  ['https://graph.facebook.com/v25.0/', 'https://graph.facebook.com', 'v25.0'],
  [' https://graph.facebook.com ', 'https://graph.facebook.com', null],
  ['https://graph.facebook.com/', 'https://graph.facebook.com', null],
  ['http://127.0.0.1:4010/meta/v26.0', 'http://127.0.0.1:4010/meta', 'v26.0'],
  ['http://127.0.0.1:4010/meta', 'http://127.0.0.1:4010/meta', null],
  ['https://graph.facebook.com/v250', 'https://graph.facebook.com/v250', null],
])('splitEndpoint(%j)', (address, baseUrl, version) => {
  expect(splitEndpoint(address)).toEqual({ baseUrl, version });
});

it.each([
  '',
  'graph.facebook.com',
  'ftp://x.org',
  'https://a:b@x.org',
  'https://x.org/?access_token=1',
  'https://x.org/#a',
  'javascript:alert(1)',
])('splitEndpoint(%j) throws', (address) => {
  expect(() => splitEndpoint(address)).toThrow(/URL|address/);
});

it.each<[unknown, boolean]>([
  ['v25.0', true],
  ['v9.0', false],
  ['25.0', false],
  ['v25.0\n', false],
  ['v25', false],
  [null, false],
])('isGraphVersion(%j) is %s', (value, valid) => {
  expect(isGraphVersion(value)).toBe(valid);
});

it.each<[string, boolean]>([
  ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', true],
  ['https://graph.facebook.com/v25.0/1', true],
  ['http://127.0.0.1:4010/media/1', true],
  ['http://lookaside.fbsbx.com/x', false],
  ['https://lookaside.fbsbx.com:8443/x', false],
  ['https://lookaside.fbsbx.com.evil.example/x', false],
  ['https://graph.facebook.com@evil.example/x', false],
  ['https://user@graph.facebook.com/x', false],
  ['https://evil.example/https://graph.facebook.com', false],
  ['http://127.0.0.1:4011/media/1', false],
  ['http://169.254.169.254/latest', false],
  ['http://[::ffff:127.0.0.1]:4010/x', false],
  ['file:///etc/passwd', false],
  ['not an address', false],
])('gotcha 39: the token may go to %s: %s', (address, allowed) => {
  expect(mayReceiveToken(address, 'http://127.0.0.1:4010')).toBe(allowed);
});
