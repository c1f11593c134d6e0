/** Strapi's own pages and APIs are no second way to our rows. */
import { adminToken } from '../../helpers/people';
import { newConversation } from '../support/rest';
import { setStage, type Stage } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await newConversation(stage);
});
afterAll(() => stage.stop());

const UIDS = [
  'organization',
  'integration',
  'contact',
  'contact-alias',
  'conversation',
  'message',
  'audit-entry',
  'delivery-log',
];

describe('the content manager', () => {
  it('opens no type of ours to somebody who may read and write content', async () => {
    const headers = {
      Authorization: `Bearer ${await adminToken(stage.strapi, { actions: ['plugin::upload.read'] })}`,
    };
    for (const name of UIDS) {
      for (const path of [
        `/content-manager/collection-types/plugin::whatsapp.${name}`,
        `/content-manager/collection-types/plugin::whatsapp.${name}/1`,
      ]) {
        const { status } = await stage.http.get(path).set(headers);
        expect([path, [403, 404].includes(status)]).toEqual([path, true]);
      }
    }
  });

  it('offers no right on a type of ours in the role editor', () => {
    const actions = stage.strapi.service('admin::permission').actionProvider.values() as {
      section: string;
      subjects?: string[];
      actionId: string;
    }[];
    const ours = actions.filter(({ subjects }) =>
      subjects?.some((uid) => uid.startsWith('plugin::whatsapp.')),
    );
    expect(ours).toEqual([]);
  });

  it('shows a super admin none of them, and no sealed secret by any way', async () => {
    const types = await stage.http.get('/content-manager/content-types').set(stage.admin).expect(200);
    const shown = (types.body.data as { uid: string; isDisplayed: boolean }[]).filter(
      ({ uid, isDisplayed }) => uid.startsWith('plugin::whatsapp.') && isDisplayed,
    );
    expect(shown).toEqual([]);
    for (const name of UIDS) {
      const { status, body } = await stage.http
        .get(`/content-manager/collection-types/plugin::whatsapp.${name}`)
        .set(stage.admin);
      expect([name, status, JSON.stringify(body).includes('ealed')]).toEqual([
        name,
        expect.any(Number),
        false,
      ]);
      expect([name, status]).not.toEqual([name, 200]);
    }
  });

  it('shows none of them however the type is spelled, nor through a relation', async () => {
    for (const path of [
      '/content-manager/collection-types/plugin%3A%3Awhatsapp.message',
      '/Content-Manager/collection-types/plugin::whatsapp.message',
      '/content-manager/relations/plugin::whatsapp.message/conversation',
      '/content-manager/collection-types/plugin::whatsapp.message/actions/countManyEntriesDraftRelations',
    ])
      expect([path, (await stage.http.get(path).set(stage.admin)).status]).toEqual([path, 404]);
  });

  it('has no REST routes of its own for them', async () => {
    for (const path of ['/api/integrations', '/api/whatsapp-integrations', '/api/messages', '/api/contacts'])
      expect((await stage.http.get(path).set(stage.token)).status).toBe(404);
  });
});
