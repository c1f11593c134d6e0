/**
 * The stream `GET /whatsapp/stream?cursor=<n>` (server-sent events, admin bearer token). It says *what* changed;
 * the browser fetches the thing itself through its normal route.
 *
 *   event: ready   data: {cursor, serverTime}         first, always
 *   event: change  data: Change      id: <cursor>     one per change
 *   event: reload  data: {cursor}                     the cursor asked for is too old: refetch what is shown
 *   event: simulator data: {}                         the built-in simulator's phones changed (not replayed)
 *   : beat                                            comment every 20 s
 */
export type ChangeKind =
  | 'message.created'
  | 'message.updated'
  | 'conversation.updated'
  | 'contact.updated'
  | 'integration.updated'
  /** Templates, their drafts or alerts of the organization; names none of them, for lists are read anew. */
  | 'template.updated';

export interface Change {
  /**
   * The cursor: strictly growing within the stream. On PostgreSQL a change that was committed late may follow with a
   * smaller one, or be told again after coming back with a cursor.
   */
  id: number;
  kind: ChangeKind;
  integrationId: string | null;
  conversationId: string | null;
  messageId: string | null;
}

export interface StreamReady {
  cursor: number;
  serverTime: number;
}
