/** What time and later news make of stored messages: upgrades, lost originals, placeholders, a second attempt. */
import { showOrphanedEdits } from '../../../server/src/inbound/orphans';
import { mergeStatuses } from '../../../server/src/messages/batch';
import { createReread } from '../../../server/src/messages/reread';
import { failureOfStatus } from '../../../server/src/outbound/failure';
import { createDatabase } from '../../../server/src/storage/database';
import { json, rowsOf, type Row, type Rows } from '../support/rows';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

let stage: Stage;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const send = async (payload: hook.Json): Promise<void> => {
  expect((await hook.post(stage, payload)).status).toBe(200);
};
const messages = () => stage.strapi.db.connection('whatsapp_messages');
const change = (field: string, value: hook.Json) =>
  hook.delivery(stage.number, { ...hook.change(stage.number, value), field });

describe('after an upgrade', () => {
  const run = () =>
    createReread({
      db: createDatabase(stage.strapi),
      now: Date.now,
      notify: () => undefined,
      wake: () => undefined,
    }).run(0);

  it('what an older version did not understand is read again, once; state and place stay', async () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana, { text: { body: 'now I know' } });
    await send(hook.from(stage.number, ana, message));
    const before = (await rows.message(message.id as string)) as Row;
    await messages()
      .where({ id: before.id })
      .update({ message_type: 'unsupported', text: '', content: '{"history":true}', normaliser_version: 0 });
    await run();
    const after = (await rows.message(message.id as string)) as Row;
    expect(after).toMatchObject({ message_type: 'text', text: 'now I know', normaliser_version: 1 });
    expect(json(after.content)).toEqual({ history: true });
    expect([after.written_at, after.delivery_status]).toEqual([before.written_at, before.delivery_status]);
    const told = await rows.count('changes', { message_id: before.id });
    await run();
    expect(await rows.count('changes', { message_id: before.id })).toBe(told);
  });

  it('an edited text is left as the edit made it', async () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana);
    await send(hook.from(stage.number, ana, message));
    await messages()
      .where({ wamid: message.id })
      .update({ text: 'edited', edited_at: Date.now(), normaliser_version: 0 });
    await run();
    expect(await rows.message(message.id as string)).toMatchObject({ text: 'edited' });
  });
});

it('an edit of a message that never came is shown by itself, with what else waited for it', async () => {
  const ana = hook.newCustomer();
  const lost = hook.newWamid();
  const edit = { original_message_id: lost, message: { type: 'text', text: { body: 'mended' } } };
  await send(hook.from(stage.number, ana, hook.messageFrom(ana, { type: 'edit', text: undefined, edit })));
  await send(hook.from(stage.number, ana, hook.reactionTo(ana, lost, '👍')));
  const db = createDatabase(stage.strapi);
  expect(await showOrphanedEdits(db, failureOfStatus, Date.now())).toBe(0);
  expect(await showOrphanedEdits(db, failureOfStatus, Date.now() + 11 * 60 * 1000)).toBe(1);
  const row = (await rows.message(lost)) as Row;
  expect(row).toMatchObject({ text: 'mended', contact_reaction: '👍', direction: 'inbound' });
  expect(row.edited_at).not.toBeNull();
  expect(json<Row>(row.content)).not.toHaveProperty('edits');
  expect(await rows.count('parked_statuses', { wamid: lost })).toBe(0);
  const [conversation] = await rows.conversationsOf(ana);
  expect(conversation.last_inbound_at).toBeNull();
});

it('gotcha 45: history fills its placeholder, brings its state, counts nothing and opens nothing', async () => {
  const ana = hook.newCustomer();
  const [picture, ours] = [hook.newWamid(), hook.newWamid()];
  const element = {
    id: picture,
    timestamp: String(hook.nowSeconds() - 60),
    from: ana.phone,
    from_user_id: ana.userId,
  };
  await send(change('history', { messages: [{ ...element, type: 'media_placeholder' }] }));
  expect(await rows.message(picture)).toMatchObject({ message_type: 'unsupported', media: null });
  const image = { id: 'late', mime_type: 'image/png', caption: 'The sea' };
  await send(change('history', { messages: [{ ...element, type: 'image', image }] }));
  const row = (await rows.message(picture)) as Row;
  expect(row).toMatchObject({ message_type: 'image', text: 'The sea' });
  expect(json(row.media)).toMatchObject({ id: 'late' });
  const echo = {
    id: ours,
    timestamp: element.timestamp,
    from: stage.number.phoneNumber.slice(1),
    to: ana.phone,
  };
  const past = { ...echo, type: 'text', text: { body: 'Hi' }, history_context: { status: 'READ' } };
  await send(change('history', { message_echoes: [past] }));
  expect(await rows.message(ours)).toMatchObject({
    direction: 'outbound',
    origin: 'phone_app',
    delivery_status: 'read',
  });
  const [conversation] = await rows.conversationsOf(ana);
  expect(conversation).toMatchObject({ unread_count: 0, last_inbound_at: null });
});

it('a late status of the first attempt does not touch the second, even when both were looked up together', async () => {
  const ana = hook.newCustomer();
  const message = hook.messageFrom(ana);
  await send(hook.from(stage.number, ana, message));
  const row = (await rows.message(message.id as string)) as Row;
  await messages()
    .where({ id: row.id })
    .update({ direction: 'outbound', delivery_status: 'queued', wamid: null, send_key: 'second' });
  const db = createDatabase(stage.strapi);
  const merge = { messageId: Number(row.id), error: null, pricing: null, at: { read: Date.now() } };
  await db.transaction((tx) => mergeStatuses(db, tx, [{ ...merge, wamid: 'wamid.first', sendKey: 'first' }]));
  expect((await rows.all('messages', { id: row.id }))[0]).toMatchObject({
    delivery_status: 'queued',
    wamid: null,
  });
  await db.transaction((tx) =>
    mergeStatuses(db, tx, [{ ...merge, wamid: 'wamid.second', sendKey: 'second' }]),
  );
  expect((await rows.all('messages', { id: row.id }))[0]).toMatchObject({
    delivery_status: 'read',
    wamid: 'wamid.second',
  });
});

it('gotcha 19: a status that names phone and user id together makes them one person, in either order', async () => {
  const hidden = hook.hidden();
  const phone = '14159990001';
  const message = hook.messageFrom(hidden);
  await send(hook.from(stage.number, hidden, message));
  await send(
    hook.statuses(
      stage.number,
      hook.statusOf(hook.newWamid(), 'delivered', { recipient_id: phone, recipient_user_id: hidden.userId }),
    ),
  );
  const known = hook.newCustomer({ phone, userId: undefined });
  await send(hook.from(stage.number, known, hook.messageFrom(known)));
  const [conversation, ...others] = await rows.conversationsOf({ phone, userId: hidden.userId });
  expect(others.filter(({ id }) => id !== conversation.id)).toEqual([]);
  expect(await rows.count('messages', { conversation_id: conversation.id })).toBe(2);
});

it('a click on a marketing message is kept once', async () => {
  const click = {
    timestamp: String(hook.nowSeconds()),
    action_type: 'marketing_messages_link_click',
    marketing_messages_link_click_data: { tracking_token: 'tk', click_id: 'c' },
  };
  const payload = hook.delivery(stage.number, hook.change(stage.number, { user_actions: [click] }));
  await send(payload);
  await send(payload);
  expect(await rows.count('user_actions', { tracking_token: 'tk' })).toBe(1);
});
