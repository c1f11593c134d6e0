/** Erasing a number leaves nothing of what was said on it, whatever arrives meanwhile. */
import fs from 'node:fs';
import path from 'node:path';

import { normaliseWebhook } from '../../../server/src/cloud-api/normalise';
import { createDrain, type Delivery } from '../../../server/src/inbound/drain';
import { createDatabase } from '../../../server/src/storage/database';
import { itOnServer } from '../support/only-on';
import { rowsOf, type Rows } from '../support/rows';
import { setStage, until, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

let stage: Stage;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const erase = (id: string) =>
  stage.http.delete(`/api/whatsapp/integrations/${id}?history=erase`).set(stage.token).expect(204);

it('removes the received files and what is in quarantine, of this number only', async () => {
  const [number, other] = [await stage.addNumber(), stage.number];
  const { media } = stage.strapi.config.get<{ media: { directory: string } }>('plugin::whatsapp');
  const customer = stage.simulator.customers.add({ name: 'Ana', phone: '+34600555123' });
  const files: string[] = [];
  for (const { phoneNumberId } of [number, other]) {
    const { wamid } = await stage.simulator.play(customer.id, phoneNumberId, { type: 'image' });
    const message = await until(
      () => rows.message(String(wamid)),
      (row) => row !== undefined,
    );
    files.push(path.join(media.directory, String(message?.organization_id), String(message?.id)));
    await stage.strapi.db.connection('whatsapp_quarantine').insert({
      organization_id: message?.organization_id,
      received_at: Date.now(),
      phone_number_id: phoneNumberId,
      reason: 'poison',
      event: '{}',
    });
  }
  const there = () => files.map((file) => fs.existsSync(file));
  await until(there, (all) => all.every(Boolean));
  await erase(number.id);
  expect(there()).toEqual([false, true]);
  expect(await rows.count('quarantine', { phone_number_id: number.phoneNumberId })).toBe(0);
  expect(await rows.count('quarantine', { phone_number_id: other.phoneNumberId })).toBe(1);
});

describe('a webhook that was routed before the number was gone', () => {
  const deliver = (
    number: Stage['number'],
    id = Number(number.id),
  ): { delivery: Delivery; wamid: string } => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana);
    const receivedAt = Date.now();
    const events = normaliseWebhook(hook.from(number, ana, message), receivedAt);
    const route = { integrationId: id, organizationId: 1 };
    const record: Delivery['record'] = {
      organizationId: 1,
      receivedAt,
      outcome: 'applied',
      webhookKey: null,
      bytes: 1,
      events: events.length,
      summary: {},
      body: null,
    };
    const units = events.map((event) => ({ event, route, receivedAt }));
    return { delivery: { units, record }, wamid: message.id as string };
  };
  const drain = (...deliveries: Delivery[]) =>
    createDrain(
      createDatabase(stage.strapi),
      () => ({ code: 1, title: '', message: '' }) as never,
      Date.now,
    )(deliveries);

  it('is dropped, not quarantined, and its neighbours are stored', async () => {
    const [gone, good] = [deliver(stage.number, 999_999), deliver(stage.number)];
    const before = await rows.totals();
    expect(await drain(gone.delivery, good.delivery)).toMatchObject({ quarantined: 0 });
    expect(await rows.message(gone.wamid)).toBeUndefined();
    expect(await rows.message(good.wamid)).toBeDefined();
    const after = await rows.totals();
    expect(after).toMatchObject({ messages: before.messages + 1, quarantine: before.quarantine });
    expect([gone.delivery.record.outcome, good.delivery.record.outcome]).toEqual(['ignored', 'applied']);
  });

  // SQLite has one writer: nothing can come in between there.
  itOnServer('and is written while it is being erased leaves nothing', async () => {
    const number = await stage.addNumber();
    const known = deliver(number);
    await drain(known.delivery);
    const [conversation] = await rows.all('conversations', { integration_id: Number(number.id) });
    const { connection } = stage.strapi.db;
    const open = await connection.transaction();
    const { id: _id, document_id: _key, ...columns } = conversation;
    const ana = await open('whatsapp_contacts').where({ id: conversation.contact_id }).first();
    const twin = { ...ana, id: undefined, document_id: 'twinofana' };
    await open('whatsapp_contacts').insert({ ...twin, id: 900_001 });
    await open('whatsapp_conversations').insert({
      ...columns,
      id: 900_001,
      document_id: 'raced',
      contact_id: 900_001,
    });
    const erased = erase(number.id).then(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await open.commit();
    await erased;
    expect(await rows.count('conversations', { integration_id: null })).toBe(0);
    expect(await rows.count('conversations', { document_id: 'raced' })).toBe(0);
  });
});
