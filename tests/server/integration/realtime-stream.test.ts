/** The stream as a browser gets it: real sockets, real sessions, real changes. */
import net from 'node:net';
import { ACTIONS } from '../../../server/src/permissions';
import type { Change } from '../../../server/src/realtime/contract';
import { adminToken } from '../../helpers/people';
import { setStage, until, type Stage } from '../support/stage';
import { addOrganization, newConversation, reaches, sendText } from '../support/rest';

let stage: Stage;
/** The stream's own rhythm (20 s, 45 s), quickened for the streams that ask for it. */
let quick = false;

beforeAll(async () => {
  const real = globalThis.setInterval;
  const faster: Record<number, number> = { 20_000: 60, 45_000: 150 };
  globalThis.setInterval = ((work: () => void, ms: number, ...rest: unknown[]) =>
    real(work, quick ? (faster[ms] ?? ms) : ms, ...rest)) as typeof setInterval;
  stage = await setStage();
});
beforeEach(() => {
  quick = false;
});

const READ = 'plugin::whatsapp.inbox.read-inbox';

interface Event {
  name: string;
  id: number | null;
  data: Record<string, unknown>;
}

const open: AbortController[] = [];
afterEach(() => open.splice(0).forEach((controller) => controller.abort()));

/** Opens a stream and collects what comes until it ends. */
const listen = async (
  cursor?: number | string,
  headers: Record<string, string> = stage.admin,
  more: object = {},
) => {
  const controller = new AbortController();
  open.push(controller);
  const query = cursor === undefined ? '' : `?cursor=${cursor}`;
  const response = await fetch(`${stage.url}/whatsapp/stream${query}`, {
    headers: { ...headers, ...more },
    signal: controller.signal,
  });
  const stream = { status: response.status, headers: response.headers, text: '', ended: false };
  void (async () => {
    const decoder = new TextDecoder();
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      stream.text += decoder.decode(value, { stream: true });
    }
  })()
    .catch(() => undefined)
    .finally(() => (stream.ended = true));
  const events = (): Event[] =>
    stream.text
      .split('\n\n')
      .slice(0, -1)
      .filter((block) => block.includes('event: '))
      .map((block) => ({
        name: /^event: (.+)$/m.exec(block)?.[1] ?? '',
        id: Number(/^id: (.+)$/m.exec(block)?.[1] ?? NaN) || null,
        data: JSON.parse(/^data: (.+)$/m.exec(block)?.[1] ?? 'null'),
      }));
  const changes = (): Change[] =>
    events()
      .filter(({ name }) => name === 'change')
      .map(({ data }) => data as unknown as Change);
  return Object.assign(stream, {
    events,
    changes,
    close: () => controller.abort(),
    ready: () => until(events, (all) => all.some(({ name }) => name === 'ready')),
    end: () =>
      until(
        () => stream.ended,
        (ended) => ended,
        3_000,
      ),
  });
};

const table = () => stage.strapi.db.connection('whatsapp_changes');
const latest = async (): Promise<number> => Number((await table().max({ id: 'id' }))[0].id ?? 0);

/** Appends changes as a drain would, `count` at a time and faster than any test could by real messages. */
const append = async (count: number, organizationId = 1): Promise<void> => {
  const row = {
    organization_id: organizationId,
    integration_id: Number(stage.number.id),
    conversation_id: 1,
    message_id: 1,
    kind: 'message.updated',
    at: Date.now(),
  };
  for (let left = count; left > 0; left -= 100) await table().insert(Array(Math.min(100, left)).fill(row));
};

describe('opening the stream', () => {
  it('answers an event stream that no proxy may hold back or change', async () => {
    const stream = await listen();
    expect(stream.status).toBe(200);
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(stream.headers.get('cache-control')).toContain('no-transform');
    expect(stream.headers.get('x-accel-buffering')).toBe('no');
    await stream.ready();
    const [ready] = stream.events();
    expect(ready.name).toBe('ready');
    expect(ready.data.cursor).toBe(await latest());
    expect(Math.abs(Number(ready.data.serverTime) - Date.now())).toBeLessThan(5_000);
  });

  it('needs a session and the right to read the inbox or to deal with templates', async () => {
    expect((await listen(undefined, {})).status).toBe(401);
    expect((await listen(undefined, { Authorization: 'Bearer nonsense' })).status).toBe(401);
    expect((await listen(undefined, stage.token)).status).toBe(401);
    for (const actions of [
      [],
      ['plugin::whatsapp.inbox.send-messages'],
      ['plugin::whatsapp.settings.manage-integrations'],
    ]) {
      const token = await adminToken(stage.strapi, { actions });
      expect((await listen(undefined, { Authorization: `Bearer ${token}` })).status).toBe(403);
    }
    const reader = await adminToken(stage.strapi, { actions: [READ] });
    expect((await listen(undefined, { Authorization: `Bearer ${reader}` })).status).toBe(200);
  });

  it('tells whoever deals with templates alone of templates alone', async () => {
    const token = await adminToken(stage.strapi, { actions: [ACTIONS.approveTemplates] });
    const stream = await listen(undefined, { Authorization: `Bearer ${token}` });
    await stream.ready();
    const [{ id }] = await stage.strapi.db.connection('whatsapp_organizations').select('id').limit(1);
    const change = { organization_id: id, at: Date.now() };
    await stage.strapi.db.connection('whatsapp_changes').insert([
      { ...change, kind: 'message.created', conversation_id: 1, message_id: 1, integration_id: 1 },
      { ...change, kind: 'integration.updated', integration_id: 1 },
      { ...change, kind: 'template.updated' },
    ]);
    await until(stream.changes, (all) => all.some(({ kind }) => kind === 'template.updated'));
    expect(stream.changes().map(({ kind }) => kind)).toEqual(['template.updated']);
  });

  it('beats while nothing happens', async () => {
    quick = true;
    const stream = await listen();
    await until(
      () => stream.text.match(/^: beat$/gm)?.length ?? 0,
      (beats) => beats >= 2,
    );
  });
});

describe('what the stream tells', () => {
  it('is what changed, by id, never what was said', async () => {
    const stream = await listen();
    await stream.ready();
    const conversation = await newConversation(stage);
    const sent = await sendText(stage, conversation.id, 'a very private text');
    await reaches(stage, sent.id, ['delivered']);
    const seen = await until(stream.changes, (all) => all.filter((c) => c.messageId === sent.id).length >= 3);
    expect(seen[0]).toMatchObject({
      kind: 'message.created',
      integrationId: stage.number.id,
      conversationId: conversation.id,
    });
    for (const change of seen) {
      expect(Object.keys(change).sort()).toEqual([
        'conversationId',
        'id',
        'integrationId',
        'kind',
        'messageId',
      ]);
    }
    for (const { name, id, data } of stream.events()) if (name === 'change') expect(id).toBe(data.id);
    expect(stream.text).not.toMatch(/private|Hello|\+34/);
    await stage.http.post(`/api/whatsapp/conversations/${conversation.id}/read`).set(stage.token).expect(200);
    await until(stream.changes, (all) => all.some(({ kind }) => kind === 'conversation.updated'));
    await stage.http
      .put(`/api/whatsapp/integrations/${stage.number.id}`)
      .set(stage.token)
      .send({ name: 'Shop' })
      .expect(200);
    await until(stream.changes, (all) => all.some(({ kind }) => kind === 'integration.updated'));
    const ids = stream.changes().map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  it('reaches the screen soon after the commit', async () => {
    const stream = await listen();
    await stream.ready();
    const { id: conversationId } = await newConversation(stage);
    const begun = Date.now();
    const sent = await sendText(stage, conversationId, 'quick');
    await until(stream.changes, (all) => all.some(({ messageId }) => messageId === sent.id));
    expect(Date.now() - begun).toBeLessThan(1_500);
  });

  it('includes the simulator, to everyone and without a place in the feed', async () => {
    await stage.http.post('/whatsapp/sandbox').set(stage.admin).expect(200);
    const stream = await listen();
    await stream.ready();
    await stage.http.post('/whatsapp/simulator/customers').set(stage.admin).send({ name: 'Sim' }).expect(201);
    const [signal] = await until(
      () => stream.events().filter(({ name }) => name === 'simulator'),
      (all) => all.length > 0,
    );
    expect(signal).toEqual({ name: 'simulator', id: null, data: {} });
  });
});

describe('coming back', () => {
  it('goes on after the cursor over thousands of changes, over many cuts, without gap or repeat', async () => {
    const first = await latest();
    const seen: number[] = [];
    let cursor = first;
    let cutting = true;
    const writing = (async () => {
      // Longer than the cuts last: on a slow machine one of them may hear of everything that there is.
      for (let n = 0; n < 20 || cutting; n += 1) {
        await append(400);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    for (let cut = 0; cut < 8; cut += 1) {
      const stream = await listen(cursor);
      await until(stream.changes, (all) => all.length > 300);
      stream.close();
      const got = stream.changes().map(({ id }) => id);
      seen.push(...got);
      cursor = seen[seen.length - 1] ?? cursor;
    }
    cutting = false;
    await writing;
    const top = await latest();
    const last = await listen(cursor);
    seen.push(
      ...(await until(last.changes, (all) => (all[all.length - 1]?.id ?? cursor) >= top)).map(({ id }) => id),
    );
    const rows = (await table().where('id', '>', first).orderBy('id').select('id')) as { id: number }[];
    expect(rows.length).toBeGreaterThanOrEqual(8_000);
    const expected = rows.map(({ id }) => Number(id));
    if (stage.strapi.db.dialect.client === 'sqlite') expect(seen).toEqual(expected);
    // Where ids are handed out before the commit, what lies just before a cursor may be told again.
    else expect([...new Set(seen)].filter((id) => id > first).sort((a, b) => a - b)).toEqual(expected);
  });

  it('takes the cursor from Last-Event-ID as well', async () => {
    const before = await latest();
    await append(3);
    const stream = await listen(undefined, stage.admin, { 'Last-Event-ID': String(before) });
    const missed = await until(stream.changes, (all) => all.filter(({ id }) => id > before).length >= 3);
    expect(missed.filter(({ id }) => id > before).map(({ id }) => id)).toHaveLength(3);
  });

  it.each(['abc', '-1', '1.5', '', '9'.repeat(16)])('takes %j as "from now on"', async (cursor) => {
    await append(1);
    const stream = await listen(cursor);
    await stream.ready();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(stream.events().map(({ name }) => name)).toEqual(['ready']);
  });

  it('is told to load anew when its cursor is gone, or of another database', async () => {
    await append(50);
    const top = await latest();
    await table()
      .where('id', '<', top - 10)
      .delete();
    for (const cursor of [top - 30, top + 1_000]) {
      const stream = await listen(cursor);
      const events = await until(stream.events, (all) => all.length >= 2);
      expect(events.slice(0, 2).map(({ name }) => name)).toEqual(['ready', 'reload']);
      expect(events[1].data).toEqual({ cursor: await latest() });
    }
    const kept = await listen(top - 11);
    const { length } = await until(kept.changes, (all) => all.some(({ id }) => id === top));
    expect(length).toBeGreaterThanOrEqual(11);
  });
});

describe('who may no longer watch', () => {
  const watch = async () => {
    const before = await stage.strapi.db.query('admin::user').count();
    const token = await adminToken(stage.strapi, { actions: [READ] });
    const users = await stage.strapi.db
      .query('admin::user')
      .findMany({ populate: { roles: true }, orderBy: { id: 'asc' } });
    expect(users).toHaveLength(before + 1);
    const user = users[users.length - 1] as { id: number; roles: { id: number }[] };
    quick = true;
    const stream = await listen(undefined, { Authorization: `Bearer ${token}` });
    await stream.ready();
    await new Promise((resolve) => setTimeout(resolve, 400));
    // Asked more than once by now, and still allowed.
    expect(stream.ended).toBe(false);
    return { user, stream, token };
  };

  it.each<[string, (user: { id: number; roles: { id: number }[] }) => Promise<unknown>]>([
    [
      'signed out everywhere',
      ({ id }) => stage.strapi.sessionManager('admin').invalidateRefreshToken(String(id)),
    ],
    [
      'was deactivated',
      ({ id }) => stage.strapi.db.query('admin::user').update({ where: { id }, data: { isActive: false } }),
    ],
    [
      'was blocked',
      ({ id }) => stage.strapi.db.query('admin::user').update({ where: { id }, data: { blocked: true } }),
    ],
    ['was deleted', ({ id }) => stage.strapi.db.query('admin::user').delete({ where: { id } })],
    ['lost the right', ({ roles }) => stage.strapi.service('admin::role').assignPermissions(roles[0].id, [])],
    [
      'lost the role',
      ({ id }) => stage.strapi.db.query('admin::user').update({ where: { id }, data: { roles: [] } }),
    ],
  ])('who %s is cut off', async (_name, take) => {
    const { user, stream } = await watch();
    await take(user);
    await stream.end();
  });

  it('a sixth stream of one person ends the oldest', async () => {
    const token = await adminToken(stage.strapi, { actions: [READ] });
    const mine = { Authorization: `Bearer ${token}` };
    const streams = [];
    for (let n = 0; n < 6; n += 1) {
      streams.push(await listen(undefined, mine));
      await streams[n].ready();
    }
    await streams[0].end();
    await append(1);
    await until(streams[5].changes, (all) => all.length > 0);
    expect(streams.map(({ ended }) => ended)).toEqual([true, false, false, false, false, false]);
  });

  it('a browser that does not read is cut off; others do not notice', async () => {
    const reader = await listen();
    await reader.ready();
    const socket = net.connect(Number(new URL(stage.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    let closed = false;
    socket.on('close', () => (closed = true));
    socket.write(
      `GET /whatsapp/stream HTTP/1.1\r\nHost: x\r\nAuthorization: ${stage.admin.Authorization}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const before = await latest();
    const { connection } = stage.strapi.db;
    // More than the kernel holds for a sleeping reader (a few megabytes).
    const copy = 'organization_id, integration_id, conversation_id, message_id, kind, at';
    await append(3_000);
    for (let n = 0; n < 4; n += 1) {
      await connection.raw(
        `INSERT INTO whatsapp_changes (${copy}) SELECT ${copy} FROM whatsapp_changes WHERE id > ${before} LIMIT 20000`,
      );
    }
    const top = await latest();
    await until(
      () => reader.text.includes(`id: ${top}\n`),
      (there) => there,
      20_000,
    );
    const ids = reader.changes().map(({ id }) => id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.filter((id) => id > before)).toHaveLength(top - before);
    socket.resume();
    await until(
      () => closed,
      (value) => value,
      5_000,
    );
    expect(reader.ended).toBe(false);
  }, 60_000);
});

describe('another organization', () => {
  it('is neither live nor replayed on the wire', async () => {
    const acme = await addOrganization(stage, 'acme');
    const before = await latest();
    await append(2, acme);
    const stream = await listen(before);
    await stream.ready();
    await append(2, acme);
    await append(1);
    const top = await latest();
    const seen = await until(stream.changes, (all) => all.some(({ id }) => id === top));
    expect(seen.filter(({ id }) => id > before).map(({ id }) => id)).toEqual([top]);
  });
});

describe('stopping', () => {
  it('ends every stream', async () => {
    const streams = [await listen(), await listen()];
    for (const stream of streams) await stream.ready();
    await stage.stop();
    for (const stream of streams) await stream.end();
  });
});
