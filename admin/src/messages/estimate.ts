import type { Message } from '../../../server/src/messages/contract';
import { mediaBox } from './bubble/content';
import type { TimelineItem } from './timeline';

const LINE = 21;

/** Rough height of a row before it is measured, px. Better guesses mean smaller corrections while scrolling up. */
export const estimateRow = (item: TimelineItem, message: Message | undefined, width: number): number => {
  if (item.kind !== 'message' || !message) return 44;
  const column = Math.max(160, Math.min(560, width * 0.75) - 22);
  const perLine = column / 7.2;
  const lines = message.text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length + 1) / perLine)), 0);
  let height = 14 + Math.max(1, lines) * LINE + (item.last ? 12 : 2);
  if (message.type === 'image' || message.type === 'video') {
    height += mediaBox(message.media?.width ?? null, message.media?.height ?? null).height + 4;
  } else if (message.media) height += 56;
  if (message.replyTo) height += 54;
  if (message.reactions.length > 0) height += 18;
  if (message.status === 'failed') height += 48;
  return height;
};
