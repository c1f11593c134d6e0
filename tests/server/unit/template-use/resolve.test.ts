import type { TemplateBinding, ValueProblemKey } from '../../../../server/src/template-use/contract';
import { accessRefusal } from '../../../../server/src/template-use/access';
import type { EntryValue } from '../../../../server/src/template-use/entry-value';
import { chosenOf } from '../../../../server/src/template-use/limits';
import { resolveValues, type Looked, type Resolving } from '../../../../server/src/template-use/resolve';
import type { TemplateDefinition } from '../../../../server/src/templates/model';
import { renderTemplate } from '../../../../server/src/templates/render';
import { problemsOf, type TemplateValues } from '../../../../server/src/templates/values';

const TEMPLATE: TemplateDefinition = {
  name: 't',
  language: 'en_US',
  category: 'MARKETING',
  parameterFormat: 'NAMED',
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Hi {{first_name}}, {{thing}} is here for you' },
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Hurry', has_expiration: true } },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Yes' },
        { type: 'URL', text: 'Look', url: 'https://s.example/{{1}}' },
        { type: 'COPY_CODE', example: '25OFF' },
        { type: 'FLOW', text: 'Book', flow_id: '1' },
      ],
    },
  ],
};

const scalar = (...scalars: EntryValue['scalars']): EntryValue => ({ type: 'string', scalars, files: [] });
const file = (mime: string): EntryValue => ({
  type: 'media',
  scalars: [],
  files: [{ id: 3, name: 'a.jpg', url: '/a.jpg', mime, version: '1' }],
});

const FIELDS: Record<string, Looked> = {
  name: scalar('Ana\nMaria'),
  empty: scalar(),
  list: scalar('a', 'b'),
  ends: { ...scalar('2030-01-01T00:00:00.000Z'), type: 'datetime' },
  image: file('image/jpeg'),
  film: file('video/mp4'),
  gone: { problem: 'field_gone' },
  phone: scalar('+34600555001'),
};

const resolve = (bindings: TemplateBinding[], given: TemplateValues = {}, over: Partial<Resolving> = {}) =>
  resolveValues(TEMPLATE, given, {
    bindings,
    look: (source) => FIELDS[source.path],
    fileOf: () => ({ uploadId: '7' }),
    isHidden: (text) => text.includes('600555'),
    writing: { language: 'en_US', timeZone: 'UTC' },
    ...over,
  });

const from = (path: string) => ({ from: 'contact' as const, path });
const bind = (parameter: string, path: string, fallback?: string): TemplateBinding => ({
  parameter,
  source: from(path),
  ...(fallback === undefined ? {} : { fallback }),
});
const outcome = (parameter: string, bindings: TemplateBinding[], given?: TemplateValues) => {
  const row = resolve(bindings, given).parameters.find(({ key }) => key === parameter);
  return [row?.value ?? null, row?.problem ?? null];
};

describe('a parameter', () => {
  it.each<[string, TemplateBinding, [string | null, ValueProblemKey | null]]>([
    ['a field', bind('body:thing', 'name'), ['Ana Maria', null]],
    ['several values', bind('body:thing', 'list'), ['a, b', null]],
    ['an empty field', bind('body:thing', 'empty'), [null, 'empty']],
    ['an empty field with a fallback', bind('body:thing', 'empty', ' you\n'), ['you', null]],
    ['a blank fallback', bind('body:thing', 'empty', '  '), [null, 'empty']],
    ['a field that is gone, with a fallback', bind('body:thing', 'gone', 'you'), ['you', 'field_gone']],
    ['a number that is hidden, with a fallback', bind('body:thing', 'phone', 'you'), [null, 'hidden']],
    ['a picture where words go', bind('body:thing', 'image'), [null, 'wrong_kind']],
    ['a picture', bind('header:image', 'image'), ['a.jpg', null]],
    ['a film where a picture goes', bind('header:image', 'film'), [null, 'wrong_kind']],
    ['words where a picture goes', bind('header:image', 'name', 'x'), [null, 'wrong_kind']],
    ['a moment', bind('limitedTimeOffer:expiresAt', 'ends'), ['2030-01-01T00:00:00.000Z', null]],
    ['words where a moment goes', bind('limitedTimeOffer:expiresAt', 'name'), [null, 'not_a_date']],
    ['a suffix', bind('buttons:1', 'list'), ['a, b', null]],
    ['a flow', bind('buttons:3', 'name'), [null, 'wrong_kind']],
    ['text', { parameter: 'body:thing', source: { from: 'text', text: 'a\tb' } }, ['a b', null]],
  ])('from %s', (_name, binding, expected) => {
    expect(outcome(binding.parameter, [binding])).toEqual(expected);
  });

  it('that nothing is bound to is named when it is needed', () => {
    expect(outcome('body:thing', [])).toEqual([null, 'unbound']);
    expect(outcome('buttons:0', [])).toEqual([null, null]);
  });

  it('that was given keeps what was given, an unusable value included', () => {
    const given = { body: { thing: '' }, buttons: [null, { text: 'mine' }] };
    const { values, parameters } = resolve([bind('body:thing', 'name'), bind('buttons:1', 'name')], given);
    expect(values.body).toEqual({ thing: '' });
    expect(values.buttons?.[1]).toEqual({ text: 'mine' });
    expect(parameters.find(({ key }) => key === 'body:thing')).toMatchObject({ value: null, problem: null });
    expect(given).toEqual({ body: { thing: '' }, buttons: [null, { text: 'mine' }] });
  });

  it('goes to its own place among the values', () => {
    const { values } = resolve([
      bind('header:image', 'image'),
      bind('body:first_name', 'name'),
      bind('limitedTimeOffer:expiresAt', 'ends'),
      bind('buttons:1', 'name'),
      bind('buttons:2', 'name'),
    ]);
    expect(values).toEqual({
      header: { image: { uploadId: '7' } },
      body: { first_name: 'Ana Maria' },
      limitedTimeOffer: { expiresAt: '2030-01-01T00:00:00.000Z' },
      buttons: [null, { text: 'Ana Maria' }, { couponCode: 'Ana Maria' }],
    });
  });

  it('of a card goes to its card', () => {
    const card = { components: [{ type: 'BODY', text: 'About {{1}} here' }] };
    const carousel = {
      ...TEMPLATE,
      parameterFormat: 'POSITIONAL' as const,
      components: [{ type: 'CAROUSEL', cards: [card, card] }],
    };
    const { values } = resolveValues(
      carousel,
      {},
      {
        bindings: [bind('cards[1].body:1', 'name')],
        look: (source) => FIELDS[source.path],
        fileOf: () => ({ problem: 'file_unusable' }),
        isHidden: () => false,
        writing: { language: 'en', timeZone: 'UTC' },
      },
    );
    expect(values.cards).toEqual([{}, { body: { 1: 'Ana Maria' } }]);
  });
});

describe('who may use a template on a number', () => {
  const all = { roles: [], integrations: [] };
  it.each([
    ['nobody is named', all, '1', ['5'], null],
    ['his role is named', { ...all, roles: ['5', '6'] }, '1', ['9', '6'], null],
    ['another role is named', { ...all, roles: ['5'] }, '1', ['9'], 'role'],
    ['he has no role any more', { ...all, roles: ['5'] }, '1', [], 'role'],
    ['no role limits him', { ...all, roles: ['5'] }, '1', null, null],
    ['the number is named', { ...all, integrations: ['1'] }, '1', null, null],
    ['another number is named', { ...all, integrations: ['2'] }, '1', null, 'number'],
    ['both are others', { roles: ['5'], integrations: ['2'] }, '1', ['9'], 'role'],
  ])('%s', (_name, access, number, roles, expected) => {
    expect(accessRefusal(access, number, roles && { roles })).toBe(expected);
  });
});

describe('a limit that is saved', () => {
  const choices = [{ id: '1', name: 'A' }];
  it.each([
    ['nothing', [], [], [[], 0]],
    ['what is there', ['1', '1'], [], [['1'], 0]],
    ['what never was', ['2'], [], [[], 1]],
    ['what is gone beside what is there', ['1', '2'], ['2'], [['1'], 0]],
    // An empty list would open the template to everybody.
    ['only what is gone', ['2'], ['2'], [[], 1]],
  ])('of %s', (_name, wanted, before, expected) => {
    const { ids, errors } = chosenOf('roles', wanted, before, choices);
    expect([ids, errors.length]).toEqual(expected);
  });
});

describe('what somebody may not see', () => {
  it('stays hidden in every format: grouped digits are the same number', () => {
    const bindings: TemplateBinding[] = [
      { ...bind('body:thing', 'phone'), format: { as: 'number' } },
      { ...bind('body:first_name', 'phone'), format: { as: 'currency', currency: 'EUR' } },
    ];
    const { parameters, values } = resolve(bindings);
    expect(parameters.filter(({ problem }) => problem === 'hidden').map(({ key }) => key)).toEqual([
      'body:first_name',
      'body:thing',
    ]);
    expect(JSON.stringify([parameters, values])).not.toMatch(/555/);
  });
});

describe('a variable that is called like something of every object', () => {
  const ODD: TemplateDefinition = {
    ...TEMPLATE,
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'All about {{constructor}} for you' }],
  };
  it('has no value until somebody gives one', () => {
    expect(problemsOf(ODD, { body: {} })).toEqual([expect.objectContaining({ problem: 'missing' })]);
    expect(renderTemplate(ODD, { body: {} }).body).toBe('All about {{constructor}} for you');
    const bound = resolveValues(
      ODD,
      {},
      {
        bindings: [bind('body:constructor', 'list')],
        look: (source) => FIELDS[source.path],
        fileOf: () => ({ uploadId: '7' }),
        isHidden: () => false,
        writing: { language: 'en', timeZone: 'UTC' },
      },
    );
    expect(bound.values.body).toEqual({ constructor: 'a, b' });
  });
});
