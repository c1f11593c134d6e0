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

const HOUR = 60 * 60 * 1000;
const NOW = 1_700_000_000_000;

/** `former`: aliases that the contact no longer goes by, with the moment of the change. */
type Stored = { id: number; aliases: string[]; former?: Record<string, number> } & Partial<PersonFields>;

/** People over a database that knows these contacts. */
const knowing = (...contacts: Stored[]) => {
  const people = createPeople((organizationId, { kind, value }: Alias) => {
    if (organizationId !== 1) return undefined;
    const key = `${kind}:${value}`;
    const found = contacts.find(({ aliases, former }) => aliases.includes(key) || former?.[key]);
    if (!found) return undefined;
    const { aliases: _aliases, former, id, ...fields } = found;
    return { id, supersededAt: former?.[key] ?? null, fields: { ...EMPTY, ...fields } };
  });
  return {
    ...people,
    resolve: (organizationId: number, identity: Identity, groupId: string | null, at = NOW) =>
      people.resolve(organizationId, identity, groupId, at),
    rename: (organizationId: number, previous: Identity, current: Identity, at = NOW) =>
      people.rename(organizationId, previous, current, at),
  };
};

const writes = (people: Pick<People, 'aliasWrites'>): string[] =>
  people.aliasWrites().map(({ alias, person, stored, supersededAt }) => {
    const verb = supersededAt !== null ? 'past' : stored ? 'move' : 'new';
    return `${verb} ${alias.kind}:${alias.value} → ${person.id ?? 'new'}`;
  });

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
    expect(ana.learned).toEqual({ userId: 'US.a', profileName: 'Ana P.' });
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
    expect(writes(people)).toEqual([
      'new wa:1666 → 7',
      'new bsuid:US.b → 7',
      'past wa:1555 → 7',
      'past bsuid:US.a → 7',
    ]);
    expect(people.resolve(1, phone('1555'), null)).toBe(ana);
  });

  it('takes the new names from whoever had them', () => {
    const people = knowing({ id: 7, aliases: ['wa:1555'] }, { id: 8, aliases: ['wa:1666'] });
    expect(people.rename(1, phone('1555'), phone('1666'))?.id).toBe(7);
    expect(writes(people)).toEqual(['move wa:1666 → 7', 'past wa:1555 → 7']);
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

describe('what comes under a former name', () => {
  const MOVED = {
    id: 7,
    aliases: ['wa:1666', 'bsuid:US.b'],
    former: { 'wa:1555': NOW, 'bsuid:US.a': NOW },
    phone: '+1666',
    waId: '1666',
    userId: 'US.b',
    profileName: 'Ana',
  };

  it.each([
    ['the number', phone('1555')],
    ['the number and its BSUID', phone('1555', { userId: 'US.a' })],
    ['the BSUID alone', who({ userId: 'US.a' })],
    ['the number, next to a name that is current', phone('1555', { userId: 'US.b' })],
  ])('joins the thread and does not lead answers back there: %s', (_what, identity) => {
    const people = knowing(MOVED);
    expect(people.resolve(1, { ...identity, profileName: 'Ana P.' }, null, NOW - HOUR)?.id).toBe(7);
    expect(people.changed()[0].learned).toEqual({ profileName: 'Ana P.' });
    expect(writes(people)).toEqual([]);
  });

  it('in the very drain that tells of the change as well', () => {
    const people = knowing({ id: 7, aliases: ['wa:1555'], phone: '+1555', waId: '1555' });
    people.rename(1, phone('1555'), phone('1666'));
    people.resolve(1, phone('1555', { userId: 'US.a' }), null, NOW - HOUR);
    expect(people.changed()[0].learned).toEqual({ phone: '+1666', waId: '1666' });
    expect(writes(people)).toEqual(['new wa:1666 → 7', 'past wa:1555 → 7', 'past bsuid:US.a → 7']);
  });

  it('under another spelling of it too', () => {
    const people = knowing({
      id: 7,
      aliases: ['wa:1666'],
      former: { 'wa:551187654321': NOW },
      phone: '+1666',
    });
    expect(people.resolve(1, phone('5511987654321'), null, NOW - HOUR)?.id).toBe(7);
    expect(people.changed()).toEqual([]);
    expect(writes(people)).toEqual(['past wa:5511987654321 → 7']);
  });

  it('is not told as news once more: an older change after a newer one', () => {
    const people = knowing(MOVED);
    expect(people.rename(1, phone('1444'), phone('1555'), NOW - HOUR)?.id).toBe(7);
    expect([people.changed(), writes(people)]).toEqual([[], []]);
  });

  it('is current again when the person says so', () => {
    const people = knowing(MOVED);
    expect(people.rename(1, phone('1666'), phone('1555'), NOW + HOUR)?.fields.phone).toBe('+1555');
    expect(writes(people)).toEqual(['move wa:1555 → 7', 'past wa:1666 → 7']);
  });

  it('comes from a new owner after a while, who must not be answered on the old one’s number', () => {
    const people = knowing(MOVED);
    const stranger = people.resolve(1, phone('1555', { userId: 'US.z' }), null, NOW + 60 * 24 * HOUR);
    expect(stranger).toMatchObject({ id: null, fields: { phone: '+1555' } });
    expect(writes(people)).toEqual(['move wa:1555 → new', 'new bsuid:US.z → new']);
  });

  it('counts less than a current name of somebody else', () => {
    const people = knowing(MOVED, { id: 8, aliases: ['bsuid:US.z'] });
    expect(people.resolve(1, phone('1555', { userId: 'US.z' }), null, NOW + HOUR)?.id).toBe(8);
    expect(writes(people)).toEqual(['move wa:1555 → 8']);
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
