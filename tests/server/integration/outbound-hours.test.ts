/** Business hours hold back what the business begins, and nothing else. */
import { acceptsOf, message, newConversation, reaches, send, sendText, verdictOf } from '../support/rest';
import { openDaily, setStage, type Stage } from '../support/stage';

let stage: Stage;
/** Until when it is closed: some hours from now, whatever the clock says. */
let opensAt: string;
beforeAll(async () => {
  stage = await setStage();
  const now = new Date();
  const later = now.getUTCHours() < 12;
  await openDaily(stage, later ? '15:00' : '03:00', later ? '16:00' : '04:00');
  const opening = new Date(now);
  opening.setUTCHours(later ? 15 : 27, 0, 0, 0);
  opensAt = opening.toISOString();
});
afterAll(() => stage.stop());

let people = 0;
const begin = (over: object = {}) => {
  people += 1;
  const to = `+1415555${7000 + people}`;
  return send(stage, { to, integrationId: stage.number.id, template: 'hello_world', ...over });
};

it('a template to somebody whose window is closed waits until they begin', async () => {
  const { status, body } = await begin();
  expect([status, body.data.status, body.data.scheduledAt]).toEqual([202, 'scheduled', opensAt]);
  expect((await message(stage, body.data.id as string)).wamid).toBeNull();
});

it('it is refused when the caller would rather not wait, and told when they begin', async () => {
  const { status, body } = await begin({ hours: 'refuse' });
  expect([status, body.error.details]).toEqual([
    409,
    expect.objectContaining({ code: 'outside_business_hours', opensAt }),
  ]);
});

it('it goes at once when the caller says so', async () => {
  const { body } = await begin({ hours: 'ignore' });
  expect((await reaches(stage, body.data.id as string, ['delivered'])).scheduledAt).toBeNull();
});

it('an answer is not held back, be it a text or a template', async () => {
  const { id } = await newConversation(stage);
  await sendText(stage, id, 'We are closed but here');
  const { status, body } = await send(stage, { conversationId: id, template: 'hello_world' });
  expect([status, body.data.status]).not.toEqual([202, 'scheduled']);
  await reaches(stage, body.data.id as string, ['delivered']);
  expect(acceptsOf(stage, 'We are closed but here')).toBe(1);
});

it('an unknown wish is refused by name', async () => {
  expect(await verdictOf(begin({ hours: 'perhaps' }))).toEqual([400, 'validation_failed']);
});
