/** The audit trail: who did what to which thing, from where. */
import { setStage, type Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

describe('the table of the audit trail', () => {
  it('exists', async () => {
    const rows = await stage.strapi.db.connection('whatsapp_audit_entries').select('*');
    expect(Array.isArray(rows)).toBe(true);
  });
});
