import type { Audit } from '../audit/service';
import { invalid } from '../errors';
import type { Registry } from '../integrations/registry';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Template } from '../templates/contract';
import type { TemplateAccess, TemplateAccessAnswer } from './contract';
import { createTemplateUseRepository } from './repository';

interface Choice {
  id: string;
  name: string;
}

interface Deps {
  db: Database;
  audit: Audit;
  registry: Registry;
  /** Roles of Strapi's admin panel that a limit can name: all but the super admin's, whom nothing limits. */
  roles(): Promise<Choice[]>;
}

interface Chosen {
  ids: string[];
  errors: { path: string; message: string }[];
}

/**
 * What was chosen and is there. A role or number that was deleted since it was chosen falls away; when nothing is left of
 * the choice it has to be made anew, because an empty one would open the template to everybody.
 */
export const chosenOf = (path: string, wanted: string[], before: string[], choices: Choice[]): Chosen => {
  const isThere = (id: string): boolean => choices.some((choice) => choice.id === id);
  const ids = [...new Set(wanted)].filter(isThere);
  const strange = wanted.filter((id) => !isThere(id) && !before.includes(id));
  if (strange.length > 0)
    return { ids, errors: strange.map((id) => ({ path, message: `${id} is none that can be chosen` })) };
  if (ids.length === 0 && wanted.length > 0)
    return { ids, errors: [{ path, message: 'Nothing of this is there any more: choose others, or all' }] };
  return { ids, errors: [] };
};

/** Who may use a template, and from which numbers. */
export const createTemplateLimits = ({ db, audit, registry, roles: rolesOfSite }: Deps) => {
  const choicesFor = async (scope: Scope, template: Template): Promise<TemplateAccessAnswer['meta']> => ({
    roles: await rolesOfSite(),
    integrations: (await registry.all())
      .filter(
        ({ organizationId, businessAccountId }) =>
          organizationId === scope.organizationId && businessAccountId === template.businessAccountId,
      )
      .map(({ id, name }) => ({ id: String(id), name })),
  });

  return {
    async get(scope: Scope, template: Template): Promise<TemplateAccessAnswer> {
      const { access } = await createTemplateUseRepository(db, scope).settings(template);
      return { data: access, meta: await choicesFor(scope, template) };
    },
    async save(scope: Scope, template: Template, wanted: TemplateAccess): Promise<TemplateAccessAnswer> {
      const repository = createTemplateUseRepository(db, scope);
      const { access: before } = await repository.settings(template);
      const choices = await choicesFor(scope, template);
      const roles = chosenOf('roles', wanted.roles, before.roles, choices.roles);
      const numbers = chosenOf(
        'integrations',
        wanted.integrations,
        before.integrations,
        choices.integrations,
      );
      const after: TemplateAccess = { roles: roles.ids, integrations: numbers.ids };
      const errors = [...roles.errors, ...numbers.errors];
      if (errors.length > 0) throw invalid(errors);
      await db.transaction(async (tx) => {
        await repository.saveAccess(tx, template, after);
        await audit.record(tx, {
          organizationId: scope.organizationId,
          action: 'template.limit',
          target: { type: 'template', id: template.id, label: template.name },
          before,
          after,
        });
      });
      return { data: after, meta: choices };
    },
  };
};
