import { webhookPath } from '../../../../server/src/inbound/early';

describe('paths that are taken before the host’s middlewares', () => {
  const path = webhookPath('/api');

  it.each([
    ['/api/whatsapp/webhook', undefined],
    ['/api/whatsapp/webhook/', undefined],
    ['/API/WhatsApp/Webhook', undefined],
    ['/api/whatsapp/webhook/k3y', 'k3y'],
    ['/api/whatsapp/webhook/k3y/', 'k3y'],
    ['/api/whatsapp/webhook/a%20b', 'a%20b'],
  ])('%s', (address, key) => {
    expect(path.exec(address)?.[1]).toBe(key);
    expect(path.test(address)).toBe(true);
  });

  it.each([
    '/api/whatsapp/webhooks',
    '/api/whatsapp/webhook/k3y/more',
    '/api/whatsapp/webhook-log',
    '/apiXwhatsapp/webhook',
    '/api/other/whatsapp/webhook',
    '/whatsapp/webhook',
    '/api/whatsapp/webhook/k3y//',
  ])('not %s', (address) => expect(path.test(address)).toBe(false));

  it('follows the prefix of the host’s API, whatever signs it has', () => {
    expect(webhookPath('/cms.v2/').test('/cms.v2/whatsapp/webhook')).toBe(true);
    expect(webhookPath('/cms.v2').test('/cmsXv2/whatsapp/webhook')).toBe(false);
    expect(webhookPath('').test('/whatsapp/webhook')).toBe(true);
  });
});
