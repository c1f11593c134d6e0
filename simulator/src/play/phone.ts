import { isFields } from '../send/fields';
import { findMedia } from '../media';
import type { PhoneMessage } from '../types';
import type { Thread, ThreadMessage, World } from '../world';
import { choicesOf } from './taps';

const mediaOf = (world: World, { content }: ThreadMessage): PhoneMessage['media'] => {
  const id = isFields(content) && (typeof content.id === 'string' || typeof content.id === 'number');
  const media = id ? findMedia(world, String((content as { id: unknown }).id)) : undefined;
  return media ? { id: media.id, mimeType: media.mimeType, fileName: media.fileName } : null;
};

/** What the phone shows; oldest first. */
export const toPhoneMessages = (world: World, thread: Thread | undefined): PhoneMessage[] =>
  (thread?.messages ?? []).map((message) => ({
    wamid: message.wamid,
    direction: message.direction,
    type: message.type,
    text: message.text,
    at: message.at,
    replyTo: message.replyTo,
    reactions: message.reactions.map((reaction) => ({ ...reaction })),
    state: message.state,
    media: mediaOf(world, message),
    edited: message.edited,
    revoked: message.revoked,
    choices: choicesOf(world, thread?.phoneNumberId ?? '', message),
  }));
