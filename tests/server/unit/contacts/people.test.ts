import type { Identity } from '../../../../server/src/cloud-api/events';
import {
  aliasesToLookUp,
  createPeople,
  type People,
  type PersonFields,
} from '../../../../server/src/contacts/people';
import type { Alias } from '../../../../server/src/contacts/identity';

const NOBODY: Identity = {
  phone: null,
  waId: null,
  userId: null,
  parentUserId: null,
  username: null,
  profileName: null,
};
const who = (over: Partial<Identity>): Identity => ({ ...NOBODY, ...over });
const phone = (digits: string, over: Partial<Identity> = {}): Identity =>
  who({ phone: `+${digits}`, waId: digits, ...over });
const EMPTY: PersonFields = {
  profileName: '',
  phone: '',
  waId: '',
  userId: '',
  parentUserId: '',
  username: '',
};

type Stored = { id: number; aliases: string[] } & Partial<PersonFields>;

/** People over a database that knows these contacts. */
const knowing = (...contacts: Stored[]): People =>
  createPeople((organizationId, { kind, value }: Alias) => {
    if (organizationId !== 1) return undefined;
    const found = contacts.find((contact) => contact.aliases.includes(`${kind}:${value}`));
    if (!found) return undefined;
    const { aliases: _aliases, ...contact } = found;
    return { ...EMPTY, ...contact };
  });

const writes = (people: People): string[] =>
  people
    .aliasWrites()
    .map(
      ({ alias, person, move }) =>
        `${move ? 'move' : 'new'} ${alias.kind}:${alias.value} → ${person.id ?? 'new'}`,
    );

describe('somebody new', () => {
  it('is made once for all events of a drain', () => {
    const people = knowing();
    const first = people.resolve(1, phone('1555'), null);
    expect(people.resolve(1, phone('1555'), null)).toBe(first);
    expect(people.added()).toEqual([first]);
    expect(writes(people)).toEqual(['new wa:1555 → new']);
  });

  it('with phone and BSUID is found under either later', () => {
    const people = knowing();
    const ana = people.resolve(1, phone('1555', { userId: 'US.a' }), null);
    expect(people.resolve(1, who({ userId: 'US.a' }), null)).toBe(ana);
    expect(people.resolve(1, phone('1555'), null)).toBe(ana);
    expect(people.added()).toHaveLength(1);
  });

  it('known by BSUID only takes the phone in when it shows up', () => {
    const people = knowing();
    const ana = people.resolve(1, who({ userId: 'US.a', profileName: 'Ana' }), null);
    expect(people.resolve(1, phone('1555', { userId: 'US.a' }), null)).toBe(ana);
    expect(ana?.fields).toMatchObject({ phone: '+1555', waId: '1555', userId: 'US.a', profileName: 'Ana' });
    expect(writes(people)).toEqual(['new bsuid:US.a → new', 'new wa:1555 → new']);
  });

  it('in another organization is somebody else', () => {
    const people = knowing();
    expect(people.resolve(2, phone('1555'), null)).not.toBe(people.resolve(1, phone('1555'), null));
    expect(people.added()).toHaveLength(2);
  });

  it('whom nothing names is nobody', () => {
    const people = knowing();
    expect(people.resolve(1, who({ username: 'ana.p' }), null)).toBeNull();
    expect(people.added()).toEqual([]);
  });

  it('in a group is the group, which learns no name or phone from its members', () => {
    const people = knowing();
    const group = people.resolve(1, phone('1555', { profileName: 'Ana' }), 'G1');
    expect(people.resolve(1, phone('1666'), 'G1')).toBe(group);
    expect(group).toMatchObject({ groupId: 'G1', fields: EMPTY });
    expect(people.resolve(1, phone('1555'), null)).not.toBe(group);
  });
});

describe('somebody known', () => {
  it('is not written again when nothing is new', () => {
    const people = knowing({ id: 7, aliases: ['wa:1555'], phone: '+1555', waId: '1555', profileName: 'Ana' });
    expect(people.resolve(1, phone('1555', { profileName: 'Ana' }), null)?.id).toBe(7);
    expect([people.added(), people.changed(), people.aliasWrites()]).toEqual([[], [], []]);
  });

  it('learns what is new and forgets nothing that an event leaves out', () => {
    const people = knowing({
      id: 7,
      aliases: ['wa:1555'],
      phone: '+1555',
      waId: '1555',
      profileName: 'Ana',
      username: 'ana',
    });
    people.resolve(1, phone('1555', { userId: 'US.a', profileName: 'Ana P.' }), null);
    const [ana] = people.changed();
    expect(ana.fields).toEqual({
      ...EMPTY,
      phone: '+1555',
      waId: '1555',
      userId: 'US.a',
      profileName: 'Ana P.',
      username: 'ana',
    });
    expect(writes(people)).toEqual(['new bsuid:US.a → 7']);
  });

  it('by phone takes over a BSUID that was somebody else until now', () => {
    const people = knowing({ id: 1, aliases: ['wa:1555'] }, { id: 2, aliases: ['bsuid:US.a'] });
    expect(people.resolve(1, phone('1555', { userId: 'US.a' }), null)?.id).toBe(1);
    expect(writes(people)).toEqual(['move bsuid:US.a → 1']);
    expect(people.resolve(1, who({ userId: 'US.a' }), null)?.id).toBe(1);
  });

  it('under the other Brazilian spelling is the same person and gets the new one as well', () => {
    const people = knowing({
      id: 5,
      aliases: ['wa:551187654321'],
      waId: '551187654321',
      phone: '+551187654321',
    });
    expect(people.resolve(1, phone('5511987654321'), null)?.id).toBe(5);
    expect(writes(people)).toEqual(['new wa:5511987654321 → 5']);
  });

  it('is one person however many of the aliases are asked for', () => {
    const people = knowing({ id: 7, aliases: ['wa:1555', 'bsuid:US.a'] });
    expect(people.resolve(1, phone('1555'), null)).toBe(people.resolve(1, who({ userId: 'US.a' }), null));
  });
});

describe('a change of names', () => {
  it('keeps the person and leads the new names there, the old ones still lead there too', () => {
    const people = knowing({
      id: 7,
      aliases: ['wa:1555', 'bsuid:US.a'],
      phone: '+1555',
      waId: '1555',
      userId: 'US.a',
    });
    const ana = people.rename(1, phone('1555', { userId: 'US.a' }), phone('1666', { userId: 'US.b' }));
    expect(ana).toMatchObject({ id: 7, fields: { phone: '+1666', waId: '1666', userId: 'US.b' } });
    expect(writes(people)).toEqual(['new wa:1666 → 7', 'new bsuid:US.b → 7']);
    expect(people.resolve(1, phone('1555'), null)).toBe(ana);
  });

  it('takes the new names from whoever had them', () => {
    const people = knowing({ id: 7, aliases: ['wa:1555'] }, { id: 8, aliases: ['wa:1666'] });
    expect(people.rename(1, phone('1555'), phone('1666'))?.id).toBe(7);
    expect(writes(people)).toEqual(['move wa:1666 → 7']);
  });

  it('of somebody unknown makes one person under all names', () => {
    const people = knowing();
    const ana = people.rename(1, phone('1555', { userId: 'US.a' }), phone('1666', { userId: 'US.b' }));
    for (const name of [phone('1555'), phone('1666'), who({ userId: 'US.a' }), who({ userId: 'US.b' })]) {
      expect(people.resolve(1, name, null)).toBe(ana);
    }
    expect(people.added()).toEqual([ana]);
  });

  it('told twice changes nothing the second time', () => {
    const people = knowing({ id: 7, aliases: ['bsuid:US.a'] });
    const change = () => people.rename(1, who({ userId: 'US.a' }), who({ userId: 'US.b' }));
    change();
    const once = writes(people);
    change();
    expect(writes(people)).toEqual(once);
  });
});

it('looks up the other spellings next to the aliases themselves', () => {
  expect(
    aliasesToLookUp([
      { kind: 'wa', value: '525512345678' },
      { kind: 'bsuid', value: '525512345678' },
    ]),
  ).toEqual([
    { kind: 'wa', value: '525512345678' },
    { kind: 'bsuid', value: '525512345678' },
    { kind: 'wa', value: '5215512345678' },
  ]);
});
