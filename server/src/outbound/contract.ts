import type { FilePath, MessageElement } from '../cloud-api/element';
import type { ConnectedNumber } from '../integrations/registry';
import type { Scope } from '../storage/scope';
import type { EntryRef } from '../template-use/contract';
import type { ContentReader } from '../template-use/path';
import type { RenderedTemplate } from '../templates/render';
import type { SendRights } from './rights';

/** Exactly one way of saying who it is for. */
export type Addressee =
  { conversationId: number | null } | { contactId: number | null } | { phone: string } | { userId: string };

/** The file of a message, before anybody looked at it. */
export interface FileSlot {
  /** One of: our upload, Meta's id, a public address. */
  source: { uploadId?: string; mediaId?: string; url?: string };
  /** What WhatsApp is to show it as. */
  as: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';
  /** Where its id goes in the element. */
  at: FilePath;
  /** Name for the receiver, when the sender gave one. */
  fileName: string | null;
  /** Path in the request, for errors. */
  field: string;
}

export type OutgoingContent =
  | {
      kind: 'message';
      /** Complete but for the id of its file. */
      element: MessageElement;
      file: FileSlot | null;
      /** Of a carousel: our files on its cards. */
      cardFiles?: FileSlot[];
      /** Of a template, as the sender gave them; shown with the message. */
      parameters?: unknown;
      /** Of a template: the sender named no language, so what stands in the element is only Meta's usual one. */
      anyLanguage?: boolean;
      /** Of a template: what the sender left out comes from its bindings, and from this entry. */
      bound?: { entry: EntryRef | null };
      /** A template as people read it, once it is known to be sendable. */
      rendered?: RenderedTemplate;
    }
  /** Sits on a message of the conversation and is none itself; an empty emoji takes it back. */
  | { kind: 'reaction'; messageId: string; emoji: string };

/** What every sender says: composer, REST, and later campaigns and automations. */
export interface SendCommand {
  scope: Scope;
  addressee: Addressee;
  /** null = the only number that can be meant. */
  integrationId: number | null;
  content: OutgoingContent;
  /** Our id or the wamid of the message that is quoted. */
  replyTo: string | null;
  /** Idempotent for 24 h per organization. */
  clientKey: string | null;
  /** ms; null = now. */
  scheduledAt: number | null;
  /** With `scheduledAt`: dropped when the person writes before. */
  cancelOnReply: boolean;
  /** What to do outside business hours; only for templates that open a conversation. */
  hours: 'queue' | 'refuse' | 'ignore';
  /** undefined = not checked; null = "the conversation was empty". */
  expectedLastMessageId?: number | null;
  origin: 'agent' | 'api';
  /** To try a template out: marked in the thread and left out of every count. */
  isTest?: boolean;
  author: { id: number | null; name: string } | null;
  /** What the writer may do, for people; absent: everything. */
  rights?: SendRights;
  /** What of the site's content the writer may read, for people; absent: what was approved with the bindings. */
  reader?: ContentReader;
}

export interface SendResult {
  /** For a reaction: the message that it sits on. */
  messageId: number;
  /** True when `clientKey` was used before: the first message is answered again. */
  repeated: boolean;
}

/** A plain text, for senders that have nothing else to say. */
export const textContent = (body: string, previewUrl = true): OutgoingContent => ({
  kind: 'message',
  element: { type: 'text', text: { body, preview_url: previewUrl } },
  file: null,
});

/** A file that was looked at and may go out. */
export interface TakenFile {
  /** Ours; null when the sender named a file that Meta already has. */
  uploadId: number | null;
  /** Meta's id, when the sender named it. */
  mediaId: string | null;
  kind: FileSlot['as'];
  mimeType: string | null;
  fileName: string | null;
  size: number | null;
  sha256: string | null;
  width: number | null;
  height: number | null;
}

/** What sending needs of the files' room. */
export interface Files {
  /** Finds, fetches and checks. Throws `media_not_supported`, `not_found` or `provider_error`. */
  take(scope: Scope, number: ConnectedNumber, slot: FileSlot): Promise<TakenFile>;
  /** Uploads a file to Meta now, for a place that has no file of its own in our store (a card of a carousel); its id there. */
  idNow(scope: Scope, number: ConnectedNumber, slot: Omit<FileSlot, 'at'>): Promise<string>;
  /** Gives the message a file of its own, which lives and dies with it. */
  keep(organizationId: number, messageId: number, uploadId: number): Promise<void>;
  /** The same file for a second message. */
  copy(organizationId: number, fromMessageId: number, toMessageId: number): Promise<void>;
  /** Lets the bytes of a file that Meta has be fetched, so that the thread can show them. */
  fetchLater(organizationId: number, messageId: number): Promise<void>;
  /** Meta's id for the message's file on that number: the known one while it lives, else of a new upload. */
  idAtMeta(
    number: ConnectedNumber,
    organizationId: number,
    messageId: number,
    media: StoredFileFacts,
  ): Promise<{ id: string; reused: boolean }>;
  /** Meta refused an id that we had kept. */
  forget(integrationId: number, media: StoredFileFacts): Promise<void>;
}

/** What a message remembers of its file. */
export interface StoredFileFacts {
  id?: string;
  sha256?: string | null;
  mimeType?: string | null;
  fileName?: string | null;
  upload?: number | null;
}
