import { createOrganizations } from '../../../../server/src/organizations/service';
import {
  tenantOfAdmin,
  tenantOfToken,
  tenantsOfAdmin,
  type AdminCaller,
  type Tenants,
  type TokenCaller,
} from '../../../../server/src/organizations/tenant';
import type { Database } from '../../../../server/src/storage/database';

const ANA = 1;
const BOB = 2;

/** Organizations by slug, ids from 1; members as `[slug, user]`, bindings as `[token, slug]`. */
const tenantsWith = (
  slugs: string[],
  members: [string, number][] = [],
  bindings: [number, string][] = [],
): Tenants => {
  const idOf = (slug: string): number => slugs.indexOf(slug) + 1;
  return {
    organizations: slugs.map((slug) => ({ id: idOf(slug), name: slug, slug, timeZone: 'UTC' })),
    members: members.map(([slug, userId]) => ({ organizationId: idOf(slug), userId })),
    bindings: new Map(bindings.map(([token, slug]) => [token, idOf(slug)])),
  };
};

const slugOr = (work: () => { slug: string }): string => {
  try {
    return work().slug;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the tenant of an API token', () => {
  const full = (wanted?: string): TokenCaller => ({ tokenId: 7, fullAccess: true, wanted });
  const limited = (wanted?: string): TokenCaller => ({ tokenId: 7, fullAccess: false, wanted });
  const two = ['default', 'acme'];
  const bound: [number, string][] = [[7, 'acme']];

  it.each<[string, string[], [number, string][], TokenCaller, string]>([
    ['full access, one organization', ['default'], [], full(), 'default'],
    ['limited, one organization', ['default'], [], limited(), 'default'],
    ['full access, two organizations', two, [], full(), 'default'],
    ['full access names the other', two, [], full('acme'), 'acme'],
    ['full access names nobody', ['default'], [], full('ghost'), 'not_found'],
    ['limited, two organizations', two, [], limited(), 'organization_required'],
    ['limited names one of two', two, [], limited('acme'), 'organization_required'],
    ['limited, one organization: the header is not its to give', ['default'], [], limited('acme'), 'default'],
    ['the default was renamed', ['first', 'second'], [], full(), 'first'],
    ['bound', two, bound, limited(), 'acme'],
    ['bound, full access', two, bound, full(), 'acme'],
    ['bound names its own', two, bound, limited('acme'), 'acme'],
    ['bound names another', two, bound, full('default'), 'not_found'],
    ['bound names nobody', two, bound, limited('ghost'), 'not_found'],
    ["another token's binding is not its own", two, [[8, 'acme']], limited(), 'organization_required'],
    ['no token at all', two, bound, { tokenId: null, fullAccess: false }, 'organization_required'],
    ['no token at all, one organization', ['default'], [], { tokenId: null, fullAccess: false }, 'default'],
  ])('%s', (_name, slugs, bindings, caller, expected) => {
    expect(slugOr(() => tenantOfToken(tenantsWith(slugs, [], bindings), caller))).toBe(expected);
  });
});

describe('the tenant of an admin user', () => {
  const of = (userId: number, wanted?: string): AdminCaller => ({ userId, superAdmin: false, wanted });
  const boss = (wanted?: string): AdminCaller => ({ userId: 9, superAdmin: true, wanted });
  const three = ['first', 'acme', 'third'];
  const members: [string, number][] = [
    ['acme', ANA],
    ['third', ANA],
  ];

  it.each<[string, string[], AdminCaller, string]>([
    ['one organization is everybody’s', ['default'], of(BOB), 'default'],
    ['one organization, named', ['default'], of(BOB, 'default'), 'default'],
    ['a member gets his first', three, of(ANA), 'acme'],
    ['a member names his other', three, of(ANA, 'third'), 'third'],
    ['a member names another’s', three, of(ANA, 'first'), 'not_found'],
    ['a member names nobody', three, of(ANA, 'ghost'), 'not_found'],
    ['member of none', three, of(BOB), 'organization_required'],
    ['member of none names one', three, of(BOB, 'acme'), 'not_found'],
    ['a super admin gets the oldest', three, boss(), 'first'],
    ['a super admin names any', three, boss('acme'), 'acme'],
    ['a super admin names nobody', three, boss('ghost'), 'not_found'],
  ])('%s', (_name, slugs, caller, expected) => {
    const tenants = tenantsWith(slugs, slugs.length > 1 ? members : []);
    expect(slugOr(() => tenantOfAdmin(tenants, caller))).toBe(expected);
  });

  it('is one of those that he may choose from', () => {
    const tenants = tenantsWith(three, members);
    const choice = (caller: AdminCaller): string[] => tenantsOfAdmin(tenants, caller).map(({ slug }) => slug);
    expect(choice(of(ANA))).toEqual(['acme', 'third']);
    expect(choice(of(BOB))).toEqual([]);
    expect(choice(boss())).toEqual(three);
  });
});

describe('who belongs where', () => {
  const service = () => {
    const rows = [{ id: 1, name: 'Default', slug: 'default', time_zone: 'UTC' }];
    let asked = 0;
    const all = async (sql: string) => {
      if (!sql.includes('FROM whatsapp_organizations')) return [];
      asked += 1;
      return [...rows];
    };
    let now = 0;
    const db = { all, name: (table: string) => table } as unknown as Database;
    const organizations = createOrganizations(db, () => now);
    return { organizations, rows, asked: () => asked, later: (ms: number) => (now += ms) };
  };
  const limited = { tokenId: 1, fullAccess: false };

  it('is known within five seconds without asking each time', async () => {
    const { organizations, rows, later, asked } = service();
    for (let n = 0; n < 10; n += 1) await organizations.scopeForToken(limited);
    expect(asked()).toBe(1);
    rows.push({ id: 2, name: 'Acme', slug: 'acme', time_zone: 'UTC' });
    await organizations.scopeForToken(limited);
    later(5_000);
    await expect(organizations.scopeForToken(limited)).rejects.toMatchObject({
      code: 'organization_required',
    });
  });

  it('is asked anew after a write of this process, also when a reading was under way', async () => {
    const { organizations, rows } = service();
    const underWay = organizations.all();
    rows.push({ id: 2, name: 'Acme', slug: 'acme', time_zone: 'UTC' });
    organizations.invalidate();
    await underWay;
    expect(await organizations.all()).toHaveLength(2);
  });
});
