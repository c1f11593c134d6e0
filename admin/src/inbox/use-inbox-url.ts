import { useCallback, useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { ListQuery } from '../conversations/list-state';
import { PLUGIN_PATH } from '../plugin-id';
import { useRememberedNumber } from './use-remembered-number';

export type View = 'all' | 'unread';

/**
 * The inbox's state in its address: `/inbox/<view>/<conversation>?q=&number=`. The number is remembered per user: an
 * address without one opens with what was chosen last.
 */
export const useInboxUrl = (userId: string) => {
  const { view: viewParam, conversationId = null } = useParams();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const view: View = viewParam === 'unread' ? 'unread' : 'all';
  const q = search.get('q') ?? '';
  const [remembered, remember] = useRememberedNumber(userId);
  const integration = search.get('number') ?? remembered;
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
      (id: string | null) => {
        remember(id);
        navigate(pathOf(conversationId, { number: id }));
      },
      [navigate, pathOf, conversationId, remember],
    ),
    reset: useCallback(() => {
      remember(null);
      navigate(pathOf(conversationId, { q: '', number: null }));
    }, [navigate, pathOf, conversationId, remember]),
  };
};
