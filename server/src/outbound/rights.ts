import { WhatsAppError } from '../errors';

/** What the writer may do; each is a right of its own in the panel. */
export interface SendRights {
  /** Free-form messages into a conversation that exists. */
  reply: boolean;
  /** Anything to somebody without a conversation on that number. */
  start: boolean;
  template: boolean;
  /** Ids of the writer's admin roles, for templates that only some may send; null: no role limits him. */
  roles?: string[] | null;
}

interface Sending {
  isTemplate: boolean;
  hasConversation: boolean;
}

const refuse = (what: string): never => {
  throw new WhatsAppError(
    'permission_denied',
    `Your role does not allow you to ${what}. Ask an administrator.`,
  );
};

/** Programs bring no rights: what their token may do is Strapi's to check. */
export const assertMaySend = (rights: SendRights | undefined, sending: Sending): void => {
  if (!rights) return;
  if (!sending.hasConversation && !rights.start) refuse('start conversations');
  if (sending.isTemplate && !rights.template) refuse('send templates');
  if (!sending.isTemplate && sending.hasConversation && !rights.reply) refuse('reply');
};
