import { api } from '../api/client';
import { newUuid } from '../design/ids';
import type { Message, SendMessage } from '../messages/api-types';
import { forgetFilesOf, uploadedBody } from '../messages/attachments/uploaded-body';
import type { TemplateJob } from '../messages/job-content';
import type { PickTarget } from '../templates/picker/picker-store';

const addresseeOf = ({ conversationId, contactId, phone }: PickTarget): Partial<SendMessage.Body> => {
  if (conversationId !== null) return { conversationId };
  return contactId ? { contactId } : { to: phone ?? '' };
};

/**
 * Sends the template that opens a conversation, and answers its message. The same thing sent again, after an answer that
 * never came, goes under the same key, so that the server sends it once.
 */
export const createFirstSend = () => {
  let last: { asked: string; clientKey: string } | null = null;
  return async (target: PickTarget, content: TemplateJob): Promise<Message> => {
    const { integrationId } = target;
    const body = { ...addresseeOf(target), integrationId, ...(await uploadedBody(content)) };
    const asked = JSON.stringify(body);
    if (last?.asked !== asked) last = { asked, clientKey: newUuid() };
    const { data } = await api.post<SendMessage.Response>('/messages/send', {
      ...body,
      clientKey: last.clientKey,
    } satisfies SendMessage.Body);
    forgetFilesOf(content);
    return data;
  };
};
