'use strict';

const CONTACT = 'api::bench.contact';
const CONVERSATION = 'api::bench.conversation';
const MESSAGE = 'api::bench.message';

/** Two posts may create the same person at once; the unique index refuses one, which then finds the other's. */
const findOrCreate = async (documents, filters, data) => {
  const found = await documents.findFirst({ filters });
  if (found) return found;
  try {
    return await documents.create({ data: { ...filters, ...data } });
  } catch (error) {
    const other = await documents.findFirst({ filters });
    if (!other) throw error;
    return other;
  }
};

const storeMessage = async (strapi, message, profile) => {
  const messages = strapi.documents(MESSAGE);
  if (await messages.findFirst({ filters: { wamid: message.id } })) return;
  const name = profile?.profile?.name ?? '';
  const contact = await findOrCreate(
    strapi.documents(CONTACT),
    { waId: message.from },
    { profileName: name },
  );
  const conversations = strapi.documents(CONVERSATION);
  const conversation = await findOrCreate(
    conversations,
    { pair: message.from },
    { state: 'open', unreadCount: 0, contact: contact.documentId },
  );
  const writtenAt = new Date(Number(message.timestamp) * 1000);
  await messages.create({
    data: {
      wamid: message.id,
      direction: 'inbound',
      messageType: message.type,
      text: message.text?.body ?? '',
      raw: message,
      writtenAt,
      deliveryStatus: 'received',
      conversation: conversation.documentId,
    },
  });
  await conversations.update({
    documentId: conversation.documentId,
    data: { unreadCount: conversation.unreadCount + 1, lastMessageAt: writtenAt },
  });
};

/**
 * One event after the other through the document service. Ends early when the sender is gone, which a handler in the
 * wild would not do: here an abandoned request would only burden whoever is measured next.
 */
const storeNaively = async (strapi, body, isGone) => {
  for (const { changes } of body.entry) {
    for (const { value } of changes) {
      for (const message of value.messages ?? []) {
        if (isGone()) return;
        const profile = (value.contacts ?? []).find((one) => one.wa_id === message.from);
        await storeMessage(strapi, message, profile);
      }
    }
  }
};

module.exports = { storeNaively };
