import type { Identity } from '../../../../server/src/cloud-api/events';
import {
  aliasesOf,
  chooseContact,
  displayName,
  waVariants,
  type Alias,
} from '../../../../server/src/contacts/identity';

const NOBODY: Identity = {
  phone: null,
  waId: null,
  userId: null,
  parentUserId: null,
  username: null,
  profileName: null,
};
const who = (over: Partial<Identity>): Identity => ({ ...NOBODY, ...over });

describe('aliases that an event proves', () => {
  it.each<[string, Partial<Identity>, string[]]>([
    [
      'phone and wa_id of one spelling are one alias',
      { phone: '+15550100177', waId: '15550100177' },
      ['wa:15550100177'],
    ],
    [
      'of two spellings two, Meta’s own first',
      { phone: '+5511987654321', waId: '551187654321' },
      ['wa:551187654321', 'wa:5511987654321'],
    ],
    ['a BSUID keeps its case and its dot', { userId: 'US.9x7Kq' }, ['bsuid:US.9x7Kq']],
    [
      'all four kinds',
      { phone: '+1555010', waId: '1555010', userId: 'US.a', parentUserId: 'US.ENT.p' },
      ['wa:1555010', 'bsuid:US.a', 'parent_bsuid:US.ENT.p'],
    ],
    ['a username proves nothing', { username: 'ana.p', profileName: 'Ana' }, []],
    ['nothing', {}, []],
    ['empty texts are nothing', { phone: '', waId: '', userId: '' }, []],
  ])('%s', (_name, identity, expected) => {
    expect(aliasesOf(who(identity)).map(({ kind, value }) => `${kind}:${value}`)).toEqual(expected);
  });

  it('of a group are the group’s alone', () => {
    expect(aliasesOf(who({ phone: '+15550100177', userId: 'US.a' }), 'G1')).toEqual([
      { kind: 'group', value: 'G1' },
    ]);
  });
});

describe('spellings of one number', () => {
  it.each<[string, string[]]>([
    ['5511987654321', ['551187654321']],
    ['551187654321', ['5511987654321']],
    ['551161234567', ['5511961234567']],
    ['5215512345678', ['525512345678']],
    ['525512345678', ['5215512345678']],
    ['5491112345678', ['541112345678']],
    ['541112345678', ['5491112345678']],
  ])('%s is also looked up as %j', (value, expected) => expect(waVariants(value)).toEqual(expected));

  it('and back again', () => {
    for (const value of ['5511987654321', '525512345678', '5491112345678']) {
      expect(waVariants(waVariants(value)[0])).toEqual([value]);
    }
  });

  it.each([
    ['a Brazilian landline', '551133334444'],
    ['a Brazilian mobile of nine digits without the 9', '5511887654321'],
    ['other countries', '15550100177'],
    ['a German number that begins like a Mexican one behind its code', '4952155512345'],
    ['too short', '52155'],
    ['too long', '55119876543210'],
    ['empty', ''],
  ])('%s has one spelling only', (_name, value) => expect(waVariants(value)).toEqual([]));
});

describe('the contact that an event belongs to', () => {
  const aliases: Alias[] = [
    { kind: 'bsuid', value: 'US.a' },
    { kind: 'wa', value: '5511987654321' },
    { kind: 'parent_bsuid', value: 'US.ENT.p' },
  ];
  const choose = (stored: Record<string, number>, list = aliases) =>
    chooseContact(list, ({ kind, value }) => stored[`${kind}:${value}`]);

  it.each<[string, Record<string, number>, number | undefined]>([
    ['nobody', {}, undefined],
    ['the BSUID’s when only that is known', { 'bsuid:US.a': 2 }, 2],
    ['the phone’s when both are known: it holds the thread', { 'bsuid:US.a': 2, 'wa:5511987654321': 1 }, 1],
    ['the phone’s other spelling before the BSUID', { 'bsuid:US.a': 2, 'wa:551187654321': 3 }, 3],
    ['the exact spelling before the other one', { 'wa:5511987654321': 1, 'wa:551187654321': 3 }, 1],
    ['the BSUID before its parent', { 'bsuid:US.a': 2, 'parent_bsuid:US.ENT.p': 4 }, 2],
    ['the parent’s when nothing else is known', { 'parent_bsuid:US.ENT.p': 4 }, 4],
    ['id 0 is an id', { 'wa:5511987654321': 0, 'bsuid:US.a': 2 }, 0],
  ])('%s', (_name, stored, expected) => expect(choose(stored)).toBe(expected));

  it('a group is only ever the group', () => {
    expect(choose({ 'wa:1': 1 }, [{ kind: 'group', value: 'G' }])).toBeUndefined();
  });
});

describe('the name to show', () => {
  it.each([
    [{ name: ' Ana ', profileName: 'x' }, 'Ana'],
    [{ name: '  ', profileName: 'Ana' }, 'Ana'],
    [{ profileName: '', username: 'ana.p' }, '@ana.p'],
    [{ phone: '+15550100177', userId: 'US.abcdef1234' }, '+15550100177'],
    [{ userId: 'US.abcdef123456' }, 'WhatsApp user …123456'],
  ])('%j → %s', (contact, expected) => expect(displayName(contact)).toBe(expected));
});
