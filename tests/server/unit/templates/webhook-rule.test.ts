import type { TemplateFacts } from '../../../../server/src/templates/facts';
import { factsAfterNews, readTemplateNews } from '../../../../server/src/templates/webhook-rule';

const AT = Date.parse('2026-11-22T12:00:00Z');
const ID = 1689000000000001;
const value = (more: Record<string, unknown>) => ({
  message_template_id: ID,
  message_template_name: 'order_ready',
  message_template_language: 'en-US',
  ...more,
});
const read = (more: Record<string, unknown>, field = 'message_template_status_update') =>
  readTemplateNews(field, value(more), AT);
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

describe('a template webhook', () => {
  it('names its template by id, and by name and language as the API spells it', () => {
    expect(read({ event: 'PENDING' })).toMatchObject({
      metaId: String(ID),
      name: 'order_ready',
      language: 'en_US',
      at: AT,
    });
    // JSON has rounded it: nobody's id any more.
    expect(read({ event: 'PENDING', message_template_id: 2 ** 60 })?.metaId).toBeNull();
    expect(readTemplateNews('message_template_status_update', { event: 'APPROVED' }, AT)).toBeNull();
  });

  it.each([
    ['APPROVED', { reason: 'NONE' }, { status: 'APPROVED', statusAt: AT }, { kind: 'approved' }],
    [
      'REJECTED',
      { reason: 'TAG_CONTENT_MISMATCH', rejection_info: { recommendation: 'Say it in English.' } },
      { status: 'REJECTED', rejectedReason: 'TAG_CONTENT_MISMATCH', rejectionAdvice: 'Say it in English.' },
      { kind: 'rejected', facts: { reason: 'TAG_CONTENT_MISMATCH', advice: 'Say it in English.' } },
    ],
    ['REJECTED', { reason: null }, { rejectedReason: null }, { kind: 'rejected' }],
    [
      'PAUSED',
      { other_info: { title: 'SECOND_PAUSE' } },
      { status: 'PAUSED', pausedUntil: AT + 6 * 3_600_000 },
      { kind: 'paused', facts: { reason: 'SECOND_PAUSE', until: '2026-11-22T18:00:00.000Z' } },
    ],
    [
      'PAUSED',
      { other_info: { title: 'RATE_LIMITING_PAUSE' } },
      { pausedUntil: null },
      { kind: 'paused', facts: { reason: 'RATE_LIMITING_PAUSE', until: null } },
    ],
    ['DISABLED', { other_info: { title: 'DISABLED' } }, { status: 'DISABLED' }, { kind: 'disabled' }],
    ['ARCHIVED', {}, { status: 'ARCHIVED' }, { kind: 'archived' }],
    ['PENDING_DELETION', { reason: null }, { status: 'PENDING_DELETION' }, null],
  ])('%s %j', (event, more, change, alert) => {
    const news = read({ event, ...more });
    expect(news?.change).toMatchObject(change);
    if (alert === null) expect(news?.alert).toBeNull();
    else expect(news?.alert).toMatchObject(alert);
  });

  it('asks Meta where the event is no status: flagged, reinstated, unarchived, locked, unheard of', () => {
    for (const event of ['REINSTATED', 'UNARCHIVED', 'LOCKED', 'SOMETHING_NEW'])
      expect(read({ event })).toMatchObject({ change: null, alert: null, removed: false });
    expect(read({ event: 'FLAGGED', disable_info: { disable_date: 1_790_000_000 } })).toMatchObject({
      change: null,
      alert: { kind: 'flagged', facts: { until: '2026-09-21T14:13:20.000Z' } },
    });
    expect(
      read({ message_template_element: 'Half' }, 'message_template_components_update')?.change,
    ).toBeNull();
  });

  it('of a deletion removes', () => expect(read({ event: 'DELETED', reason: null })?.removed).toBe(true));

  it('of quality alerts when it is worse', () => {
    expect(read({ previous_quality_score: 'RED', new_quality_score: 'GREEN' })).toMatchObject({
      change: { quality: 'GREEN' },
      alert: null,
    });
    expect(read({ previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' })?.alert?.kind).toBe(
      'quality',
    );
    expect(read({ previous_quality_score: 'RED', new_quality_score: 'RED' })?.alert).toBeNull();
  });

  it('that cannot be read in part keeps the rest', () => {
    expect(read({ event: 'PAUSED', other_info: 'x', reason: {} })?.change).toMatchObject({
      status: 'PAUSED',
    });
    expect(read({ correct_category: 'MARKETING', category_update_timestamp: 'soon' })?.change).toMatchObject({
      nextCategory: 'MARKETING',
      nextCategoryAt: null,
    });
  });
});

describe('facts after news', () => {
  const news = (event: string, at: number, more = {}) => {
    const found = readTemplateNews('message_template_status_update', value({ event, ...more }), at);
    if (!found) throw new Error('not read');
    return found;
  };

  it('a late status changes nothing, one of the same second does, as they come in order', () => {
    const known = facts({ status: 'PAUSED', statusAt: AT });
    expect(factsAfterNews(known, news('APPROVED', AT - 1_000))).toBe(known);
    expect(factsAfterNews(known, news('APPROVED', AT)).status).toBe('APPROVED');
  });

  it('a reason and advice end with the rejection, a pause with the status', () => {
    const rejected = factsAfterNews(
      facts(),
      news('REJECTED', AT, { reason: 'SCAM', rejection_info: { reason: 'Bad.' } }),
    );
    expect(rejected).toMatchObject({ rejectedReason: 'SCAM', rejectionAdvice: 'Bad.' });
    expect(factsAfterNews(rejected, news('PENDING', AT + 1_000))).toMatchObject({
      status: 'PENDING',
      rejectedReason: null,
      rejectionAdvice: null,
    });
  });
});
