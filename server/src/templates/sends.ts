import { TABLES } from '../constants';
import type { TemplateElement } from '../cloud-api/element';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';

interface TemplateSend {
  integrationId: number;
  conversationId: number;
  messageId: number;
  /** The admin user who sent it; null for programs. */
  authorId: number | null;
}

/** Columns of 255 characters. */
const word = (text: string): string => text.slice(0, 255);

/** Notes which template a message is made of, in the transaction of the message: counting needs no search in messages. */
export const noteTemplateSend = (
  db: Database,
  tx: Tx,
  scope: Scope,
  send: TemplateSend,
  { name, language }: TemplateElement,
  at: number,
): Promise<number> =>
  tx.run(
    `INSERT INTO ${db.name(TABLES.templateSends)} (organization_id, integration_id, conversation_id, message_id, author_id, name, language, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      scope.organizationId,
      send.integrationId,
      send.conversationId,
      send.messageId,
      send.authorId,
      word(name),
      word(language.code),
      at,
    ],
  );
