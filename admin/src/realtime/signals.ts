import type { Change, StreamReady } from '../../../server/src/realtime/contract';
import type { SseEvent } from './sse-parser';

/** What the stream says, as the stores hear it. */
export type Signal =
  | { type: 'ready'; cursor: number; serverTime: number }
  | { type: 'change'; change: Change }
  | { type: 'reload'; cursor: number }
  | { type: 'simulator' };

/** null for events that this version does not know: a newer server may say more. */
export const toSignal = ({ event, data }: SseEvent): Signal | null => {
  switch (event) {
    case 'ready': {
      const { cursor, serverTime } = JSON.parse(data) as StreamReady;
      return { type: 'ready', cursor, serverTime };
    }
    case 'change':
      return { type: 'change', change: JSON.parse(data) as Change };
    case 'reload':
      return { type: 'reload', cursor: (JSON.parse(data) as { cursor: number }).cursor };
    case 'simulator':
      return { type: 'simulator' };
    default:
      return null;
  }
};

/** Where to resume after this signal; null when it does not move the cursor. */
export const cursorOf = (signal: Signal): number | null => {
  if (signal.type === 'change') return signal.change.id;
  return signal.type === 'reload' ? signal.cursor : null;
};
