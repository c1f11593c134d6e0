import type { AdminPerson, People } from '../access/people';
import type { Audit } from '../audit/service';
import { invalid, notFound, WhatsAppError } from '../errors';
import { idOf } from '../http/validate';
import { moveNumbers, numbersOf } from '../integrations/numbers';
import type { Registry } from '../integrations/registry';
import type { Database, TableName } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import { randomToken } from '../storage/ids';
import type { Tx } from '../storage/transaction';
import { forgetOwnerless } from '../templates/leftovers';
import { defaultHours } from './business-hours';
import type { Organization, Person } from './contract';
import { createOrganizationRepository, type OrganizationWrite } from './repository';
import type { OrganizationCreate, OrganizationPatch } from './schema-input';
import type { Organizations } from './service';
import { slugFrom } from './slug';
import { defaultOf, type AdminCaller } from './tenant';

interface Deps {
  db: Database;
  organizations: Organizations;
  registry: Registry;
  people: People;
  audit: Audit;
  /** Tables whose rows go with their organization. */
  ownedTables: readonly TableName[];
  /** Removes the files of an organization that is gone. */
  dropFiles(organizationId: number): Promise<void>;
  onError(error: unknown): void;
  now(): number;
  notify(): void;
}

export const presentPerson = ({ id, name, email }: AdminPerson): Person => ({ id: String(id), name, email });

const columnsOf = ({ name, slug, timeZone, businessHours }: OrganizationPatch): OrganizationWrite => ({
  ...(name === undefined ? {} : { name }),
  ...(slug === undefined ? {} : { slug }),
  ...(timeZone === undefined ? {} : { time_zone: timeZone }),
  ...(businessHours === undefined ? {} : { business_hours: JSON.stringify(businessHours) }),
});

/** What the audit trail keeps of an organization: names for people, not the whole week. */
const auditable = ({ name, slug, timeZone, businessHours, members, numbers }: Organization) => ({
  name,
  slug,
  timeZone,
  businessHours: JSON.stringify(businessHours),
  members: members.map((member) => member.name),
  numbers: numbers.map((number) => number.name),
});

const guarded = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WhatsAppError(
      'slug_taken',
      'Another organization has this short name. Choose a different one.',
      {
        errors: [{ path: 'slug', message: 'Is taken' }],
      },
    );
  }
};

/** What administrators do with organizations; each sees only those that he may choose from. */
export const createOrganizationAdmin = (deps: Deps) => {
  const { db, organizations, people, now } = deps;
  const repository = createOrganizationRepository(db);

  const load = async (ids: number[]): Promise<Organization[]> => {
    const { members } = await repository.tenants();
    const belonging = members.filter(({ organizationId }) => ids.includes(organizationId));
    const users = await people.byIds([...new Set(belonging.map(({ userId }) => userId))]);
    const numbers = await numbersOf(db, ids);
    return (await repository.find(ids)).map(({ id, ...row }) => ({
      ...row,
      id: String(id),
      members: users
        .filter((user) => belonging.some((m) => m.organizationId === id && m.userId === user.id))
        .map(presentPerson),
      numbers: numbers
        .filter(({ organizationId }) => organizationId === id)
        .map((number) => ({ id: String(number.id), name: number.name })),
    }));
  };

  const openTo = async (caller: AdminCaller): Promise<number[]> =>
    (await organizations.tenantsOfAdmin(caller)).map(({ id }) => id);

  const find = async (caller: AdminCaller, id: number | null): Promise<Organization> => {
    const [found] = id !== null && (await openTo(caller)).includes(id) ? await load([id]) : [];
    if (!found) throw notFound('Organization');
    return found;
  };

  /** Row ids of admin users; a person who does not exist is a mistake in the body. */
  const membersOf = async (ids: string[] | undefined): Promise<number[] | undefined> => {
    if (ids === undefined) return undefined;
    const found = (await people.byIds(ids.map((id) => idOf(id) ?? 0))).map((person) => person.id);
    if (found.length < new Set(ids).size) {
      throw invalid([{ path: 'memberIds', message: 'Names somebody who is no user of this panel' }]);
    }
    return found;
  };

  const freeSlug = async (name: string): Promise<string> => {
    const taken = new Set((await organizations.all()).map(({ slug }) => slug));
    const wanted =
      slugFrom(name) ||
      `organization-${randomToken(6)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '0')}`;
    for (let n = 1; ; n += 1) {
      const slug = n === 1 ? wanted : `${wanted}-${n}`;
      if (!taken.has(slug)) return slug;
    }
  };

  /** The first organization was everybody's. Once there is a choice, whoever worked in it stays in it. */
  const settlers = async (): Promise<{ id: number; userIds: number[] } | null> => {
    const tenants = await repository.tenants();
    if (tenants.organizations.length !== 1 || tenants.members.length > 0) return null;
    return { id: tenants.organizations[0].id, userIds: (await people.withAccess()).map(({ id }) => id) };
  };

  const changed = (): void => {
    organizations.invalidate();
    deps.registry.invalidate();
    deps.notify();
  };

  const record = (
    tx: Tx | null,
    action: 'create' | 'update' | 'delete',
    id: number,
    before: Organization | null,
    after: Organization | null,
  ) =>
    deps.audit.record(tx, {
      organizationId: id,
      action: `organization.${action}`,
      target: { type: 'organization', id, label: (after ?? before)?.name },
      before: before && auditable(before),
      after: after && auditable(after),
    });

  return {
    list: async (caller: AdminCaller): Promise<Organization[]> => load(await openTo(caller)),

    async create(caller: AdminCaller, input: OrganizationCreate): Promise<Organization> {
      const { memberIds, numberIds = [], ...fields } = input;
      const chosen = (await membersOf(memberIds)) ?? [];
      const members = caller.superAdmin ? chosen : [...chosen, caller.userId];
      const slug = fields.slug ?? (await freeSlug(fields.name));
      const before = await settlers();
      const from = await openTo(caller);
      const columns = columnsOf({ timeZone: 'UTC', businessHours: defaultHours(), ...fields, slug });
      const id = await guarded(() =>
        db.transaction(async (tx) => {
          const created = await repository.insert(tx, columns, now());
          if (before) await repository.addMembers(tx, before.id, before.userIds);
          await repository.addMembers(tx, created, members);
          const ids = numberIds.map((number) => idOf(number) ?? 0);
          await moveNumbers(db, tx, { ids, to: created, from }, now());
          return created;
        }),
      );
      changed();
      const [organization] = await load([id]);
      await record(null, 'create', id, null, organization);
      return organization;
    },

    async update(caller: AdminCaller, id: number | null, patch: OrganizationPatch): Promise<Organization> {
      const before = await find(caller, id);
      const own = Number(before.id);
      const members = await membersOf(patch.memberIds);
      const from = await openTo(caller);
      await guarded(() =>
        db.transaction(async (tx) => {
          await repository.update(tx, own, columnsOf(patch), now());
          if (members) {
            await repository.clearMembers(tx, own);
            await repository.addMembers(tx, own, members);
          }
          const ids = (patch.numberIds ?? []).map((number) => idOf(number) ?? 0);
          await moveNumbers(db, tx, { ids, to: own, from }, now());
        }),
      );
      changed();
      const [after] = await load([own]);
      await record(null, 'update', own, before, after);
      return after;
    },

    /** Only an empty one, and never the first: programs whose token is bound to nothing belong to it. */
    async remove(caller: AdminCaller, id: number | null): Promise<void> {
      const before = await find(caller, id);
      const own = Number(before.id);
      if (own === defaultOf(await repository.tenants()).id) {
        throw new WhatsAppError(
          'organization_in_use',
          'The first organization stays: API tokens that are bound to none belong to it. You can rename it.',
        );
      }
      await db.transaction(async (tx) => {
        await repository.lock(tx, own);
        if (await repository.holds(tx, own)) {
          throw new WhatsAppError(
            'organization_in_use',
            'This organization still has numbers, contacts or conversations. Delete its numbers with their history first.',
          );
        }
        await forgetOwnerless(db, tx, own);
        await repository.remove(tx, own, deps.ownedTables);
        await record(tx, 'delete', own, before, null);
      });
      changed();
      // The rows are gone: what stays on the disk is told of, and is nobody's mistake here.
      await deps.dropFiles(own).catch(deps.onError);
    },

    people: async (): Promise<Person[]> => (await people.all()).map(presentPerson),

    /** Who may be given a conversation of this organization: its members who can read one. */
    async assignees(organizationId: number): Promise<AdminPerson[]> {
      const { organizations: all, members } = await organizations.tenants();
      const [readers, bosses] = [await people.readers(), await people.superAdminIds()];
      if (all.length === 1) return readers;
      return readers.filter(
        ({ id }) =>
          bosses.includes(id) || members.some((m) => m.organizationId === organizationId && m.userId === id),
      );
    },
  };
};
