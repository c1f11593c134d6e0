import { spawn } from 'node:child_process';
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { copyTemplate } from '../../helpers/database';
import { adminToken, apiToken } from '../../helpers/people';
import { bootStrapi, type BootedStrapi, type PluginOptions } from '../../helpers/strapi';

const NEW = 'CANARY new key 0123456789abcdef';
const NEWER = 'CANARY newer key 0123456789abcdef';
const ACCESS = 'EAACANARYaccesstoken0123456789';
const SECRET = 'CANARYappsecret0123456789abcdef';
/** tests/app/config/admin.js */
const STRAPIS = 'test-encryption-key';

const strapis = (plain: string): string => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(STRAPIS).digest(), iv);
  const sealed = cipher.update(plain, 'utf8', 'hex') + cipher.final('hex');
  return `v1:${iv.toString('hex')}:${sealed}:${cipher.getAuthTag().toString('hex')}`;
};

interface Site extends BootedStrapi {
  admin: Record<string, string>;
  token: Record<string, string>;
}

const boot = async (
  database: BootedStrapi['database'],
  keys: string[],
  more: PluginOptions = {},
): Promise<Site> => {
  const booted = await bootStrapi({ database, config: { encryption: { keys }, ...more } });
  return {
    ...booted,
    admin: { Authorization: `Bearer ${await adminToken(booted.strapi)}` },
    token: { Authorization: `Bearer ${await apiToken(booted.strapi)}` },
  };
};

const state = async ({ http, admin }: Site) =>
  (await http.get('/whatsapp/encryption').set(admin).expect(200)).body.data;
const reseal = async ({ http, admin }: Site) =>
  (await http.post('/whatsapp/encryption/reseal').set(admin).expect(200)).body.data;
const reveal = async ({ http, admin }: Site, id: string) =>
  (await http.post(`/whatsapp/integrations/${id}/verify-token`).set(admin).send({}).expect(200)).body.data
    .verifyToken;

it('a key is rotated: old values stay readable, are sealed again, and the old key can go', async () => {
  const database = await copyTemplate();
  try {
    const first = await boot(database, []);
    const { body } = await first.http.post('/api/whatsapp/integrations').set(first.token).send({
      name: 'Shop',
      phoneNumber: '+14155550123',
      phoneNumberId: '101',
      businessAccountId: '102',
      accessToken: ACCESS,
      appSecret: SECRET,
    });
    const { id, verifyToken } = body.data;
    // As it was sealed before there was a ring.
    await first.strapi.db
      .connection('whatsapp_integrations')
      .where({ id })
      .update({ verify_token_sealed: strapis(verifyToken) });
    expect(await state(first)).toMatchObject({ configured: true, sealedRows: 1, oldRows: 1 });
    await first.stop();

    const second = await boot(database, [NEWER, NEW]);
    expect(await reveal(second, id)).toBe(verifyToken);
    const before = await state(second);
    expect(before).toMatchObject({ sealedRows: 1, oldRows: 1 });
    expect(before.keys.map(({ newest }: { newest: boolean }) => newest)).toEqual([true, false, false]);
    expect(JSON.stringify(before)).not.toContain('CANARY');
    expect(await reseal(second)).toEqual({ resealed: 1, unreadable: 0 });
    expect(await reseal(second)).toEqual({ resealed: 0, unreadable: 0 });
    expect(await state(second)).toMatchObject({ oldRows: 0 });
    await second.stop();

    const third = await boot(database, [NEWER]);
    third.strapi.config.set('admin.secrets.encryptionKey', undefined);
    expect(await reveal(third, id)).toBe(verifyToken);
    const rows = await third.strapi.db.connection('whatsapp_integrations').where({ id });
    expect(JSON.stringify(rows)).not.toContain('CANARY');
    // Moved to another row, a sealed token opens nothing.
    const made = await third.http.post('/api/whatsapp/integrations').set(third.token).send({
      name: 'Thief',
      phoneNumber: '+14155550124',
      phoneNumberId: '201',
      businessAccountId: '202',
      accessToken: 'EAAanother-token',
      appSecret: 'another-secret',
    });
    const { connection } = third.strapi.db;
    await connection('whatsapp_integrations')
      .where({ id: made.body.data.id })
      .update({ verify_token_sealed: rows[0].verify_token_sealed });
    expect(await reveal(third, made.body.data.id)).toBe('');
    await connection('whatsapp_integrations')
      .where({ id: made.body.data.id })
      .update({ access_token_sealed: strapis('x').replace(/.$/, (c) => (c === '0' ? '1' : '0')) });
    expect(await reseal(third)).toEqual({ resealed: 0, unreadable: 1 });
    await third.stop();
  } finally {
    await database.drop();
  }
});

it('a number of the environment is connected at boot, shown as locked, and its secrets are not stored', async () => {
  const database = await copyTemplate();
  const numbers = [
    {
      phoneNumberId: '301',
      phoneNumber: '+14155550130',
      businessAccountId: '302',
      accessToken: ACCESS,
      appSecret: SECRET,
      verifyToken: 'CANARYverify0123456789',
      name: 'From the environment',
    },
  ];
  try {
    const site = await boot(database, [NEW], { numbers: numbers as never });
    const { body } = await site.http.get('/api/whatsapp/integrations').set(site.token).expect(200);
    const [number] = body.data;
    expect(number).toMatchObject({
      name: 'From the environment',
      accessTokenLast4: ACCESS.slice(-4),
      hasAppSecret: true,
      envLocked: expect.arrayContaining(['accessToken', 'appSecret', 'verifyToken', 'name', 'phoneNumberId']),
    });
    const path = `/api/whatsapp/integrations/${number.id}`;
    const refused = await site.http
      .put(path)
      .set(site.token)
      .send({ name: 'Other', accessToken: 'EAAother-token' });
    expect([refused.status, refused.body.error.details.errors.map((e: { path: string }) => e.path)]).toEqual([
      400,
      ['accessToken', 'name'],
    ]);
    const elsewhere = { endpointUrl: 'https://evil.example.test', accessToken: ACCESS };
    expect((await site.http.put(path).set(site.token).send(elsewhere)).status).toBe(400);
    expect((await site.http.put(path).set(site.token).send({ active: false })).body.data.active).toBe(false);
    const removed = await site.http.delete(path).set(site.token);
    expect([removed.status, removed.body.error.details.code]).toEqual([409, 'locked_by_environment']);
    const webhook = `${new URL(number.webhookUrl).pathname}?hub.mode=subscribe&hub.verify_token=CANARYverify0123456789&hub.challenge=7`;
    await site.http.get(webhook).expect(200, '7');
    expect(JSON.stringify(await site.strapi.db.connection('whatsapp_integrations'))).not.toContain('CANARY');
    await site.stop();
    // The same again makes no second one.
    const again = await boot(database, [NEW], { numbers: numbers as never });
    expect((await again.http.get('/api/whatsapp/integrations').set(again.token)).body.data).toHaveLength(1);
    await again.stop();
  } finally {
    await database.drop();
  }
});

/** `npx whatsapp-reseal` as an admin runs it in the site's folder. */
const resealCommand = (
  database: BootedStrapi['database'],
  keys: string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const root = path.resolve(__dirname, '../../..');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-reseal-'));
    fs.mkdirSync(path.join(folder, 'uploads'));
    const options = path.join(root, 'tests/server/support/child-options.cjs');
    const child = spawn(process.execPath, ['--require', options, path.join(root, 'bin/reseal.js')], {
      cwd: path.join(root, 'tests/app'),
      env: {
        ...process.env,
        TEST_DATABASE: JSON.stringify(database.connection),
        TEST_PUBLIC_DIR: folder,
        STRAPI_TELEMETRY_DISABLED: 'true',
        CHILD_OPTIONS: JSON.stringify({ encryption: { keys }, simulator: { enabled: false } }),
      },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.on('close', (code) => {
      fs.rmSync(folder, { recursive: true, force: true });
      resolve({ code, stdout, stderr });
    });
  });

it('the command seals everything anew, in a process of its own, and ends with 1 when it cannot', async () => {
  const database = await copyTemplate();
  try {
    const site = await boot(database, [NEW]);
    await site.http
      .post('/api/whatsapp/integrations')
      .set(site.token)
      .send({
        name: 'Shop',
        phoneNumber: '+14155550123',
        phoneNumberId: '101',
        businessAccountId: '102',
        accessToken: ACCESS,
        appSecret: SECRET,
      })
      .expect(201);
    await site.stop();

    const blind = await resealCommand(database, [NEWER]);
    expect([blind.code, blind.stdout]).toEqual([
      1,
      expect.stringMatching(/0 number\(s\) sealed again, 1 in all, 1 not readable/),
    ]);
    const sealed = await resealCommand(database, [NEWER, NEW]);
    expect([sealed.code, sealed.stdout]).toEqual([
      0,
      expect.stringMatching(/1 number\(s\) sealed again, 1 in all, 0 not readable/),
    ]);
    const again = await resealCommand(database, [NEWER]);
    expect([again.code, again.stdout]).toEqual([
      0,
      expect.stringMatching(/0 number\(s\) sealed again, 1 in all, 0 not readable/),
    ]);
    const printed = [blind, sealed, again].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(printed).not.toContain('CANARY');
  } finally {
    await database.drop();
  }
}, 180_000);
