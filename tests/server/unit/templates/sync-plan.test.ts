import { readListed, type ListedTemplate } from '../../../../server/src/templates/listing';
import { fingerprintOf, planSync, type StoredTemplate } from '../../../../server/src/templates/sync-plan';

const listed = (metaId: string, over: Partial<ListedTemplate> = {}): ListedTemplate => ({
  metaId,
  name: `t${metaId}`,
  language: 'en_US',
  category: 'UTILITY',
  status: 'APPROVED',
  quality: null,
  parameterFormat: 'POSITIONAL',
  components: [{ type: 'BODY', text: 'Ready.' }],
  rejectedReason: null,
  previousCategory: null,
  correctCategory: null,
  ttlSeconds: null,
  ...over,
});
const stored = (id: number, template: ListedTemplate, removed = false): StoredTemplate => ({
  id,
  metaId: template.metaId,
  fingerprint: fingerprintOf(template),
  removed,
  nextCategory: null,
  asOf: 1_000,
});

describe('comparing a listing with what is stored', () => {
  it('tells new, changed, gone and equal apart', () => {
    const changed = listed('2', { status: 'PAUSED' });
    const plan = planSync(
      [stored(10, listed('1')), stored(20, listed('2')), stored(30, listed('3'))],
      [listed('1'), changed, listed('4')],
      true,
    );
    expect(plan).toEqual({
      created: [listed('4')],
      updated: [{ id: 20, template: changed }],
      removed: [30],
      unchanged: 1,
    });
  });

  it('removes nothing behind the place where a listing broke off, yet keeps what it told', () => {
    const plan = planSync(
      [stored(10, listed('1')), stored(30, listed('3'))],
      [listed('1'), listed('2')],
      false,
    );
    expect([plan.removed, plan.created.length, plan.unchanged]).toEqual([[], 1, 1]);
  });

  it('an empty complete listing removes all; those already gone stay as they are', () => {
    expect(planSync([stored(10, listed('1')), stored(20, listed('2'), true)], [], true).removed).toEqual([
      10,
    ]);
  });

  it('leaves alone what came to be known after the listing had begun', () => {
    const rows = [stored(10, listed('1')), { ...stored(20, listed('2')), asOf: 5_000 }];
    expect(planSync(rows, [], true, 5_000).removed).toEqual([10]);
    expect(planSync(rows, [], true, 5_001).removed).toEqual([10, 20]);
  });

  it('a sample under another signature is the same sample', () => {
    const sampled = (oh: string, text = 'Look.') =>
      listed('1', {
        components: [
          {
            type: 'HEADER',
            format: 'IMAGE',
            example: { header_handle: [`https://cdn.example/a.jpg?oh=${oh}`] },
          },
          { type: 'BODY', text },
        ],
      });
    const rows = [stored(10, sampled('one'))];
    expect(planSync(rows, [sampled('two')], true)).toMatchObject({ updated: [], unchanged: 1 });
    expect(planSync(rows, [sampled('two', 'Look here.')], true).updated).toHaveLength(1);
  });

  it('brings one back that was gone', () => {
    expect(planSync([stored(10, listed('1'), true)], [listed('1')], true).updated).toHaveLength(1);
  });

  it('takes no other order of keys for a change, as PostgreSQL gives JSON back', () => {
    const component = { type: 'BODY', text: 'Ready.', example: { body_text: [['a']], header_text: ['b'] } };
    const turned = { example: { header_text: ['b'], body_text: [['a']] }, text: 'Ready.', type: 'BODY' };
    const plan = planSync(
      [stored(10, listed('1', { components: [component] }))],
      [listed('1', { components: [turned] })],
      true,
    );
    expect(plan.unchanged).toBe(1);
  });

  it('takes a template that two pages list once', () => {
    expect(planSync([], [listed('1'), listed('1')], true).created).toHaveLength(1);
  });
});

describe('reading one item of Meta’s listing', () => {
  it('makes absent fields plain and words upper-case', () => {
    const item = {
      id: 7,
      name: 'a',
      language: 'es',
      category: 'utility',
      status: 'approved',
      rejected_reason: 'NONE',
    };
    expect(readListed(item)).toEqual(
      listed('7', { name: 'a', language: 'es', components: [], quality: null, rejectedReason: null }),
    );
  });
  it.each([{}, { id: '1', name: 'a' }, { name: 'a', language: 'es' }])('leaves %j out', (item) =>
    expect(readListed(item)).toBeNull(),
  );
});
