/** The fixed paths on a site whose own REST API is elsewhere. */
import { apiToken } from '../../helpers/people';
import { bootStrapi, type BootedStrapi } from '../../helpers/strapi';

let site: BootedStrapi;
beforeAll(async () => {
  site = await bootStrapi({ settings: { 'api.rest.prefix': '/rest' } });
});
afterAll(() => site.stop());

it('the second set of paths keeps its own prefix', async () => {
  const headers = { Authorization: `Bearer ${await apiToken(site.strapi, { type: 'full-access' })}` };
  expect((await site.http.get('/rest/whatsapp/integrations').set(headers)).status).toBe(200);
  expect((await site.http.get('/api/v1/integrations').set(headers)).body.data).toEqual([]);
  const answer = await site.http.post('/api/v1/crm/whatsapp/webhook').send({});
  expect([answer.status, answer.body.error]).toEqual([401, 'invalid_signature']);
});
