import { useEffect, useState } from 'react';
import type { Conversation } from '../../../server/src/conversations/contract';
import { listStore, loadConversation } from '../conversations/list-store';
import { report } from '../design/report';
import { useStore } from '../store/use-store';

export type Opened =
  | { state: 'none' | 'loading' | 'gone' }
  | { state: 'failed'; reference: string }
  | { state: 'ready'; conversation: Conversation };

/** The conversation of the address: from the list's cache at once, renewed behind. */
export const useOpened = (id: string | null): Opened & { retry(): void } => {
  const cached = useStore(listStore, (state) => (id ? state.byId[id] : undefined));
  const [problem, setProblem] = useState<{ id: string; reference: string | null } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!id) return;
    let current = true;
    setProblem(null);
    loadConversation(id).then(
      (found) => current && !found && setProblem({ id, reference: null }),
      (cause: unknown) => {
        const reference = report('The conversation could not be loaded', cause);
        if (current) setProblem({ id, reference });
      },
    );
    return () => {
      current = false;
    };
  }, [id, attempt]);
  const retry = () => setAttempt((n) => n + 1);
  if (!id) return { state: 'none', retry };
  const trouble = problem?.id === id ? problem : null;
  if (trouble && trouble.reference === null) return { state: 'gone', retry };
  if (cached) return { state: 'ready', conversation: cached, retry };
  return trouble?.reference
    ? { state: 'failed', reference: trouble.reference, retry }
    : { state: 'loading', retry };
};
