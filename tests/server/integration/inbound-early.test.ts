/** The two ways a webhook call can take through Strapi: before the host's middlewares, or past all of them. */
import { rowsOf } from '../support/rows';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

/** One message of somebody new, and its wamid. */
const somebodyWrites = (stage: Stage) => {
  const customer = hook.newCustomer();
  const message = hook.messageFrom(customer);
  const value = { contacts: [hook.contactOf(customer)], messages: [message] };
  return {
    wamid: String(message.id),
    payload: hook.delivery(stage.number, hook.change(stage.number, value)),
  };
};

describe.each([true, false])('with webhook.early: %s', (early) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ config: { webhook: { early } } });
  });
  afterAll(() => stage.stop());

  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data',
    null,
  ])('takes the exact bytes as %s', async (contentType) => {
    const { wamid, payload } = somebodyWrites(stage);
    const answer = await hook.post(stage, payload, { contentType });
    expect([answer.status, answer.text]).toEqual([200, 'ok']);
    expect(await rowsOf(stage.strapi).message(wamid)).toBeDefined();
  });

  it('answers what nobody signed 401 and too much 413, each with its code', async () => {
    const unsigned = await hook.post(stage, somebodyWrites(stage).payload, { signature: null });
    expect([unsigned.status, unsigned.json().error.details.code]).toEqual([401, 'invalid_signature']);
    const large = await hook.call(stage.url, {
      path: '/api/whatsapp/webhook',
      headers: { 'Content-Length': 5 * 1024 * 1024, 'X-Hub-Signature-256': `sha256=${'0'.repeat(64)}` },
    });
    expect([large.status, large.json().error.details.code]).toEqual([413, 'payload_too_large']);
  });

  it('passes the host’s own middlewares only when told to', async () => {
    const answer = await fetch(`${stage.url}/api/whatsapp/webhook`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(401);
    expect(answer.headers.has('content-security-policy')).toBe(!early);
  });

  it('leaves every other address alone', async () => {
    const answer = await fetch(`${stage.url}/api/whatsapp/webhook/a/b`, { method: 'POST', body: '{}' });
    expect([404, 405]).toContain(answer.status);
    const handshake = await fetch(`${stage.url}/api/whatsapp/webhook?hub.mode=subscribe`);
    expect(handshake.status).toBe(403);
  });
});
