import { createOrganizations, type Caller } from '../../../../server/src/organizations/service';
import type { Database } from '../../../../server/src/storage/database';

const service = (slugs: string[]) => {
  const rows = slugs.map((slug, index) => ({ id: index + 1, name: slug, slug }));
  let asked = 0;
  const db = {
    table: () => ({
      orderBy: async () => {
        asked += 1;
        return rows;
      },
    }),
  } as unknown as Database;
  let now = 0;
  return {
    organizations: createOrganizations(db, () => now),
    later: (ms: number) => (now += ms),
    asked: () => asked,
    rows,
  };
};

const outcome = async (slugs: string[], caller: Caller): Promise<unknown> =>
  service(slugs)
    .organizations.scopeForToken(caller)
    .then(
      ({ organizationId }) => slugs[organizationId - 1],
      (error: { code: string }) => error.code,
    );

describe('the tenant of an API token', () => {
  it.each<[string, string[], Caller, string]>([
    ['full access, one organization', ['default'], { fullAccess: true }, 'default'],
    ['limited, one organization', ['default'], { fullAccess: false }, 'default'],
    ['full access, two organizations', ['default', 'acme'], { fullAccess: true }, 'default'],
    [
      'full access names the other',
      ['default', 'acme'],
      { fullAccess: true, organizationHeader: 'acme' },
      'acme',
    ],
    ['full access names nobody', ['default'], { fullAccess: true, organizationHeader: 'ghost' }, 'not_found'],
    ['limited, two organizations', ['default', 'acme'], { fullAccess: false }, 'organization_required'],
    [
      'limited names one of two',
      ['default', 'acme'],
      { fullAccess: false, organizationHeader: 'acme' },
      'organization_required',
    ],
    [
      'limited names another while there is one: the header is not its to give',
      ['default'],
      { fullAccess: false, organizationHeader: 'acme' },
      'default',
    ],
    ['the default was renamed', ['first', 'second'], { fullAccess: true }, 'first'],
  ])('%s', async (_name, slugs, caller, expected) => {
    expect(await outcome(slugs, caller)).toBe(expected);
  });

  it('learns of a second organization within five seconds without asking each time', async () => {
    const { organizations, rows, later, asked } = service(['default']);
    const limited = { fullAccess: false };
    for (let n = 0; n < 10; n += 1) await organizations.scopeForToken(limited);
    expect(asked()).toBe(1);
    rows.push({ id: 2, name: 'acme', slug: 'acme' });
    later(5_000);
    await expect(organizations.scopeForToken(limited)).rejects.toMatchObject({
      code: 'organization_required',
    });
  });
});
