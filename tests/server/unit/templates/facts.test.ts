import { editingOf } from '../../../../server/src/templates/editing';
import { factsAfterListing, tidy, type TemplateFacts } from '../../../../server/src/templates/facts';
import { readListed, type ListedTemplate } from '../../../../server/src/templates/listing';

const facts = (over: Partial<TemplateFacts> = {}): TemplateFacts => ({
  status: 'APPROVED',
  statusAt: null,
  category: 'UTILITY',
  rejectedReason: null,
  rejectionAdvice: null,
  nextCategory: null,
  nextCategoryAt: null,
  previousCategory: null,
  pausedUntil: null,
  quality: null,
  ...over,
});
const listed = (over: Record<string, unknown> = {}): ListedTemplate =>
  readListed({
    id: '1',
    name: 'a',
    language: 'en',
    category: 'UTILITY',
    status: 'APPROVED',
    ...over,
  }) as ListedTemplate;

describe('what a listing changes about known facts', () => {
  it('leaves advice and the end of a pause, which no listing tells', () => {
    const rejected = facts({ status: 'REJECTED', rejectionAdvice: 'Say less.', statusAt: 1_000 });
    expect(
      factsAfterListing(rejected, listed({ status: 'REJECTED', rejected_reason: 'PROMOTIONAL' }), 2_000),
    ).toMatchObject({ rejectionAdvice: 'Say less.', rejectedReason: 'PROMOTIONAL' });
    const paused = facts({ status: 'PAUSED', pausedUntil: 9_000 });
    expect(factsAfterListing(paused, listed({ status: 'PAUSED' }), 2_000).pausedUntil).toBe(9_000);
    expect(factsAfterListing(paused, listed(), 2_000).pausedUntil).toBeNull();
    expect(factsAfterListing(rejected, listed(), 2_000)).toMatchObject({
      rejectionAdvice: null,
      rejectedReason: null,
    });
  });

  it('does not undo a status that a webhook told since the listing began', () => {
    const told = facts({ status: 'PAUSED', statusAt: 5_000, pausedUntil: 9_000 });
    expect(factsAfterListing(told, listed(), 4_000)).toMatchObject({ status: 'PAUSED', pausedUntil: 9_000 });
    expect(factsAfterListing(told, listed(), 5_900).status).toBe('PAUSED');
    expect(factsAfterListing(told, listed(), 6_000).status).toBe('APPROVED');
  });

  it('knows the category that is to come, and when it has come', () => {
    const waiting = factsAfterListing(facts(), listed({ correct_category: 'MARKETING' }), 0);
    expect(waiting).toMatchObject({ category: 'UTILITY', nextCategory: 'MARKETING', previousCategory: null });
    const told = { ...waiting, nextCategoryAt: 7_000 };
    expect(factsAfterListing(told, listed({ correct_category: 'MARKETING' }), 0).nextCategoryAt).toBe(7_000);
    expect(factsAfterListing(told, listed(), 0)).toMatchObject({
      nextCategory: 'MARKETING',
      nextCategoryAt: 7_000,
    });
    expect(factsAfterListing(told, listed({ category: 'MARKETING' }), 0)).toMatchObject({
      category: 'MARKETING',
      previousCategory: 'UTILITY',
      nextCategory: null,
      nextCategoryAt: null,
    });
  });

  it('keeps nothing that does not fit', () => {
    expect(
      tidy(facts({ rejectedReason: 'SCAM', pausedUntil: 3, nextCategory: 'UTILITY', nextCategoryAt: 4 })),
    ).toEqual(facts());
  });
});

describe('whether Meta takes a change', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const hours = (count: number): number => now - count * 3_600_000;
  it.each([
    ['approved, never changed', 'APPROVED', [], { allowed: true, reason: null, used30Days: 0 }],
    [
      'approved, changed an hour ago',
      'APPROVED',
      [hours(1)],
      { allowed: false, reason: 'day', nextAt: '2026-11-23T11:00:00.000Z' },
    ],
    ['approved, changed 24 hours ago', 'APPROVED', [hours(24)], { allowed: true, used30Days: 1 }],
    [
      'approved, ten times within 30 days',
      'APPROVED',
      Array.from({ length: 10 }, (_, index) => hours(48 * (index + 1))),
      { allowed: false, reason: 'month', nextAt: '2026-12-02T12:00:00.000Z', used30Days: 10 },
    ],
    [
      'approved, ten times, the first 31 days ago',
      'APPROVED',
      [...Array.from({ length: 9 }, (_, index) => hours(48 * (index + 1))), hours(31 * 24)],
      { allowed: true, used30Days: 9 },
    ],
    ['rejected a minute after a change', 'REJECTED', [now - 60_000], { allowed: true }],
    ['paused a minute after a change', 'PAUSED', [now - 60_000], { allowed: true }],
    ['in review', 'PENDING', [], { allowed: false, reason: 'status', nextAt: null }],
    ['gone', 'REMOVED', [], { allowed: false, reason: 'status' }],
  ])('%s', (_, status, edits, expected) => {
    expect(editingOf(status, edits, now)).toMatchObject(expected);
  });
});
