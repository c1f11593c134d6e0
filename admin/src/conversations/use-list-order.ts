import { useState } from 'react';
import { frozenOrder } from './frozen-order';

interface Frozen {
  listKey: string;
  ids: string[];
}

/**
 * The order in which the list is drawn. While `hold` (pointer over the rows, or scrolled away from the top) rows keep
 * their places; `apply` takes the live order at once.
 */
export const useListOrder = (live: string[], hold: boolean, listKey: string) => {
  const [frozen, setFrozen] = useState<Frozen | null>(null);
  const apply = () => setFrozen({ listKey, ids: live });

  if (!hold) {
    if (frozen) setFrozen(null);
    return { ids: live, waiting: 0, apply };
  }
  const start = frozen?.listKey === listKey && frozen.ids.length > 0 ? frozen.ids : live;
  const order = frozenOrder(start, live);
  // Older rows that were paged in are frozen, too, from the moment they are drawn.
  if (frozen?.listKey !== listKey || frozen.ids.length !== order.ids.length)
    setFrozen({ listKey, ids: order.ids });
  return { ...order, apply };
};
