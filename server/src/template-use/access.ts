import { WhatsAppError } from '../errors';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { TemplateAccess } from './contract';
import { createTemplateUseRepository, type TemplateName } from './repository';

/** Who sends, as far as a template's limits go. */
export type TemplateSender =
  /** Programs, super admins: no role limits them. */
  | { as: 'unlimited' }
  | { as: 'roles'; roles: readonly string[] }
  /** A person who is not here now; the roles of today count. */
  | { as: 'author'; userId: number };

export const UNLIMITED: TemplateSender = { as: 'unlimited' };

/** Of a request: programs bring no rights, and super admins no roles that could limit them. */
export const senderOf = (rights: { roles?: string[] | null } | undefined): TemplateSender =>
  rights?.roles ? { as: 'roles', roles: rights.roles } : UNLIMITED;

/** Why somebody may not use a template on a number; null when he may. Empty lists limit nothing. */
export const accessRefusal = (
  { roles, integrations }: TemplateAccess,
  integrationId: string,
  sender: { roles: readonly string[] } | null,
): 'role' | 'number' | null => {
  if (sender && roles.length > 0 && !roles.some((role) => sender.roles.includes(role))) return 'role';
  return integrations.length > 0 && !integrations.includes(integrationId) ? 'number' : null;
};

const SENTENCE = {
  role: 'Your role may not send this template. Ask whoever manages templates.',
  number: 'This template may not be sent from this number. Choose another number or template.',
};

export type AssertTemplateAllowed = (
  scope: Scope,
  number: { id: number; businessAccountId: string },
  name: string,
  sender: TemplateSender,
) => Promise<void>;

interface Deps {
  db: Database;
  /** Ids of a person's roles now; null for a super admin, empty for somebody who is gone. */
  rolesOf(userId: number): Promise<string[] | null>;
}

/** Asked on every way by which a template leaves; throws `template_not_allowed`. */
export const createTemplateGuard = ({ db, rolesOf }: Deps): AssertTemplateAllowed => {
  const limitsOf = async (sender: TemplateSender): Promise<{ roles: readonly string[] } | null> => {
    if (sender.as === 'unlimited') return null;
    if (sender.as === 'roles') return { roles: sender.roles };
    const roles = await rolesOf(sender.userId);
    return roles && { roles };
  };

  return async (scope, number, name, sender) => {
    const template: TemplateName = { businessAccountId: number.businessAccountId, name };
    const { access } = await createTemplateUseRepository(db, scope).settings(template);
    if (access.roles.length === 0 && access.integrations.length === 0) return;
    const why = accessRefusal(access, String(number.id), await limitsOf(sender));
    if (why) throw new WhatsAppError('template_not_allowed', SENTENCE[why], { reason: why });
  };
};
