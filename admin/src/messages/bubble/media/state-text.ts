import type { MessageMedia } from '../../../../../server/src/messages/contract';
import type { TranslationId } from '../../../translate';

/** Words for a file that cannot be shown; null when it can. */
export const STATE_TEXT: Record<MessageMedia['state'], TranslationId | null> = {
  pending: 'media.pending',
  stored: null,
  failed: 'media.failed',
  expired: 'media.expired',
};
