/** After somebody changed their number, answers go to the new one, whatever still arrives from the old. */
import { rowsOf, type Row, type Rows } from '../support/rows';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

let stage: Stage;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const send = async (...messages: hook.Json[]): Promise<void> => {
  const payload = hook.delivery(stage.number, hook.change(stage.number, { messages }));
  expect((await hook.post(stage, payload)).status).toBe(200);
};
const moved = (old: hook.Customer, next: hook.Customer, at = hook.nowSeconds()): hook.Json => ({
  id: hook.newWamid(),
  timestamp: String(at),
  type: 'system',
  from: old.phone,
  system: { type: 'user_changed_number', body: 'changed', wa_id: next.phone, user_id: next.userId },
});
/** The one contact behind a name. */
const contactOf = async (value: string | undefined): Promise<Row> => {
  const [alias] = await rows.all('contact_aliases', { value });
  return (await rows.all('contacts', { id: alias.contact_id }))[0];
};
const addressOf = async (value: string | undefined): Promise<unknown[]> => {
  const { phone, wa_id, user_id } = await contactOf(value);
  return [phone, wa_id, user_id];
};
const address = ({ phone, userId }: hook.Customer): unknown[] => [`+${phone}`, phone, userId];

it('a message from the old number in the delivery of the change', async () => {
  const [old, next] = [hook.newCustomer(), hook.newCustomer()];
  await send(hook.messageFrom(old));
  await send(hook.messageFrom(old), moved(old, next));
  expect(await addressOf(next.phone)).toEqual(address(next));
  expect((await contactOf(old.phone)).id).toBe((await contactOf(next.phone)).id);
  const [alias] = await rows.all('contact_aliases', { value: old.phone });
  expect(Number(alias.superseded_at)).toBeGreaterThan(0);
  expect(await rows.conversationsOf(old)).toMatchObject([{ unread_count: 2 }]);
});

it('a message from the old number that comes hours later, and the change told again', async () => {
  const [old, next, last] = [hook.newCustomer(), hook.newCustomer(), hook.newCustomer()];
  const change = moved(old, next, hook.nowSeconds() - 60);
  await send(hook.messageFrom(old, { timestamp: String(hook.nowSeconds() - 90) }));
  await send(change);
  await send(hook.messageFrom(old, { timestamp: String(hook.nowSeconds() - 80) }));
  expect(await addressOf(old.phone)).toEqual(address(next));
  await send(moved(next, last));
  await send(change);
  expect(await addressOf(old.phone)).toEqual(address(last));
  await send(hook.messageFrom(last));
  expect(await rows.conversationsOf(old)).toMatchObject([{ unread_count: 3 }]);
});

it('writes only what a delivery told: what another process learned meanwhile stays', async () => {
  const { savePeople } = await import('../../../server/src/contacts/batch');
  const { createPeople } = await import('../../../server/src/contacts/people');
  const { createDatabase } = await import('../../../server/src/storage/database');
  const ana = hook.newCustomer();
  await send(hook.messageFrom(ana));
  const { id } = await contactOf(ana.phone);
  const stale = { profileName: 'Ana', phone: `+${ana.phone}`, waId: String(ana.phone), userId: '' };
  const people = createPeople(() => ({
    id: Number(id),
    supersededAt: null,
    fields: { parentUserId: '', username: '', ...stale },
  }));
  const told = { ...stale, profileName: 'Ana P.', userId: null, parentUserId: null, username: null };
  people.resolve(1, told, null, Date.now());
  await stage.strapi.db
    .connection('whatsapp_contacts')
    .where({ id })
    .update({ phone: '+19', username: 'ana' });
  const db = createDatabase(stage.strapi);
  await db.transaction((tx) => savePeople(db, tx, people, Date.now()));
  expect(await contactOf(ana.phone)).toMatchObject({
    phone: '+19',
    username: 'ana',
    user_id: ana.userId,
    profile_name: 'Ana P.',
  });
});
