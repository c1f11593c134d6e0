/** What goes by itself after its time, and what stays. */
import { createMaintenance } from '../../../server/src/maintenance';
import { createDatabase } from '../../../server/src/storage/database';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const DAY = 24 * 60 * 60 * 1000;
const RETENTION = { deliveryLogDays: 14, changeHours: 48, auditDays: 730 };
const nothing = async (): Promise<void> => undefined;

/** A fresh one, which is due at once: the running one has just pruned. */
const maintain = (): Promise<void> =>
  createMaintenance({
    db: createDatabase(stage.strapi),
    outbox: { abandoned: async () => [], unsettled: async () => [] } as never,
    now: Date.now,
    abandonedAfterMs: 30_000,
    retention: RETENTION,
    keepPayloadDays: 7,
    saveRejected: nothing,
    applyParked: nothing,
    dropOldParked: nothing,
    scheduled: nothing,
    sweep: nothing,
    showOrphanedEdits: nothing,
    dropUnfinishedFiles: nothing,
    dropOrphanedFiles: nothing,
    notify: () => undefined,
    onError(error) {
      throw error;
    },
  })();

const log = () => stage.strapi.db.connection('whatsapp_delivery_log');
const received = async (): Promise<number> => {
  const before = ((await log().max('id as id').first()) as { id: number | null }).id ?? 0;
  const answer = await hook.post(
    stage,
    hook.delivery(
      stage.number,
      hook.change(stage.number, {
        contacts: [hook.contactOf(hook.newCustomer())],
        messages: [hook.messageFrom(hook.newCustomer())],
      }),
    ),
  );
  expect(answer.status).toBe(200);
  return Number(((await log().where('id', '>', before).first('id')) as { id: number }).id);
};

it('a webhook call of 400 days ago is gone from the log, one of yesterday is there', async () => {
  const [ancient, older, recent] = [await received(), await received(), await received()];
  await log()
    .where({ id: ancient })
    .update({ received_at: Date.now() - 400 * DAY });
  await log()
    .where({ id: older })
    .update({ received_at: Date.now() - 15 * DAY });
  await log()
    .where({ id: recent })
    .update({ received_at: Date.now() - DAY });
  await maintain();
  expect(
    (await log().whereIn('id', [ancient, older, recent]).select('id')).map(({ id }) => Number(id)),
  ).toEqual([recent]);
});

it('trap: all payloads are logged for ever', async () => {
  const [old, recent] = [await received(), await received()];
  const bodies = async () =>
    (await log().whereIn('id', [old, recent]).orderBy('id').select('body')).map(({ body }) => body !== null);
  expect(await bodies()).toEqual([true, true]);
  await log()
    .where({ id: old })
    .update({ received_at: Date.now() - 8 * DAY });
  await maintain();
  expect(await bodies()).toEqual([false, true]);
});
