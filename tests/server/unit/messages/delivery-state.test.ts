import { mergeEvidence, stateOf, type Evidence } from '../../../../server/src/messages/delivery-state';
import { evidenceOf, expectedState, KINDS, permutations, seeded, subsets } from '../../support/evidence';

describe('delivery state', () => {
  it('is the same for every order of every set of news', () => {
    let cases = 0;
    for (const set of subsets(KINDS)) {
      for (const order of permutations(set)) {
        const evidence = order.reduce<Evidence>(
          (known, kind, i) => mergeEvidence(known, evidenceOf(kind, 100 + i)),
          {},
        );
        expect(stateOf(evidence, 'sending')).toBe(expectedState(set, 'sending'));
        cases += 1;
      }
    }
    expect(cases).toBe(1957);
  });

  it('is the same when any news are told again, in any grouping, and keeps the first time of each', () => {
    const seed = Date.now() % 1_000_000;
    const random = seeded(seed);
    for (let round = 0; round < 2_000; round += 1) {
      const news = Array.from({ length: 1 + Math.floor(random() * 12) }, () => ({
        kind: KINDS[Math.floor(random() * KINDS.length)],
        at: Math.floor(random() * 1000),
      }));
      const half = Math.floor(random() * news.length);
      const fold = (list: typeof news): Evidence =>
        list.reduce<Evidence>((known, { kind, at }) => mergeEvidence(known, evidenceOf(kind, at)), {});
      const shuffled = [...news, ...news].sort(() => random() - 0.5);
      const merged = fold(shuffled);
      const grouped = mergeEvidence(fold(news.slice(half)), fold(news.slice(0, half)));
      const first = Object.fromEntries(
        [...new Set(news.map(({ kind }) => kind))].map((kind) => [
          kind,
          Math.min(...news.filter((one) => one.kind === kind).map(({ at }) => at)),
        ]),
      );
      expect({ seed, merged }).toEqual({ seed, merged: first });
      expect({ seed, grouped }).toEqual({ seed, grouped: first });
    }
  });

  it.each([
    ['a late sent does not hide a failure', { failed: 1, sent: 9 }, 'failed'],
    ['the person has it although a second device failed', { delivered: 1, failed: 9 }, 'delivered'],
    ['read without delivered', { read: 5 }, 'read'],
    ['played implies everything', { played: 5, sent: 9, failed: 9 }, 'played'],
    ['a time of 0 is a time', { sent: 0 }, 'sent'],
  ] as const)('%s', (_name, evidence, expected) => expect(stateOf(evidence, 'accepted')).toBe(expected));

  it.each(['scheduled', 'queued', 'sending', 'unknown', 'cancelled', 'received'] as const)(
    'stays %s while nothing is known and moves with the first news',
    (before) => {
      expect(stateOf({}, before)).toBe(before);
      expect(stateOf({ sent: 1 }, before)).toBe('sent');
    },
  );

  it('merging changes neither side', () => {
    const a: Evidence = { sent: 5 };
    const b: Evidence = { sent: 3, read: 9 };
    mergeEvidence(a, b);
    expect([a, b]).toEqual([{ sent: 5 }, { sent: 3, read: 9 }]);
  });
});
