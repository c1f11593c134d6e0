import { chooseLanguage, folded, NO_QUERY, pickSections } from '../../admin/src/templates/picker/pick-list';
import { aPickerTemplate } from './helpers/picker';

const list = [
  aPickerTemplate({ id: '1', name: 'b_hello', language: 'en_US' }),
  aPickerTemplate({ id: '2', name: 'b_hello', language: 'tr' }),
  aPickerTemplate({ id: '3', name: 'a_paused', sendable: false, status: 'PAUSED' }),
  aPickerTemplate({ id: '4', name: 'used', lastUsedAt: '2026-11-20T00:00:00.000Z' }),
  aPickerTemplate({ id: '5', name: 'used_later', lastUsedAt: '2026-11-21T00:00:00.000Z' }),
  aPickerTemplate({ id: '6', name: 'liked', favourite: true, category: 'MARKETING' }),
  aPickerTemplate({
    id: '7',
    name: 'used_but_gone',
    lastUsedAt: '2026-11-22T00:00:00.000Z',
    sendable: false,
  }),
];
const names = (groups: { name: string }[]) => groups.map(({ name }) => name);

describe('the list to pick from', () => {
  it('begins with what was used last, then favourites, then the rest; unsendable ones stand last', () => {
    const { recent, favourites, others } = pickSections(list, NO_QUERY, null);
    expect(names(recent)).toEqual(['used_later', 'used']);
    expect(names(favourites)).toEqual(['liked']);
    expect(names(others)).toEqual(['b_hello', 'a_paused', 'used_but_gone']);
  });

  it('shows each name once, with its languages behind it', () => {
    const { others } = pickSections(list, NO_QUERY, { code: 'tr', because: 'contact' });
    const [hello] = others;
    expect(hello?.languages.map(({ language }) => language)).toEqual(['en_US', 'tr']);
    expect(hello?.template.id).toBe('2');
    expect(hello?.because).toBe('contact');
  });

  it('keeps equal names of two accounts apart', () => {
    const two = [aPickerTemplate({ id: '1' }), aPickerTemplate({ id: '2', businessAccountId: 'other' })];
    expect(pickSections(two, NO_QUERY, null).total).toBe(2);
  });

  it.each([
    [{ q: 'HELLO b' }, ['b_hello']],
    [{ category: 'MARKETING' }, ['liked']],
    [{ language: 'tr' }, ['b_hello']],
    [{ favourites: true }, ['liked']],
    [{ q: 'nothing like it' }, []],
  ])('is narrowed by %j', (change, expected) => {
    const { recent, favourites, others } = pickSections(list, { ...NO_QUERY, ...change }, null);
    expect(names([...recent, ...favourites, ...others])).toEqual(expected);
  });

  it.each([
    ['Sipariş HAZIR', 'siparis hazir'],
    ['ışık', 'isik'],
    ['Café', 'cafe'],
  ])('finds without accents: %s', (text, expected) => expect(folded(text)).toBe(expected));
});

describe('the language of a name', () => {
  const of = (codes: string[], unsendable: string[] = []) =>
    codes.map((language) =>
      aPickerTemplate({ id: language, language, sendable: !unsendable.includes(language) }),
    );
  it.each([
    [['en_US', 'tr'], [], '', { code: 'tr', because: 'contact' as const }, 'tr', 'contact'],
    [['en_US', 'es_MX'], [], '', { code: 'es', because: 'contact' as const }, 'es_MX', 'close'],
    [['en_US', 'tr'], ['tr'], '', { code: 'tr', because: 'contact' as const }, 'en_US', 'sendable'],
    [['en_US', 'tr'], ['tr'], 'tr', null, 'tr', 'chosen'],
    [['fr'], [], '', { code: 'tr', because: 'contact' as const }, 'fr', 'only'],
    [['de', 'en_GB'], [], '', null, 'en_GB', 'default'],
    [['de', 'fr'], ['de', 'fr'], '', null, 'de', 'default'],
  ])(
    'of %j without %j, asked %j and suggested %j is %s',
    (codes, unsendable, wanted, suggested, code, because) => {
      const chosen = chooseLanguage(of(codes, unsendable), wanted, suggested);
      expect([chosen.template.language, chosen.because]).toEqual([code, because]);
    },
  );
});
