import type { SaveDraft, TemplateDraftRecord } from '../../../../server/src/template-drafts/contract';
import { ApiError } from '../../api/client';
import { createStore, type Store } from '../../store/store';

/** What a person edits; the rest of a draft is the server's. */
export type DraftChange = Omit<SaveDraft, 'version'>;

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed' | 'conflict';

export interface SessionState {
  /** The server's record with what was typed since. */
  draft: TemplateDraftRecord;
  saving: SaveState;
  /** What a colleague saved meanwhile, in a conflict. */
  theirs: TemplateDraftRecord | null;
  /** What the last save failed with; null when it did not. */
  failure: unknown;
  /** Grows when fields were replaced from outside, so that uncontrolled ones begin anew. */
  epoch: number;
}

interface Door {
  save(id: string, body: SaveDraft): Promise<TemplateDraftRecord>;
  load(id: string): Promise<TemplateDraftRecord>;
}

export interface DraftSession {
  store: Store<SessionState>;
  change(change: DraftChange): void;
  /** Saves what is not saved yet. @returns false when that was not possible. */
  flush(): Promise<boolean>;
  /** Takes what the server says of a draft after an action: state, reviewer, refusal. */
  adopt(record: TemplateDraftRecord): void;
  takeTheirs(): void;
  keepMine(): Promise<boolean>;
  /** Saves no more by itself, until `resume`. */
  stop(): void;
  resume(): void;
}

const DELAY_MS = 800;
const RETRY_MS = 5_000;

const isConflict = (cause: unknown): boolean => cause instanceof ApiError && cause.code === 'draft_changed';

/** A refusal that is the same at the second try; the person has to do something. */
const isFinal = (cause: unknown): boolean =>
  cause instanceof ApiError && cause.status !== null && cause.status < 500 && cause.status !== 429;

/**
 * Saves a draft while it is typed: one save at a time, what is typed meanwhile with the next one. A colleague's save in
 * between stops it until the person has chosen; nothing is overwritten unasked.
 */
export const createDraftSession = (record: TemplateDraftRecord, door: Door): DraftSession => {
  const store = createStore<SessionState>({
    draft: record,
    saving: 'saved',
    theirs: null,
    failure: null,
    epoch: 0,
  });
  let pending: DraftChange = {};
  let version = record.version;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<boolean> | null = null;
  let stopped = false;

  const set = (change: Partial<SessionState>) => store.set((old) => ({ ...old, ...change }));
  const isDirty = () => Object.keys(pending).length > 0;
  const schedule = (ms: number) => {
    if (timer) clearTimeout(timer);
    timer = stopped
      ? null
      : setTimeout(() => {
          timer = null;
          void flush();
        }, ms);
  };

  const saved = (answer: TemplateDraftRecord) => {
    version = answer.version;
    // What was typed during the save stays on top of the answer.
    set({
      draft: { ...answer, ...(pending as object) },
      saving: isDirty() ? 'dirty' : 'saved',
      failure: null,
    });
  };

  const conflict = async () => {
    const theirs = await door.load(record.id).catch(() => null);
    set(theirs ? { saving: 'conflict', theirs } : { saving: 'failed' });
  };

  const send = async (): Promise<boolean> => {
    const body = pending;
    pending = {};
    set({ saving: 'saving' });
    try {
      saved(await door.save(record.id, { version, ...body }));
      return isDirty() ? send() : true;
    } catch (cause) {
      pending = { ...body, ...pending };
      if (isConflict(cause)) await conflict();
      else {
        set({ saving: 'failed', failure: cause });
        if (!isFinal(cause)) schedule(RETRY_MS);
      }
      return false;
    }
  };

  const flush = (): Promise<boolean> => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (running) return running.then((done) => (done && isDirty() ? flush() : done));
    if (store.get().saving === 'conflict') return Promise.resolve(false);
    if (!isDirty()) return Promise.resolve(true);
    running = send().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    store,
    change(change) {
      pending = { ...pending, ...change };
      store.set((old) => ({
        ...old,
        draft: { ...old.draft, ...(change as object) },
        saving: old.saving === 'conflict' ? 'conflict' : old.saving === 'saving' ? 'saving' : 'dirty',
      }));
      if (store.get().saving !== 'conflict') schedule(DELAY_MS);
    },
    flush,
    adopt(answer) {
      saved(answer);
    },
    takeTheirs() {
      const { theirs, epoch } = store.get();
      if (!theirs) return;
      pending = {};
      version = theirs.version;
      set({ draft: theirs, saving: 'saved', theirs: null, epoch: epoch + 1 });
    },
    keepMine() {
      const { theirs } = store.get();
      if (!theirs) return flush();
      version = theirs.version;
      set({ saving: 'dirty', theirs: null });
      return flush();
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      timer = null;
    },
    resume() {
      stopped = false;
      if (isDirty() && store.get().saving !== 'conflict') schedule(DELAY_MS);
    },
  };
};
