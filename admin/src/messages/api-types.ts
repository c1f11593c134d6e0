import type { Message } from '../../../server/src/messages/contract';

export type {
  EditScheduled,
  ListMessages,
  ListScheduled,
  Message,
  MessageError,
  SendMessage,
} from '../../../server/src/messages/contract';

/** GET /messages/:id, POST /messages/:id/retry */
export namespace OneMessage {
  export interface Response {
    data: Message;
  }
}
