import type { DeliveryEvidence, StatusChanged } from '../../../../server/src/cloud-api/events';
import { planStatuses } from '../../../../server/src/inbound/evidence';
import type { Known, KnownMessage } from '../../../../server/src/inbound/lookup';
import type { Unit } from '../../../../server/src/inbound/plan';

const NOBODY = {
  phone: null,
  waId: null,
  userId: null,
  parentUserId: null,
  username: null,
  profileName: null,
};
const unit = (
  wamid: string,
  status: DeliveryEvidence,
  over: Partial<StatusChanged> = {},
): Unit<StatusChanged> => ({
  route: { integrationId: 1, organizationId: 1 },
  receivedAt: 1000,
  event: {
    kind: 'status.changed',
    wabaId: 'W',
    phoneNumberId: 'P',
    field: 'messages',
    timestamp: 500,
    wamid,
    status,
    recipient: NOBODY,
    opaque: null,
    error: null,
    pricing: null,
    ...over,
  },
});
const message = (over: Partial<KnownMessage>): KnownMessage => ({
  id: 1,
  organizationId: 1,
  integrationId: 1,
  conversationId: 9,
  state: 'accepted',
  type: 'text',
  wamid: 'w1',
  ...over,
});
const knowing = (
  byWamid: Record<string, KnownMessage>,
  bySendKey: Record<string, KnownMessage> = {},
): Known => ({
  names: new Map(),
  learnNames: () => undefined,
  conversation: () => undefined,
  contact: () => undefined,
  byWamid: (integration, wamid) => (integration === 1 ? byWamid[wamid] : undefined),
  bySendKey: (integration, key) => (integration === 1 ? bySendKey[key] : undefined),
  learn: () => undefined,
  parked: [],
  messageIds: [],
});
const describeError = ({ code }: { code: number }) => ({
  code: String(code),
  title: '',
  message: '',
  hint: null,
  retryable: false,
});
const plan = (units: Unit<StatusChanged>[], known: Known) => planStatuses(units, known, describeError);

describe('statuses of a drain', () => {
  it('of one message become one merge with the first time of each kind', () => {
    const { merges, touched } = plan(
      [
        unit('w1', 'read', { timestamp: 700 }),
        unit('w1', 'sent'),
        unit('w1', 'sent', { timestamp: 400 }),
        unit('w1', 'read', { timestamp: 900 }),
      ],
      knowing({ w1: message({}) }),
    );
    expect(merges).toEqual([
      {
        messageId: 1,
        wamid: 'w1',
        sendKey: null,
        at: { read: 700, sent: 400 },
        error: null,
        pricing: null,
      },
    ]);
    expect([...touched.keys()]).toEqual([1]);
  });

  it('find a message by our key while its wamid is not known', () => {
    const waiting = message({ wamid: '', state: 'unknown' });
    const { merges, settled } = plan([unit('w7', 'sent', { opaque: 'k' })], knowing({}, { k: waiting }));
    expect(merges).toMatchObject([{ messageId: 1, wamid: 'w7' }]);
    expect(settled).toEqual([waiting]);
  });

  it('with our key of an earlier try are of another message once a wamid is known', () => {
    const { merges, unknown } = plan(
      [unit('old', 'failed', { opaque: 'k' })],
      knowing({}, { k: message({ wamid: 'new' }) }),
    );
    expect(merges).toEqual([]);
    expect(unknown).toHaveLength(1);
  });

  it('believe the wamid before the key', () => {
    const { merges } = plan(
      [unit('w1', 'sent', { opaque: 'k' })],
      knowing({ w1: message({}) }, { k: message({ id: 2, wamid: '' }) }),
    );
    expect(merges).toMatchObject([{ messageId: 1 }]);
  });

  it('of messages that nobody knows, or of another number, are left over', () => {
    const elsewhere = { ...unit('w1', 'read'), route: { integrationId: 2, organizationId: 1 } };
    expect(plan([unit('w2', 'read'), elsewhere], knowing({ w1: message({}) })).unknown).toHaveLength(2);
  });

  it('close the window only for 131047', () => {
    const failed = (code: number) =>
      unit('w1', 'failed', { error: { code, title: null, message: null, details: null } });
    expect(plan([failed(131047)], knowing({ w1: message({}) })).closed).toEqual([
      { conversationId: 9, at: 500 },
    ]);
    expect(plan([failed(131026)], knowing({ w1: message({}) })).closed).toEqual([]);
    expect(plan([failed(131026)], knowing({ w1: message({}) })).merges[0].error).toMatchObject({
      code: '131026',
    });
  });

  it('settle a send only when its outcome was unknown', () => {
    expect(plan([unit('w1', 'sent')], knowing({ w1: message({ state: 'sending' }) })).settled).toEqual([]);
  });
});
