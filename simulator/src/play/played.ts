import type { Fields } from '../send/fields';
import type { PlayAction } from '../types';
import type { CustomerRecord, NumberRecord, World } from '../world';

/** A customer's message before it has an id and a sender. */
export interface PlayedContent {
  /** `type` of the webhook message. */
  type: string;
  /** Stands under the type's key; undefined: there is no such key. */
  content: unknown;
  /** What the phone shows. */
  text: string;
  replyTo?: string;
  /** More keys on the message itself. */
  beside?: Fields;
}

export type Of<T extends PlayAction['type']> = Extract<PlayAction, { type: T }>;

/** What changes something that exists, or is told on another field, is no message of its own. */
export type Written = Exclude<
  PlayAction,
  {
    type:
      | 'reaction'
      | 'edit'
      | 'revoke'
      | 'changed_number'
      | 'changed_user_id'
      | 'echo'
      | 'history'
      | 'preference'
      | 'link_click'
      | 'listen';
  }
>;

export interface Scenery {
  world: World;
  customer: CustomerRecord;
  number: NumberRecord;
}
