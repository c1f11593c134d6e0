import { useCallback, useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { ListQuery } from '../conversations/list-state';
import { PLUGIN_PATH } from '../plugin-id';

export type View = 'all' | 'unread';

/** The inbox's state in its address: `/inbox/<view>/<conversation>?q=&number=`. */
export const useInboxUrl = () => {
  const { view: viewParam, conversationId = null } = useParams();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const view: View = viewParam === 'unread' ? 'unread' : 'all';
  const q = search.get('q') ?? '';
  const integration = search.get('number');
  const query = useMemo<ListQuery>(
    () => ({ unread: view === 'unread', integration, q }),
    [view, integration, q],
  );

  const pathOf = useCallback(
    (id: string | null, change: { q?: string; number?: string | null } = {}) => {
      const next = new URLSearchParams();
      const text = change.q ?? q;
      const number = change.number === undefined ? integration : change.number;
      if (text) next.set('q', text);
      if (number) next.set('number', number);
      const path = `${PLUGIN_PATH}/inbox/${view}${id ? `/${encodeURIComponent(id)}` : ''}`;
      return next.size > 0 ? `${path}?${next}` : path;
    },
    [view, q, integration],
  );

  return {
    view,
    query,
    conversationId,
    linkTo: pathOf,
    setQ: useCallback(
      (text: string) => navigate(pathOf(conversationId, { q: text }), { replace: true }),
      [navigate, pathOf, conversationId],
    ),
    setNumber: useCallback(
      (id: string | null) => navigate(pathOf(conversationId, { number: id })),
      [navigate, pathOf, conversationId],
    ),
    reset: useCallback(
      () => navigate(pathOf(conversationId, { q: '', number: null })),
      [navigate, pathOf, conversationId],
    ),
  };
};
