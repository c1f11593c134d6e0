import { linkedEntryOf } from '../contacts/card';
import type { DeliveryStatus, MessageType } from '../messages/contract';
import type { Conversation, ConversationStatus } from './contract';
import type { ConversationRow } from './repository';
import { isWindowOpen, windowExpiresAt } from './service-window';

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const ms = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));
const iso = (at: number | null): string | null => (at ? new Date(at).toISOString() : null);

const listOf = (value: unknown): string[] => {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(list) ? list.map(String) : [];
};

/** A stored row as both doors show it. */
export const presentConversation = (row: ConversationRow, now: number): Conversation => {
  const facts = { lastInboundAt: ms(row.last_inbound_at), refusedAt: ms(row.window_refused_at) };
  return {
    id: String(row.id),
    integrationId: String(row.integration_id),
    contact: {
      id: String(row.contact_id),
      name: text(row.contact_name),
      profileName: text(row.profile_name),
      phone: text(row.phone),
      waId: text(row.wa_id),
      userId: text(row.user_id),
      username: text(row.username),
      blocked: row.blocked_at !== null && row.blocked_at !== undefined,
      linkedEntry: linkedEntryOf(row),
    },
    status: String(row.state) as ConversationStatus,
    unreadCount: Number(row.unread_count),
    lastMessage:
      row.message_id === null
        ? null
        : {
            id: String(row.message_id),
            text: row.message_revoked_at ? '' : (text(row.message_text) ?? ''),
            type: row.message_type as MessageType,
            direction: row.message_direction as 'inbound' | 'outbound',
            at: iso(ms(row.message_at)) ?? '',
            status: row.message_status as DeliveryStatus,
          },
    lastMessageAt: iso(ms(row.last_message_at)),
    windowExpiresAt: iso(windowExpiresAt(facts)),
    windowOpen: isWindowOpen(facts, now),
    assignee:
      row.assignee_id === null
        ? null
        : {
            id: String(row.assignee_id),
            name: [row.assignee_firstname, row.assignee_lastname].filter(Boolean).join(' '),
          },
    tags: listOf(row.tags),
    createdAt: new Date(row.created_at as string | number | Date).toISOString(),
  };
};
