import { useNotification } from '@strapi/strapi/admin';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { loadAround, type ThreadStore } from './thread-store';
import type { TimelineItem } from './timeline';
import { report } from '../design/report';
import { t } from '../translate';

const FLASH_MS = 1_700;

/** Goes to a message, fetching the thread around it when it is not loaded, and marks it for a moment. */
export const useJumpTo = (
  conversationId: string,
  store: ThreadStore,
  items: TimelineItem[],
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>,
) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const [flash, setFlash] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);

  const tryJump = useCallback(() => {
    const key = wanted.current && store.get().keyOfId[wanted.current];
    const index = key ? items.findIndex((item) => item.key === key) : -1;
    if (!key || index < 0) return false;
    wanted.current = null;
    virtualizer.scrollToIndex(index, { align: 'center' });
    setFlash(key);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setFlash(null), FLASH_MS);
    return true;
  }, [items, store, virtualizer]);

  useEffect(() => {
    if (wanted.current) tryJump();
  }, [tryJump]);

  const jumpTo = useCallback(
    (messageId: string) => {
      wanted.current = messageId;
      if (tryJump()) return;
      loadAround(conversationId, messageId).catch((cause: unknown) => {
        wanted.current = null;
        report('The quoted message could not be loaded', cause);
        toggleNotification({ type: 'warning', message: formatMessage(t('quote.missing')) });
      });
    },
    [conversationId, formatMessage, toggleNotification, tryJump],
  );
  return { flash, jumpTo };
};
