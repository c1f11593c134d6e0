import { useEffect, useMemo } from 'react';
import type { SaveDraft, TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { api } from '../../api/client';
import { useStore } from '../../store/use-store';
import { draftsResource } from '../resources';
import { createDraftSession } from './draft-session';

type One = { data: TemplateDraftRecord };

export const draftUrl = (id: string) => `/template-drafts/${encodeURIComponent(id)}`;

const door = {
  save: async (id: string, body: SaveDraft) => (await api.put<One>(draftUrl(id), body)).data,
  load: async (id: string) => (await api.get<One>(draftUrl(id))).data,
};

/** The session of the draft on screen. Whoever leaves the page saves on the way out. */
export const useDraftSession = (record: TemplateDraftRecord) => {
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a new session for a new draft, not for each answer about the same one
  const session = useMemo(() => createDraftSession(record, door), [record.id]);
  const state = useStore(session.store, (all) => all);
  useEffect(() => {
    session.resume();
    return () => {
      session.stop();
      void session.flush().then(() => {
        if (draftsResource.store.get().data !== null) void draftsResource.refresh();
      });
    };
  }, [session]);
  // A tab that is closed cannot wait for an answer: the browser asks the person.
  const unsaved = state.saving !== 'saved';
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
  return { session, state };
};
