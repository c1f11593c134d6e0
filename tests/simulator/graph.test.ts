import { PHONE_ID, SECRET, setStage, startReceiver, TOKEN, WABA_ID, type Json, type Stage } from './stage';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ templateReviewMs: 20 });
});
afterEach(() => stage.close());

describe('access', () => {
  it.each([
    ['no token', null],
    ['a wrong token', 'nope'],
  ])('%s → 401 with code 190', async (_name, token) => {
    const { status, body } = await stage.graph('GET', `/${PHONE_ID}`, undefined, token);
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ type: 'OAuthException', code: 190, fbtrace_id: expect.any(String) });
  });

  it('an unknown object and another token’s number look the same: 100/33', async () => {
    const foreign = { phoneNumberId: '5550099', wabaId: '5550098', displayPhoneNumber: '+15550100101' };
    stage.simulator.addNumber({
      ...foreign,
      verifiedName: 'X',
      accessToken: 'other',
      appSecret: 'o',
      callbackUrl: null,
    });
    for (const id of ['999', '5550099', '5550098']) {
      const { status, body } = await stage.graph('GET', `/${id}`);
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ type: 'GraphMethodException', code: 100, error_subcode: 33 });
      expect(body.error.message).toMatch(
        new RegExp(`^Unsupported get request. Object with ID '${id}' does not exist`),
      );
    }
    const post = await stage.graph('POST', '/5550099/messages', { messaging_product: 'whatsapp' });
    expect(post.body.error.message).toMatch(/^Unsupported post request/);
  });

  it('an expired token answers 190/463, a missing scope 10', async () => {
    const more = { displayPhoneNumber: '+15550100101', verifiedName: 'X', appSecret: 'o', callbackUrl: null };
    stage.simulator.addNumber({
      ...more,
      phoneNumberId: '5550001',
      wabaId: '5550011',
      accessToken: 'old',
      tokenExpiresAt: 1,
    });
    stage.simulator.addNumber({
      ...more,
      phoneNumberId: '5550002',
      wabaId: '5550012',
      accessToken: 'thin',
      scopes: ['whatsapp_business_management'],
    });
    expect((await stage.graph('GET', '/5550001', undefined, 'old')).body.error).toMatchObject({
      code: 190,
      error_subcode: 463,
    });
    expect((await stage.graph('GET', '/5550002', undefined, 'thin')).status).toBe(200);
    expect((await stage.graph('POST', '/5550002/messages', {}, 'thin')).body.error.code).toBe(10);
  });

  it('works with and without a version, and refuses what is no path of Graph', async () => {
    const plain = await fetch(`${stage.simulator.url}/${PHONE_ID}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(plain.status).toBe(200);
    expect((await stage.graph('GET', '/hello')).body.error.code).toBe(2500);
    expect((await stage.graph('GET', `/${PHONE_ID}/nonsense`)).body.error.message).toMatch(
      /nonexisting field \(nonsense\)/,
    );
    expect(JSON.stringify(stage.simulator.requests)).not.toContain(TOKEN);
  });

  it('debug_token tells about a token', async () => {
    const { appId } = stage.simulator.numbers()[0];
    const good = await stage.graph(
      'GET',
      `/debug_token?input_token=${TOKEN}`,
      undefined,
      `${appId}|${SECRET}`,
    );
    expect(good.body.data).toMatchObject({
      is_valid: true,
      app_id: appId,
      expires_at: 0,
      scopes: expect.arrayContaining(['whatsapp_business_messaging']),
    });
    const bad = await stage.graph('GET', '/debug_token?input_token=x');
    expect(bad.body.data).toMatchObject({ is_valid: false, error: { code: 190 } });
    expect(JSON.stringify(stage.simulator.requests)).not.toContain(TOKEN);
  });
});

describe('numbers and accounts', () => {
  it('shows the asked fields of a number', async () => {
    const fields =
      'display_phone_number,verified_name,quality_rating,status,throughput,whatsapp_business_manager_messaging_limit,webhook_configuration';
    const { body } = await stage.graph('GET', `/${PHONE_ID}?fields=${fields}`);
    expect(body).toEqual({
      id: PHONE_ID,
      display_phone_number: '+1 555-010-0100',
      verified_name: 'Test shop',
      quality_rating: 'GREEN',
      status: 'CONNECTED',
      throughput: { level: 'STANDARD' },
      whatsapp_business_manager_messaging_limit: 'TIER_2K',
      webhook_configuration: { application: stage.receiver.url },
    });
    expect((await stage.graph('GET', `/${PHONE_ID}?fields=nope`)).body.error.code).toBe(100);
    expect((await stage.graph('GET', `/${WABA_ID}`)).body).toMatchObject({
      id: WABA_ID,
      name: 'Simulated business',
    });
    expect((await stage.graph('GET', `/${WABA_ID}/phone_numbers`)).body.data).toMatchObject([
      { id: PHONE_ID },
    ]);
  });

  it('reads and changes the business profile', async () => {
    await stage.graph('POST', `/${PHONE_ID}/whatsapp_business_profile`, {
      messaging_product: 'whatsapp',
      about: 'Open',
      websites: ['https://x.org'],
    });
    const { body } = await stage.graph('GET', `/${PHONE_ID}/whatsapp_business_profile?fields=about,websites`);
    expect(body.data[0]).toEqual({
      messaging_product: 'whatsapp',
      about: 'Open',
      websites: ['https://x.org'],
    });
    const long = await stage.graph('POST', `/${PHONE_ID}/whatsapp_business_profile`, {
      messaging_product: 'whatsapp',
      about: 'x'.repeat(140),
    });
    expect(long.body.error.code).toBe(100);
  });

  it('posts nothing without a subscription, and to an override after its handshake', async () => {
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
    expect((await stage.graph('GET', `/${WABA_ID}/subscribed_apps`)).body.data).toHaveLength(1);
    await stage.graph('DELETE', `/${WABA_ID}/subscribed_apps`);
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'unheard' });
    await stage.simulator.idle();
    expect(stage.receiver.received).toHaveLength(0);

    const other = await startReceiver('other-token');
    const wrong = await stage.graph('POST', `/${WABA_ID}/subscribed_apps`, {
      override_callback_uri: other.url,
      verify_token: 'wrong',
    });
    expect(wrong.status).toBe(400);
    const right = await stage.graph('POST', `/${WABA_ID}/subscribed_apps`, {
      override_callback_uri: other.url,
      verify_token: 'other-token',
    });
    expect(right.body).toEqual({ success: true });
    expect((await stage.graph('GET', `/${WABA_ID}/subscribed_apps`)).body.data[0].override_callback_uri).toBe(
      other.url,
    );
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'heard there' });
    await stage.simulator.idle();
    expect([other.received.length, stage.receiver.received.length]).toEqual([1, 0]);

    const config = {
      webhook_configuration: { override_callback_uri: stage.receiver.url, verify_token: 'verify-me' },
    };
    expect((await stage.graph('POST', `/${PHONE_ID}`, config)).body).toEqual({ success: true });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'heard here' });
    await stage.simulator.idle();
    expect([other.received.length, stage.receiver.received.length]).toEqual([1, 1]);
    await other.close();
  });

  it('checks the callback of a number', async () => {
    expect(await stage.simulator.verifyCallback(PHONE_ID)).toBe(true);
  });
});

describe('message templates', () => {
  const names = (body: Json): string[] => body.data.map(({ name }: { name: string }) => name);

  it('come 25 to a page and page on by cursor until there is no next', async () => {
    for (let index = 0; index < 60; index += 1) {
      stage.simulator.templates.add(WABA_ID, {
        name: `t_${index}`,
        language: 'en',
        category: 'UTILITY',
        components: [{ type: 'BODY', text: 'x' }],
      });
    }
    const total = stage.simulator.templates.list(WABA_ID).length;
    const first = await stage.graph('GET', `/${WABA_ID}/message_templates`);
    expect(first.body.data).toHaveLength(25);
    const seen = names(first.body);
    let next = first.body.paging.next as string | undefined;
    while (next) {
      const url = new URL(next);
      const page = await stage.graph('GET', `${url.pathname.replace('/v25.0', '')}${url.search}`);
      seen.push(...names(page.body));
      next = page.body.paging.next;
    }
    expect(seen).toHaveLength(total);
    expect(
      (await stage.graph('GET', `/${WABA_ID}/message_templates?limit=100`)).body.paging,
    ).not.toHaveProperty('next');
  });

  it('refuse a cursor whose template has gone', async () => {
    const { body } = await stage.graph('GET', `/${WABA_ID}/message_templates?limit=2`);
    stage.simulator.templates.remove(body.data[1].id);
    const after = await stage.graph(
      'GET',
      `/${WABA_ID}/message_templates?limit=2&after=${body.paging.cursors.after}`,
    );
    expect(after.body.error.code).toBe(131059);
  });

  it('filter by name, status, category and language', async () => {
    const list = async (query: string) =>
      names((await stage.graph('GET', `/${WABA_ID}/message_templates?fields=name&${query}`)).body);
    expect(await list('status=PAUSED')).toEqual(['winter_sale']);
    expect(await list('name=order_ready&language=es')).toEqual(['order_ready']);
    expect(await list('category=MARKETING')).toEqual(['summer_sale', 'winter_sale', 'win_a_prize']);
    expect(await list('name=nothing')).toEqual([]);
  });

  it('are created pending, approved after review with a webhook, read by id and deleted by name', async () => {
    const input = {
      name: 'welcome',
      language: 'en_US',
      category: 'UTILITY',
      components: [{ type: 'BODY', text: 'Welcome to our shop.' }],
    };
    const created = await stage.graph('POST', `/${WABA_ID}/message_templates`, input);
    expect(created.body).toEqual({ id: expect.any(String), status: 'PENDING', category: 'UTILITY' });
    expect((await stage.graph('POST', `/${WABA_ID}/message_templates`, input)).body.error).toMatchObject({
      code: 100,
      error_subcode: 2388024,
      error_user_title: expect.any(String),
    });
    await stage.simulator.idle();
    const entry = stage.receiver.received[0].body.entry[0];
    expect(entry.time).toEqual(expect.any(Number));
    expect(entry.changes[0]).toMatchObject({
      field: 'message_template_status_update',
      value: {
        event: 'APPROVED',
        message_template_id: Number(created.body.id),
        message_template_language: 'en-US',
      },
    });
    expect((await stage.graph('GET', `/${created.body.id}?fields=status`)).body).toEqual({
      id: created.body.id,
      status: 'APPROVED',
    });
    expect((await stage.graph('DELETE', `/${WABA_ID}/message_templates?name=welcome`)).body).toEqual({
      success: true,
    });
    expect((await stage.graph('GET', `/${created.body.id}`)).body.error.error_subcode).toBe(33);
  });
});

describe('blocking', () => {
  const block = (users: unknown[], method = 'POST') =>
    stage.graph(method, `/${PHONE_ID}/block_users`, { messaging_product: 'whatsapp', block_users: users });

  it('works only for people who wrote within a day, answers mixed results, and silences them', async () => {
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
    stage.simulator.customers.add({ name: 'Ben', phone: '+15550100188' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
    await stage.simulator.idle();
    const mixed = await block([{ user: '+15550100177' }, { user: '+15550100188' }]);
    expect(mixed.status).toBe(400);
    expect(mixed.body.error.code).toBe(139100);
    expect(mixed.body.block_users).toMatchObject({
      added_users: [{ input: '+15550100177', wa_id: '15550100177' }],
      failed_users: [{ input: '+15550100188', errors: [{ code: 131047 }] }],
    });
    expect((await stage.graph('GET', `/${PHONE_ID}/block_users`)).body.data).toEqual([
      { messaging_product: 'whatsapp', wa_id: '15550100177' },
    ]);
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'unheard' });
    await stage.simulator.idle();
    expect(stage.receiver.all('messages')).toHaveLength(1);
    expect((await stage.text('+15550100177')).body.error.code).toBe(130403);
    expect((await block([{ user_id: ana.userId }], 'DELETE')).body.block_users.removed_users).toHaveLength(1);
    expect((await stage.text('+15550100177')).status).toBe(200);
  });
});
