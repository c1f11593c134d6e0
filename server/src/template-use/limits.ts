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

const unknownIn = (ids: string[], choices: Choice[]): string[] =>
  ids.filter((id) => !choices.some((choice) => choice.id === id));

/** Who may use a template, and from which numbers. */
export const createTemplateLimits = ({ db, audit, registry, roles }: Deps) => {
  const choicesFor = async (scope: Scope, template: Template): Promise<TemplateAccessAnswer['meta']> => ({
    roles: await roles(),
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
      const after: TemplateAccess = {
        roles: [...new Set(wanted.roles)],
        integrations: [...new Set(wanted.integrations)],
      };
      const errors = [
        ...unknownIn(after.roles, choices.roles).map((id) => ({
          path: 'roles',
          message: `${id} is no role`,
        })),
        ...unknownIn(after.integrations, choices.integrations).map((id) => ({
          path: 'integrations',
          message: `${id} is no number of this template's account`,
        })),
      ];
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
