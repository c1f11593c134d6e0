import type { Scope } from '../storage/scope';

/** Exactly one way of saying who it is for. */
export type Addressee =
  { conversationId: number | null } | { contactId: number | null } | { phone: string } | { userId: string };

/** What every sender says: composer, REST, and later campaigns and automations. */
export interface SendCommand {
  scope: Scope;
  addressee: Addressee;
  /** null = the only number that can be meant. */
  integrationId: number | null;
  text: { body: string; previewUrl: boolean };
  /** Our id or the wamid of the message that is quoted. */
  replyTo: string | null;
  /** Idempotent for 24 h per organization. */
  clientKey: string | null;
  /** undefined = not checked; null = "the conversation was empty". */
  expectedLastMessageId?: number | null;
  origin: 'agent' | 'api';
  author: { id: number | null; name: string } | null;
}

export interface SendResult {
  messageId: number;
  /** True when `clientKey` was used before: the first message is answered again. */
  repeated: boolean;
}
