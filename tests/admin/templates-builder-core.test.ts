import { ApiError } from '../../admin/src/api/client';
import {
  added,
  canAdd,
  evenCards,
  newButton,
  newCard,
  regrouped,
} from '../../admin/src/templates/builder/buttons';
import { drop, moved, put, withScope } from '../../admin/src/templates/builder/components';
import { createDraftSession } from '../../admin/src/templates/builder/draft-session';
import { fixOf } from '../../admin/src/templates/builder/fixes';
import { fromLibrary } from '../../admin/src/templates/builder/library';
import { actionsOf, isLocked } from '../../admin/src/templates/builder/review';
import {
  convertFormat,
  nextVariable,
  rename,
  renumbered,
  samplesOf,
  withText,
} from '../../admin/src/templates/builder/samples';
import { inserted, marked, type Selected } from '../../admin/src/templates/builder/selection';
import { forCategory, withCarousel, withOffer } from '../../admin/src/templates/builder/special';
import { ttlChoices } from '../../admin/src/templates/builder/ttl';
import { rowAt } from '../../admin/src/templates/builder/use-reorder';
import { sampleValues } from '../../admin/src/templates/sample-values';
import type { SaveDraft, TemplateDraftRecord } from '../../server/src/template-drafts/contract';
import { lintTemplate } from '../../server/src/templates/lint';
import { buttonsOf, componentOf, type TemplateComponent } from '../../server/src/templates/model';
import { renderTemplate } from '../../server/src/templates/render';
import { BAD } from '../server/unit/templates/bad-drafts';
import { BODY_NAMED, BODY_POSITIONAL, CAROUSEL, CODE, OFFER, PLAIN } from '../server/unit/templates/fixtures';
import { aDraft } from './helpers/template-things';

const FOOTER: TemplateComponent = { type: 'FOOTER', text: 'Us' };
const HEADER: TemplateComponent = { type: 'HEADER', format: 'TEXT', text: 'Hi' };
const types = (components: readonly { type: string }[]) => components.map(({ type }) => type);

describe('parts of a draft', () => {
  it('stand in the order in which people read them, whatever comes first', () => {
    expect(types(put(put([PLAIN], FOOTER), HEADER))).toEqual(['HEADER', 'BODY', 'FOOTER']);
    expect(put([PLAIN], { type: 'BODY', text: 'new' })).toEqual([{ type: 'BODY', text: 'new' }]);
    expect(drop([PLAIN, FOOTER], 'FOOTER')).toEqual([PLAIN]);
  });

  it('are moved within bounds', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a']);
    expect(moved(['a'], 5, 0)).toEqual(['a']);
  });

  it('find the row under the pointer', () => {
    expect(rowAt([10, 30, 50], 55, 0)).toBe(2);
    expect(rowAt([10, 30, 50], 5, 2)).toBe(0);
    expect(rowAt([10, 30, 50], 31, 1)).toBe(1);
  });
});

describe('variables and their examples', () => {
  it('keep their examples when the text changes', () => {
    const changed = withText(
      BODY_NAMED,
      'BODY',
      'Hi {{order_no}} there',
      samplesOf(BODY_NAMED, 'BODY'),
      'NAMED',
    );
    expect(changed.example).toEqual({
      body_text_named_params: [{ param_name: 'order_no', example: '4711' }],
    });
    expect(withText(BODY_NAMED, 'BODY', 'No variable', {}, 'NAMED')).not.toHaveProperty('example');
  });

  it('are numbered anew in the order of the text, examples with them', () => {
    const mixed = withText(
      BODY_POSITIONAL,
      'BODY',
      'No {{2}} for {{1}} today.',
      { 1: 'Ana', 2: '4711' },
      'POSITIONAL',
    );
    expect(renumbered(mixed, 'BODY')).toMatchObject({
      text: 'No {{1}} for {{2}} today.',
      example: { body_text: [['4711', 'Ana']] },
    });
  });

  it('take another name with their example', () => {
    expect(rename(BODY_NAMED, 'BODY', { first_name: 'name' }, 'NAMED')).toMatchObject({
      text: expect.stringContaining('{{name}}') as string,
      example: {
        body_text_named_params: [
          { param_name: 'name', example: 'Ana' },
          { param_name: 'order_no', example: '4711' },
        ],
      },
    });
  });

  it('change from names to positions and back without a loss, in cards too', () => {
    const there = convertFormat(CAROUSEL.components, 'NAMED');
    expect(lintTemplate({ ...CAROUSEL, parameterFormat: 'NAMED', components: there })).toEqual([]);
    const back = convertFormat(there, 'POSITIONAL');
    expect(lintTemplate({ ...CAROUSEL, components: back })).toEqual([]);
    expect(back).toEqual(CAROUSEL.components);
  });

  it('get a number or a name that is free', () => {
    expect(nextVariable('a {{1}} b {{2}}', 'POSITIONAL')).toBe('3');
    expect(nextVariable('a {{value}} b {{value_2}}', 'NAMED')).toBe('value_3');
  });

  it('fill the preview, addresses of buttons too', () => {
    const definition = {
      ...CAROUSEL,
      components: [
        BODY_POSITIONAL,
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'URL', text: 'x', url: 'https://s.example/{{1}}', example: ['https://s.example/a'] },
          ],
        },
      ],
    };
    const rendered = renderTemplate(definition, sampleValues(definition));
    expect(rendered.body).toBe('Hi Ana, your order 4711 is ready for pickup.');
    expect(rendered.buttons[0].target).toBe('https://s.example/a');
    expect(renderTemplate(CAROUSEL, sampleValues(CAROUSEL)).cards[1].body).toBe(
      'Fresh bread today, come and see.',
    );
  });
});

describe('markup', () => {
  const select = (text: string): Selected => {
    const from = text.indexOf('[');
    return { text: text.replace(/[[\]]/g, ''), from, to: text.indexOf(']') - 1 };
  };
  const show = ({ text, from, to }: Selected) =>
    `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;
  it.each([
    ['a [word] b', 'a *[word]* b'],
    ['a [ word ] b', 'a  *[word]*  b'],
    ['a *[word]* b', 'a [word] b'],
    ['a [] b', 'a *[]* b'],
  ])('%s → %s', (before, after) => expect(show(marked(select(before), '*'))).toBe(after));

  it('sets what is put in apart from the words beside it', () => {
    expect(inserted({ text: 'Hi you', from: 2, to: 2 }, '{{1}}').text).toBe('Hi {{1}} you');
    expect(inserted({ text: 'Hi,', from: 2, to: 2 }, '{{1}}').text).toBe('Hi {{1}},');
  });
});

describe('buttons', () => {
  const reply = { type: 'QUICK_REPLY', text: 'Yes' };
  const link = { type: 'URL', text: 'Look', url: 'https://s.example' };
  it('join their own group', () => {
    expect(types(added([reply, link], { type: 'QUICK_REPLY', text: 'No' }))).toEqual([
      'QUICK_REPLY',
      'QUICK_REPLY',
      'URL',
    ]);
    expect(types(regrouped([link, reply, link]))).toEqual(['URL', 'URL', 'QUICK_REPLY']);
  });

  it('are offered as long as Meta takes one more of the kind', () => {
    expect(canAdd([link, link], 'URL', 10)).toBe(false);
    expect(canAdd([link], 'URL', 10)).toBe(true);
    expect(canAdd([reply, link], 'QUICK_REPLY', 2)).toBe(false);
    expect(canAdd([newButton('CATALOG')], 'CATALOG', 10)).toBe(false);
  });

  it('and headers are the same in all cards, what a card holds of them stays', () => {
    const cards = componentOf(CAROUSEL.components, 'CAROUSEL')!.cards!;
    const changed = withScope(CAROUSEL.components, 0, [
      { type: 'HEADER', format: 'VIDEO' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Now' }] },
    ]);
    const even = evenCards(componentOf(changed, 'CAROUSEL')!.cards!, 0);
    expect(componentOf(even[1].components, 'HEADER')).toEqual({ type: 'HEADER', format: 'VIDEO' });
    expect(buttonsOf(even[1].components)).toEqual([buttonsOf(cards[1].components)[0]]);
    const more = [...cards, newCard(cards)];
    const problems = lintTemplate({
      ...CAROUSEL,
      components: put(CAROUSEL.components, { type: 'CAROUSEL', cards: more }),
    });
    expect(problems.map(({ rule }) => rule)).not.toContain('carousel_uneven');
  });
});

describe('special kinds', () => {
  it('an authentication template has Meta’s parts, and the words come back with the other category', () => {
    const words = [HEADER, PLAIN];
    const code = forCategory(words, 'UTILITY', 'AUTHENTICATION', null);
    expect(lintTemplate({ ...CODE, components: code })).toEqual([]);
    expect(forCategory(code, 'AUTHENTICATION', 'MARKETING', words)).toEqual(words);
  });

  it('offers and cards go when it is no marketing any more', () => {
    expect(types(forCategory(OFFER.components, 'MARKETING', 'UTILITY', null))).toEqual(['BODY', 'BUTTONS']);
    expect(types(forCategory(CAROUSEL.components, 'MARKETING', 'UTILITY', null))).toEqual(['BODY']);
  });

  it('an offer takes the place of the footer, cards that of header, footer and buttons', () => {
    expect(types(withOffer([PLAIN, FOOTER], true))).toEqual(['LIMITED_TIME_OFFER', 'BODY']);
    expect(types(withCarousel([HEADER, PLAIN, FOOTER], true))).toEqual(['BODY', 'CAROUSEL']);
  });

  it('times of delivery are those that the rules take', () => {
    for (const category of ['AUTHENTICATION', 'UTILITY', 'MARKETING']) {
      expect(ttlChoices(category).length).toBeGreaterThan(2);
      for (const ttlSeconds of ttlChoices(category)) {
        const rules = lintTemplate({ ...CODE, category, ttlSeconds }).map(({ rule }) => rule);
        expect(rules).not.toContain('ttl_range');
      }
    }
  });

  it('a library template becomes a draft that lacks only its examples and addresses', () => {
    const change = fromLibrary({
      id: '1',
      name: 'order_update',
      language: 'en',
      category: 'UTILITY',
      header: 'Order update',
      body: 'Hi {{1}}, your order {{2}} is on its way to you.',
      buttons: [
        { type: 'URL', text: 'Track' },
        { type: 'SOMETHING', text: 'x' },
      ],
    });
    const draft = { ...aDraft(), ...change } as TemplateDraftRecord;
    const rules = lintTemplate({ ...draft, ttlSeconds: undefined }).map(({ rule }) => rule);
    expect([...new Set(rules)].sort()).toEqual(['example_missing', 'url_form']);
  });
});

describe('fixes', () => {
  it.each(BAD.map(([what, rule, draft]) => ({ what, rule, draft })))(
    '$what: mended or left',
    ({ rule, draft }) => {
      const problem = lintTemplate(draft).find((one) => one.rule === rule)!;
      const fix = fixOf(problem, draft);
      if (!fix) return;
      const rest = lintTemplate({ ...draft, ...fix });
      expect(rest).not.toContainEqual(problem);
    },
  );

  it('mend at least ten rules by a press', () => {
    const mended = BAD.filter(([, rule, draft]) =>
      fixOf(
        lintTemplate(draft).find((one) => one.rule === rule)!,
        draft,
      ),
    );
    expect(new Set(mended.map(([, rule]) => rule)).size).toBeGreaterThanOrEqual(10);
  });
});

describe('the review by a second person', () => {
  const author = { id: '7' };
  const me = { userId: '7', canManage: true, canApprove: true };
  const other = { userId: '8', canManage: false, canApprove: true };
  it.each([
    ['draft', false, me, ['submit']],
    ['draft', true, me, ['request-review']],
    ['in_review', true, me, []],
    ['in_review', true, other, ['approve', 'return']],
    ['approved', true, me, ['submit']],
    ['approved', true, other, []],
    ['returned', true, me, ['request-review']],
    ['submitted', false, me, []],
  ] as const)('%s, two persons %s', (state, twoPersons, who, actions) => {
    expect(actionsOf({ state, author }, twoPersons, who)).toEqual(actions);
  });

  it('stands still while a colleague looks at it', () => {
    expect(isLocked({ state: 'in_review', author }, true)).toBe(true);
    expect(isLocked({ state: 'returned', author }, true)).toBe(false);
    expect(isLocked({ state: 'draft', author }, false)).toBe(true);
  });
});

describe('saving while one writes', () => {
  const setup = () => {
    let stored = aDraft();
    const saves: SaveDraft[] = [];
    const gate: { hold: Promise<void> | null; fail: Error | null } = { hold: null, fail: null };
    const session = createDraftSession(stored, {
      save: async (_id, body) => {
        saves.push(body);
        if (gate.hold) await gate.hold;
        if (gate.fail) throw gate.fail;
        const { version, ...change } = body;
        if (version !== stored.version) throw new ApiError('Changed', 409, 'draft_changed');
        stored = { ...stored, ...(change as object), version: version + 1 };
        return stored;
      },
      load: async () => stored,
    });
    return {
      session,
      saves,
      gate,
      server: { get: () => stored, set: (next: TemplateDraftRecord) => (stored = next) },
    };
  };
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('waits for a pause and sends the fields that changed, once', async () => {
    const { session, saves } = setup();
    session.change({ name: 'a' });
    session.change({ name: 'ab', category: 'UTILITY' });
    expect(saves).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(saves).toEqual([{ version: 1, name: 'ab', category: 'UTILITY' }]);
    expect(session.store.get()).toMatchObject({ saving: 'saved', draft: { name: 'ab', version: 2 } });
  });

  it('keeps what is typed during a save, and saves it with the next one', async () => {
    const { session, saves, gate } = setup();
    let open = () => {};
    gate.hold = new Promise((resolve) => (open = resolve));
    session.change({ name: 'a' });
    const first = session.flush();
    session.change({ name: 'b' });
    gate.hold = null;
    open();
    expect(await first).toBe(true);
    expect(saves).toEqual([
      { version: 1, name: 'a' },
      { version: 2, name: 'b' },
    ]);
    expect(session.store.get().draft.name).toBe('b');
  });

  it('stops at a colleague’s save, and overwrites it only when asked to', async () => {
    const { session, saves, server } = setup();
    server.set({ ...server.get(), name: 'theirs', version: 5 });
    session.change({ name: 'mine' });
    expect(await session.flush()).toBe(false);
    expect(session.store.get()).toMatchObject({
      saving: 'conflict',
      theirs: { name: 'theirs' },
      draft: { name: 'mine' },
    });
    session.change({ category: 'UTILITY' });
    await jest.advanceTimersByTimeAsync(20_000);
    expect(saves).toHaveLength(1);
    expect(await session.keepMine()).toBe(true);
    expect(server.get()).toMatchObject({ name: 'mine', category: 'UTILITY', version: 6 });
  });

  it('takes the colleague’s text instead', async () => {
    const { session, server } = setup();
    server.set({ ...server.get(), name: 'theirs', version: 5 });
    session.change({ name: 'mine' });
    await session.flush();
    session.takeTheirs();
    expect(session.store.get()).toMatchObject({
      saving: 'saved',
      theirs: null,
      epoch: 1,
      draft: { name: 'theirs' },
    });
    session.change({ name: 'after' });
    expect(await session.flush()).toBe(true);
  });

  it('tries again when the server cannot be reached, and not when it refuses', async () => {
    const { session, saves, gate } = setup();
    gate.fail = new ApiError('No connection', null, 'network');
    session.change({ name: 'a' });
    expect(await session.flush()).toBe(false);
    gate.fail = null;
    await jest.advanceTimersByTimeAsync(6_000);
    expect(session.store.get().saving).toBe('saved');
    gate.fail = new ApiError('Not allowed', 403, 'forbidden');
    session.change({ name: 'b' });
    await session.flush();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(saves).toHaveLength(3);
    expect(session.store.get()).toMatchObject({ saving: 'failed', draft: { name: 'b' } });
  });

  it('says nothing to the server when nothing changed', async () => {
    const { session, saves } = setup();
    expect(await session.flush()).toBe(true);
    expect(saves).toEqual([]);
  });
});
