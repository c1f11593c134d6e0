/** A number's health is read without anybody asking: once it is connected, and again when it is due. */
import type { Integration } from '../../../server/src/integrations/contract';
import { setStage, until, type Stage } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ config: { health: { enabled: true, everyMinutes: 1 } } });
});
afterAll(() => stage.stop());

const MINUTE = 60_000;
const row = () => stage.strapi.db.connection('whatsapp_integrations').where({ id: Number(stage.number.id) });
const shown = async (): Promise<Integration> =>
  (
    (await stage.http.get(`/api/whatsapp/integrations/${stage.number.id}`).set(stage.token)).body as {
      data: Integration;
    }
  ).data;

/** The minute comes when the test says so: Strapi's own task, run by hand. */
const minute = async (): Promise<void> => {
  const task = stage.strapi.cron.jobs.find(({ name }) => name === 'whatsapp-health');
  await (task as unknown as { job: { trigger(): Promise<void> } }).job.trigger();
};

it('a new number is read by itself, and the next time lies a minute ahead, give or take a tenth', async () => {
  // As just connected: the simulator learns of the number a moment later than the schedule.
  await row().update({ health_due_at: 0 });
  await minute();
  const { health } = await until(shown, (number) => number.health?.qualityRating === 'GREEN');
  expect(health).toMatchObject({ status: 'CONNECTED', qualityRating: 'GREEN' });
  const { health_due_at: due, health_checked_at: checked } = (await row().first()) as Record<string, unknown>;
  const ahead = Number(due) - Number(checked);
  expect(ahead).toBeGreaterThanOrEqual(0.85 * MINUTE);
  expect(ahead).toBeLessThanOrEqual(1.15 * MINUTE);
});

it('what changed at Meta shows once it is due again, and is not asked for before', async () => {
  stage.simulator.faults.set('quality-low', { phoneNumberId: stage.number.phoneNumberId });
  await minute();
  expect((await shown()).health?.qualityRating).toBe('GREEN');
  await row().update({ health_due_at: 0 });
  await minute();
  const { qualityRating } = await until(shown, (number) => number.qualityRating !== 'GREEN');
  expect(qualityRating).toBe('RED');
});

it('a reading that Meta does not answer is told in the log, and says nothing about the number', async () => {
  const told = jest.spyOn(stage.strapi.log, 'error').mockImplementation(() => stage.strapi.log);
  stage.simulator.faults.set('meta-down');
  await row().update({ health_due_at: 0 });
  await minute();
  await until(
    () => told.mock.calls.map(([line]) => String(line)),
    (lines) => lines.some((line) => line.includes('GraphError')),
  );
  told.mockRestore();
  expect((await shown()).status).not.toBe('error');
});
