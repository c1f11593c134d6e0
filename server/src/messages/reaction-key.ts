/** One reaction as it was told to Meta: the message it sits on, and which of several changes of mind it was. */
export interface ReactionSend {
  messageId: number;
  /** `business_reaction_at`, ms. */
  at: number;
}

const KEY = /^reaction:(\d{1,15}):(\d{1,15})$/;

/** Travels with a reaction as `biz_opaque_callback_data`: its own wamid is not kept, so its statuses are known by this. */
export const reactionKey = ({ messageId, at }: ReactionSend): string => `reaction:${messageId}:${at}`;

/** null: the status is not about a reaction of ours. */
export const reactionOf = (opaque: string | null): ReactionSend | null => {
  const [, messageId, at] = KEY.exec(opaque ?? '') ?? [];
  return messageId && at ? { messageId: Number(messageId), at: Number(at) } : null;
};
