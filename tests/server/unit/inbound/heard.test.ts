import type { Delivery } from '../../../../server/src/inbound/drain';
import { createHeard } from '../../../../server/src/inbound/heard';

const delivery = (...events: [integrationId: number, kind: string][]): Delivery =>
  ({
    units: events.map(([integrationId, kind]) => ({ route: { integrationId }, event: { kind } })),
  }) as Delivery;

const world = () => {
  const notes: { webhooks: number[]; messages: number[] }[] = [];
  const failures: unknown[] = [];
  const clock = { at: 1_000_000, broken: false };
  const heard = createHeard({
    now: () => clock.at,
    async note(numbers) {
      if (clock.broken) throw new Error('away');
      notes.push(numbers);
    },
    onError: (error) => failures.push(error),
  });
  return { heard, notes, failures, clock };
};

describe('when a number was last heard of', () => {
  it('is noted once for a batch, and apart for those that somebody wrote to', () => {
    const { heard, notes } = world();
    heard([delivery([1, 'status.changed'], [2, 'message.received']), delivery([2, 'message.received'])]);
    expect(notes).toEqual([{ webhooks: [1, 2], messages: [2] }]);
  });

  it('is written every few seconds at most, for each number', () => {
    const { heard, notes, clock } = world();
    heard([delivery([1, 'status.changed'])]);
    clock.at += 4_000;
    heard([delivery([1, 'status.changed'])]);
    heard([delivery([2, 'status.changed'])]);
    clock.at += 2_000;
    heard([delivery([1, 'message.received'])]);
    expect(notes.map(({ webhooks }) => webhooks)).toEqual([[1], [2], [1]]);
  });

  it('is nothing to fail a webhook for', async () => {
    const { heard, failures, clock } = world();
    clock.broken = true;
    expect(() => heard([delivery([1, 'message.received'])])).not.toThrow();
    await Promise.resolve();
    expect(failures).toHaveLength(1);
  });
});
