import {
  followPath,
  type Attributes,
  type ContentReader,
  type Schemas,
} from '../../../../server/src/template-use/path';
import { queryFor } from '../../../../server/src/template-use/populate';
import { valueAt } from '../../../../server/src/template-use/entry-value';

const TYPES: Record<string, Attributes> = {
  'api::p.p': {
    title: { type: 'string' },
    cost: { type: 'decimal', private: true },
    pin: { type: 'password' },
    picture: { type: 'media' },
    data: { type: 'json' },
    one: { type: 'relation', relation: 'manyToOne', target: 'api::m.m' },
    many: { type: 'relation', relation: 'oneToMany', target: 'api::m.m' },
    owner: { type: 'relation', relation: 'oneToOne', target: 'admin::user' },
    morph: { type: 'relation', relation: 'morphToOne' },
    seo: { type: 'component', component: 'c.seo' },
    items: { type: 'component', component: 'c.seo', repeatable: true },
    zone: { type: 'dynamiczone', components: ['c.seo', 'c.open', 'c.odd'] },
  },
  'api::m.m': {
    name: { type: 'string' },
    back: { type: 'relation', relation: 'oneToOne', target: 'api::p.p' },
  },
  'admin::user': { email: { type: 'email' } },
  'c.seo': {
    text: { type: 'string' },
    code: { type: 'string', private: true },
    maker: { type: 'relation', relation: 'oneToOne', target: 'api::m.m' },
  },
  'c.open': { text: { type: 'string' }, code: { type: 'string' } },
  'c.odd': { text: { type: 'integer' } },
};

const schemas: Schemas = {
  attributesOf: (uid) => TYPES[uid],
  isOpen: (uid) => uid.startsWith('api::'),
};
const ALL: ContentReader = { mayRead: () => true, filtersFor: () => null };
const only = (...granted: string[]): ContentReader => ({
  mayRead: (uid, field) => granted.includes(field === null ? uid : `${uid} ${field}`),
  filtersFor: () => null,
});

const follow = (path: string, reader = ALL) => {
  const found = followPath(schemas, 'api::p.p', path, reader);
  return typeof found === 'string' ? found : `${found.type}${found.many ? ' many' : ''}`;
};

describe('a path', () => {
  it.each([
    ['title', 'string'],
    ['one.name', 'string'],
    ['many.name', 'string many'],
    ['seo.text', 'string'],
    ['items.text', 'string many'],
    ['seo.maker.name', 'string'],
    ['one.back.title', 'string'],
    ['zone.text', 'string'],
    ['zone.code', 'string'],
    ['picture', 'media'],
    // Nothing that a customer could be told.
    ['cost', 'gone'],
    ['pin', 'gone'],
    ['data', 'gone'],
    ['seo.code', 'gone'],
    ['owner.email', 'gone'],
    ['morph.x', 'gone'],
    ['one', 'gone'],
    ['seo', 'gone'],
    ['zone', 'gone'],
    ['title.length', 'gone'],
    ['__proto__', 'gone'],
    ['constructor.name', 'gone'],
    ['', 'gone'],
    ['one..name', 'gone'],
    ['one.back.one.back.one.name', 'gone'],
  ])('%s is %s', (path, expected) => {
    expect(follow(path)).toBe(expected);
  });

  it.each([
    ['title', ['api::p.p', 'api::p.p title'], 'string'],
    ['title', ['api::p.p title'], 'forbidden'],
    ['title', ['api::p.p'], 'forbidden'],
    ['seo.text', ['api::p.p', 'api::p.p seo.text'], 'string'],
    ['seo.text', ['api::p.p', 'api::p.p seo'], 'forbidden'],
    ['one.name', ['api::p.p', 'api::p.p one', 'api::m.m', 'api::m.m name'], 'string'],
    ['one.name', ['api::p.p', 'api::p.p one', 'api::m.m'], 'forbidden'],
    ['one.name', ['api::p.p', 'api::p.p one', 'api::m.m name'], 'forbidden'],
    ['one.name', ['api::p.p', 'api::m.m', 'api::m.m name'], 'forbidden'],
    ['zone.text', ['api::p.p', 'api::p.p zone'], 'string'],
    ['zone.text', ['api::p.p'], 'forbidden'],
    ['createdAt', ['api::p.p'], 'gone'],
  ])('%s with %j granted is %s', (path, granted, expected) => {
    expect(follow(path, only(...granted))).toBe(expected);
  });

  it('asks Strapi for what it leads to and for nothing else, filtered as the reader is', () => {
    const reader: ContentReader = {
      ...ALL,
      filtersFor: (uid) => (uid === 'api::m.m' ? { mine: true } : null),
    };
    const paths = ['title', 'one.name', 'zone.code', 'picture', 'seo.text'].map((path) =>
      followPath(schemas, 'api::p.p', path, reader),
    );
    expect(
      queryFor(
        paths.filter((path) => typeof path !== 'string'),
        reader,
      ),
    ).toEqual({
      fields: ['title'],
      populate: {
        one: { fields: ['name'], populate: {}, filters: { mine: true } },
        // The same field is private in another component of the zone.
        zone: { on: { 'c.open': { fields: ['code'], populate: {} } } },
        picture: { fields: ['name', 'url', 'mime', 'size', 'hash', 'updatedAt'] },
        seo: { fields: ['text'], populate: {} },
      },
    });
  });
});

describe('the value at a path', () => {
  const read = (entry: Record<string, unknown>, dotted: string) => {
    const path = followPath(schemas, 'api::p.p', dotted, ALL);
    if (typeof path === 'string') throw new Error(path);
    return valueAt(entry, path).scalars;
  };
  it.each([
    [{ title: 'A' }, 'title', ['A']],
    [{ title: '  ' }, 'title', []],
    [{ title: null }, 'title', []],
    [{}, 'title', []],
    [{ one: { name: 'M' } }, 'one.name', ['M']],
    [{ one: null }, 'one.name', []],
    [{ many: [{ name: 'M' }, { name: '' }, { name: 'N' }] }, 'many.name', ['M', 'N']],
    [{ items: [{ text: 'a' }, { text: 'b' }] }, 'items.text', ['a', 'b']],
    [
      {
        zone: [
          { __component: 'c.odd', text: 1 },
          { __component: 'c.open', text: 'z' },
        ],
      },
      'zone.text',
      ['z'],
    ],
    [{ zone: null }, 'zone.text', []],
    // What an entry of another shape holds is no value.
    [{ title: { deep: 1 } }, 'title', []],
    [{ one: 'text' }, 'one.name', []],
  ])('%j at %s is %j', (entry, path, expected) => {
    expect(read(entry as Record<string, unknown>, path)).toEqual(expected);
  });

  it('of a relation to very many stays a sentence', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ name: `m${index}` }));
    expect(read({ many }, 'many.name')).toHaveLength(20);
  });
});
