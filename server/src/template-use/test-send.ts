import { randomUUID } from 'node:crypto';
import type { Audit } from '../audit/service';
import { invalid, notFound, WhatsAppError } from '../errors';
import type { SendCommand, SendResult } from '../outbound/contract';
import type { Scope } from '../storage/scope';
import type { Template } from '../templates/contract';
import type { TestContacts } from '../contacts/test-contacts';
import type { TestSendResult } from './contract';

interface Deps {
  audit: Audit;
  testContacts: TestContacts;
  send(command: SendCommand): Promise<SendResult>;
}

export interface TestOrder {
  template: Template;
  contactIds: string[];
  /** The message as one contact gets it. */
  commandFor(contactId: number): SendCommand;
}

/** Sends a template to test contacts: real messages, through every gate, but counted nowhere. */
export const createTestSend =
  ({ audit, testContacts, send }: Deps) =>
  async (scope: Scope, { template, contactIds, commandFor }: TestOrder): Promise<TestSendResult> => {
    const known = await testContacts.list(scope);
    const wanted = [...new Set(contactIds)];
    const strangers = wanted.filter((id) => !known.some((contact) => contact.id === id));
    if (strangers.length > 0) {
      const visible = await Promise.all(strangers.map((id) => testContacts.exists(scope, id)));
      if (visible.includes(false)) throw notFound('Contact');
      throw invalid([{ path: 'contactIds', message: 'Names somebody who is no test contact' }]);
    }
    await audit.record(null, {
      organizationId: scope.organizationId,
      action: 'template.test',
      target: { type: 'template', id: template.id, label: template.name },
      after: { contacts: wanted },
    });
    const result: TestSendResult = { sent: [], failed: [] };
    for (const id of wanted) {
      try {
        const command = { ...commandFor(Number(id)), isTest: true, clientKey: `test:${randomUUID()}` };
        const { messageId } = await send(command);
        result.sent.push({ contactId: id, messageId: String(messageId) });
      } catch (error) {
        if (!(error instanceof WhatsAppError)) throw error;
        result.failed.push({ contactId: id, code: error.code, message: error.message });
      }
    }
    return result;
  };
