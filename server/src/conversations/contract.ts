import type { DeliveryStatus, MessageType } from '../messages/contract';

export type ConversationStatus = 'open' | 'pending' | 'snoozed' | 'resolved' | 'archived';

export interface ConversationContact {
  id: string;
  /** What the team calls the person; empty when nobody typed a name. */
  name: string | null;
  profileName: string | null;
  /** E.164 or null. */
  phone: string | null;
  waId: string | null;
  /** BSUID or null. */
  userId: string | null;
  username: string | null;
  /** Blocked at WhatsApp on this conversation's number: the person cannot write, nothing can be sent. */
  blocked?: boolean;
  /** The entry of the site's own content that stands for this person. */
  linkedEntry?: { contentType: string; documentId: string } | null;
}

export interface Conversation {
  id: string;
  integrationId: string;
  contact: ConversationContact;
  status: ConversationStatus;
  unreadCount: number;
  lastMessage: {
    id: string;
    text: string;
    type: MessageType;
    direction: 'inbound' | 'outbound';
    at: string;
    /** Delivery state of an outbound last message, for the row's tick. */
    status: DeliveryStatus;
  } | null;
  lastMessageAt: string | null;
  /** End of the 24-hour customer service window; null when the person never wrote. */
  windowExpiresAt: string | null;
  windowOpen: boolean;
  assignee: { id: string; name: string } | null;
  tags: string[];
  createdAt: string;
}

/** GET /conversations?integration=&status=&unread=true&window=open|closed&q=&limit=&cursor= : newest first. */
export namespace ListConversations {
  export interface Query {
    integration?: string;
    status?: ConversationStatus;
    unread?: 'true';
    window?: 'open' | 'closed';
    assignee?: string;
    tag?: string;
    q?: string;
    limit?: number;
    cursor?: string;
  }
  export interface Response {
    data: Conversation[];
    meta: { nextCursor: string | null };
  }
}

/** GET /conversations/:id, POST /conversations/:id/read */
export namespace OneConversation {
  export interface Response {
    data: Conversation;
  }
}

/** GET /whatsapp/overview (admin door): what the menu badge and the empty states need. */
export namespace Overview {
  export interface Response {
    data: {
      /** Conversations with at least one unread message. */
      unreadConversations: number;
      integrations: number;
      hasConversations: boolean;
      /** Latest change cursor at the time of answering. */
      cursor: number;
      /** ms since 1970, for the browser's clock offset. */
      serverTime: number;
    };
  }
}

/** POST /conversations/:id/assign → OneConversation */
export namespace AssignConversation {
  export interface Request {
    assigneeId: string | null;
  }
}
