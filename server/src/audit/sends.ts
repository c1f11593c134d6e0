import type { Scope } from '../storage/scope';
import type { AuditAction, AuditActor } from './contract';
import type { AuditEvent } from './service';

interface Sender {
  origin: string;
  author: { id: number | null; name: string } | null;
}

/** A person of the panel by name; a program by the token of the present request; everything else by what it is. */
const actorOf = ({ origin, author }: Sender): AuditActor | undefined => {
  if (origin === 'agent' && author)
    return {
      type: author.id === null ? 'system' : 'admin',
      id: author.id === null ? null : String(author.id),
      name: author.name,
    };
  if (origin === 'automation' || origin === 'campaign')
    return { type: 'automation', id: null, name: author?.name ?? origin };
  return undefined;
};

/** The line of one send: who, and which message. Never what it says or to whom: the message itself has that. */
export const sendEvent = (scope: Scope, sender: Sender, messageId: number): AuditEvent => ({
  organizationId: scope.organizationId,
  actor: actorOf(sender),
  action: 'message.send',
  target: { type: 'message', id: messageId },
});

/** The line of something else that was done with a message, by whoever makes the present request. */
export const messageEvent = (scope: Scope, action: AuditAction, messageId: number | null): AuditEvent => ({
  organizationId: scope.organizationId,
  action,
  target: { type: 'message', id: messageId },
});
