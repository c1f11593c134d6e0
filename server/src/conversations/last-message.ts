/**
 * Joins a conversation `v` to its newest message `m`. The key alone would do, but only `wa_msg_thread_idx` leads there:
 * messages keep no index on their document id. Whoever writes `last_message_key` writes that message's `written_at` as
 * `last_message_at` with it.
 */
export const LAST_MESSAGE =
  'm.conversation_id = v.id AND m.written_at = v.last_message_at AND m.document_id = v.last_message_key';
