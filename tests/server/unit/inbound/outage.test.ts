import { WhatsAppError } from '../../../../server/src/errors';
import { BufferFull } from '../../../../server/src/inbound/buffer';
import { StorageUnavailable } from '../../../../server/src/inbound/drain';
import { createOutages } from '../../../../server/src/inbound/outage';

const setUp = () => {
  let at = 0;
  const told: string[] = [];
  const answerTo = createOutages(
    () => at,
    (why) => told.push(why),
  );
  return { answerTo, told, pass: (ms: number) => (at += ms) };
};

const FULL = new StorageUnavailable(
  Object.assign(
    new Error("insert into `whatsapp_messages` values ('my secret') - No space left - disk full"),
    {
      code: 'ER_DISK_FULL',
    },
  ),
);

it('answers 503 and says why, without the statement and its values', () => {
  const { answerTo, told } = setUp();
  expect(answerTo(FULL)).toMatchObject({ status: 503, code: 'storage_unavailable' });
  expect(told).toEqual(['ER_DISK_FULL: disk full']);
});

it('says it once in ten seconds, however many deliveries fail', () => {
  const { answerTo, told, pass } = setUp();
  for (let round = 0; round < 100; round += 1) answerTo(new BufferFull());
  expect(told).toEqual(['The webhook buffer is full']);
  pass(9_999);
  answerTo(FULL);
  expect(told).toHaveLength(1);
  pass(1);
  answerTo(FULL);
  expect(told).toEqual(['The webhook buffer is full', 'ER_DISK_FULL: disk full']);
});

it.each([
  ['the numbers cannot be looked up', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ['too much is being received', new WhatsAppError('storage_unavailable', 'Too much')],
])('is an outage too: %s', (_what, error) => {
  const { answerTo, told } = setUp();
  expect(answerTo(error)).toMatchObject({ status: 503 });
  expect(told).toHaveLength(1);
});

it.each([new WhatsAppError('invalid_signature', 'No'), new Error('A mistake of ours'), null])(
  'leaves %s as it is',
  (error) => {
    const { answerTo, told } = setUp();
    expect(answerTo(error)).toBe(error);
    expect(told).toEqual([]);
  },
);
