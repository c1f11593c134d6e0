import { emptyContent } from '../../../../server/src/template-drafts/content';
import {
  problemsOfDraft,
  type EditedTemplate,
  type Surroundings,
} from '../../../../server/src/template-drafts/problems';

const content = emptyContent({
  name: 'order_ready',
  language: 'en_US',
  components: [{ type: 'BODY', text: 'All about your order.' }],
});
const around: Surroundings = { edited: null, exists: false, count: 3, limit: 250 };
const edited = (over: Partial<EditedTemplate> = {}): EditedTemplate => ({
  name: content.name,
  language: content.language,
  category: content.category,
  status: 'APPROVED',
  editing: { allowed: true, reason: null, nextAt: null, used30Days: 0 },
  ...over,
});
const closed = (reason: 'status' | 'day' | 'month', nextAt: string | null) => ({
  editing: { allowed: false, reason, nextAt, used30Days: 1 },
});
const rules = (given: Partial<Surroundings>, change: Partial<typeof content> = {}): string[] =>
  problemsOfDraft({ ...content, ...change }, { ...around, ...given }).map(({ rule }) => rule);

describe('what stands between a draft and Meta', () => {
  it.each<[string, Partial<Surroundings>, Partial<typeof content>, string[]]>([
    ['nothing', {}, {}, []],
    ['its own form', {}, { name: 'Not So' }, ['name_form']],
    ['a template of this name', { exists: true }, {}, ['exists']],
    ['a full account', { count: 250 }, {}, ['account_full']],
    ['not an account whose limit nobody knows', { count: 9_999, limit: null }, {}, []],
    ['not a change of a full account', { count: 250, exists: true, edited: edited() }, {}, []],
    ['a template that is gone', { edited: undefined }, {}, ['template_gone']],
    [
      'another name or language',
      { edited: edited() },
      { name: 'b', language: 'tr' },
      ['name_fixed', 'language_fixed'],
    ],
    [
      'another category of an approved one',
      { edited: edited() },
      { category: 'MARKETING' },
      ['category_fixed'],
    ],
    [
      'not another category of a rejected one',
      { edited: edited({ status: 'REJECTED' }) },
      { category: 'MARKETING' },
      [],
    ],
    ['a template in review', { edited: edited(closed('status', null)) }, {}, ['edit_status']],
    ['a change of today', { edited: edited(closed('day', '2026-11-23T00:00:00.000Z')) }, {}, ['edit_day']],
    ['ten changes', { edited: edited(closed('month', null)) }, {}, ['edit_month']],
  ])('%s', (_what, given, change, expected) => {
    expect(rules(given, change)).toEqual(expected);
  });

  it('is told with the time from which it goes again', () => {
    const nextAt = '2026-11-23T00:00:00.000Z';
    const [problem] = problemsOfDraft(content, { ...around, edited: edited(closed('day', nextAt)) });
    expect(problem.message).toContain(nextAt);
  });
});
