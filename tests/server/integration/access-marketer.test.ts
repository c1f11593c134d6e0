/** Who may what from the start, before anybody granted anything. */
import type { Core } from '@strapi/strapi';
import { MARKETER as ROLE, offerMarketer } from '../../../server/src/access/marketer';
import { ACTIONS } from '../../../server/src/permissions';
import { createDatabase } from '../../../server/src/storage/database';
import { copyTemplate, type TestDatabase } from '../../helpers/database';
import { bootStrapi } from '../../helpers/strapi';

let database: TestDatabase;
beforeAll(async () => {
  database = await copyTemplate();
});
afterAll(() => database.drop());

const boot = async (work: (strapi: Core.Strapi) => Promise<void>): Promise<void> => {
  const { strapi, stop } = await bootStrapi({ database });
  await work(strapi).finally(stop);
};

/** Our rights by the name of the role. */
const rightsIn = async (strapi: Core.Strapi): Promise<Record<string, string[]>> => {
  const roles = (await strapi.db.query('admin::role').findMany({})) as { id: number; name: string }[];
  const rights: Record<string, string[]> = {};
  for (const { id, name } of roles) {
    const rows = await strapi.db.query('admin::permission').findMany({ where: { role: { id } } });
    rights[name] = (rows as { action: string }[])
      .map(({ action }) => action)
      .filter((action) => action.startsWith('plugin::whatsapp.'))
      .sort();
  }
  return rights;
};

const MARKETER = { where: { code: ROLE.code } };

it('the role Marketer is there with the everyday set; Editor and Author have nothing, a super admin everything', () =>
  boot(async (strapi) => {
    const { readInbox, sendMessages, startConversations, sendTemplates } = ACTIONS;
    const { assignConversations, editContacts, editConsent } = ACTIONS;
    const everyday = [readInbox, sendMessages, startConversations, sendTemplates, assignConversations];
    expect(await rightsIn(strapi)).toEqual({
      'Super Admin': Object.values(ACTIONS).sort(),
      Editor: [],
      Author: [],
      Marketer: [...everyday, editContacts, editConsent].sort(),
    });
  }));

it('two processes that start for the first time make one', () =>
  boot(async (strapi) => {
    const role = await strapi.db.query('admin::role').findOne(MARKETER);
    await strapi.service('admin::role').deleteByIds([role.id]);
    await strapi.store({ type: 'plugin', name: 'whatsapp' }).delete({ key: 'marketer_offered' });
    await strapi.db.connection('whatsapp_once').delete();
    const db = createDatabase(strapi);
    await Promise.all([1, 2, 3].map(() => offerMarketer(strapi, db, Date.now())));
    expect(await strapi.db.query('admin::role').findMany(MARKETER)).toHaveLength(1);
  }));

it('one that was begun by a process that died is made at a later start', () =>
  boot(async (strapi) => {
    const role = await strapi.db.query('admin::role').findOne(MARKETER);
    await strapi.service('admin::role').deleteByIds([role.id]);
    await strapi.store({ type: 'plugin', name: 'whatsapp' }).delete({ key: 'marketer_offered' });
    const db = createDatabase(strapi);
    await offerMarketer(strapi, db, Date.now());
    expect(await strapi.db.query('admin::role').findOne(MARKETER)).toBeNull();
    await offerMarketer(strapi, db, Date.now() + 2 * 60_000);
    expect(await strapi.db.query('admin::role').findMany(MARKETER)).toHaveLength(1);
  }));

it('what an admin takes from it stays taken', async () => {
  await boot(async (strapi) => {
    const role = await strapi.db.query('admin::role').findOne(MARKETER);
    const kept = { action: ACTIONS.readInbox, subject: null, conditions: [], properties: {} };
    await strapi.service('admin::role').assignPermissions(role.id, [kept]);
  });
  await boot(async (strapi) => {
    expect((await rightsIn(strapi)).Marketer).toEqual([ACTIONS.readInbox]);
  });
});

it('deleted, it does not come back', async () => {
  await boot(async (strapi) => {
    const role = await strapi.db.query('admin::role').findOne(MARKETER);
    await strapi.service('admin::role').deleteByIds([role.id]);
  });
  await boot(async (strapi) => {
    expect(await strapi.db.query('admin::role').findOne(MARKETER)).toBeNull();
  });
});
