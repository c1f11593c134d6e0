import { bootStrapi, type BootedStrapi } from '../../helpers/strapi';
import { apiToken } from '../../helpers/people';
import { verdictOf } from '../support/rest';

const ACCESS = 'EAACANARYaccesstoken0123456789';
const SECRET = 'CANARYappsecret0123456789abcdef';

describe('without an encryption key', () => {
  let booted: BootedStrapi;
  let token: Record<string, string>;
  beforeAll(async () => {
    booted = await bootStrapi({ settings: { 'admin.secrets.encryptionKey': undefined } });
    token = { Authorization: `Bearer ${await apiToken(booted.strapi)}` };
  });
  afterAll(() => booted.stop());

  it('nothing is stored and the answer says what to set', async () => {
    const call = booted.http.post('/api/whatsapp/integrations').set(token).send({
      name: 'Shop',
      phoneNumber: '+14155550123',
      phoneNumberId: '1',
      businessAccountId: '2',
      accessToken: ACCESS,
      appSecret: SECRET,
    });
    const { body } = await call;
    expect(body).toMatchObject({
      data: null,
      error: {
        status: 500,
        message: expect.stringContaining('ENCRYPTION_KEY'),
        details: { code: 'encryption_key_missing' },
      },
    });
    expect(await booted.strapi.db.connection('whatsapp_integrations')).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('CANARY');
  });

  it('a number cannot be given a new token, and keeps the one that it has', async () => {
    const at = new Date();
    const { connection } = booted.strapi.db;
    const { id: organization } = await connection('whatsapp_organizations').first('id');
    await connection('whatsapp_integrations').insert({
      document_id: 'numberofanotherkey000000',
      organization_id: organization,
      name: 'Sealed elsewhere',
      phone_number: '+14155550123',
      phone_number_id: '7',
      business_account_id: '8',
      webhook_key: 'key-of-a-number',
      active: true,
      sandbox: false,
      connection_status: 'unverified',
      access_token_sealed: 'v1:sealed-under-another-key',
      created_at: at,
      updated_at: at,
      published_at: at,
    });
    const { id } = await connection('whatsapp_integrations').first('id');
    const path = `/api/whatsapp/integrations/${id}`;
    expect(
      await verdictOf(booted.http.put(path).set(token).send({ name: 'New', accessToken: ACCESS })),
    ).toEqual([500, 'encryption_key_missing']);
    const row = await connection('whatsapp_integrations').first();
    expect([row.name, row.access_token_sealed]).toEqual(['Sealed elsewhere', 'v1:sealed-under-another-key']);
    const { body } = await booted.http.put(path).set(token).send({ name: 'Only the name' }).expect(200);
    expect(body.data.name).toBe('Only the name');
  });

  it('a number whose secrets cannot be read does not stand in the way of anything else', async () => {
    await booted.http.get('/api/whatsapp/integrations').set(token).expect(200);
    await booted.http.get('/api/whatsapp/conversations').set(token).expect(200);
    expect(await verdictOf(booted.http.post('/api/whatsapp/webhook').send({}))).toEqual([
      401,
      'invalid_signature',
    ]);
    const send = booted.http
      .post('/api/whatsapp/messages/send')
      .set(token)
      .send({ to: '+14155550199', message: 'x' });
    expect(await verdictOf(send)).toEqual([409, 'window_closed']);
  });
});
