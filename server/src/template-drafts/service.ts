import type { Audit } from '../audit/service';
import { invalid, notFound, WhatsAppError } from '../errors';
import type { Registry } from '../integrations/registry';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { TemplateLedger } from '../templates/ledger';
import { templatesChanged } from '../templates/sync';
import { draftEvent, type Author } from './audit-lines';
import { createBegin } from './begin';
import { sameContent, type DraftContent } from './content';
import type { CreateDraft, SaveDraft, TemplateDraftRecord } from './contract';
import { problemsOfDraft, type Surroundings } from './problems';
import { createDraftRepository, type DraftRow } from './repository';

interface Deps {
  db: Database;
  registry: Registry;
  audit: Audit;
  ledger: TemplateLedger;
  now(): number;
  notify(): void;
}

const person = (id: number | null, name: string | null): { id: string; name: string } | null =>
  id === null ? null : { id: String(id), name: name ?? '' };

export const changedMeanwhile = (): WhatsAppError =>
  new WhatsAppError('draft_changed', 'Somebody else has changed this draft. Look at it again.');
export const underWay = (): WhatsAppError =>
  new WhatsAppError('draft_under_way', 'This draft is on its way to WhatsApp. Wait until it has answered.');

const contentIn = ({ name, language, category, parameterFormat, components, ttlSeconds }: DraftContent) => ({
  name,
  language,
  category,
  parameterFormat,
  components,
  ttlSeconds,
});

export const createTemplateDrafts = ({ db, registry, audit, ledger, now, notify }: Deps) => {
  const within = (scope: Scope) => createDraftRepository(db, scope);
  const idText = (id: number | null): string | null => (id === null ? null : String(id));

  const load = async (scope: Scope, id: number | null): Promise<DraftRow> => {
    const row = id === null ? null : await within(scope).findOne(id);
    if (!row) throw notFound('Draft');
    return row;
  };

  const around = async (scope: Scope, draft: DraftRow): Promise<Surroundings> => {
    const { businessAccountId, name, language, templateId, purpose } = draft;
    const isEdit = purpose === 'edit' && templateId !== null;
    const [template, exists, room] = await Promise.all([
      isEdit ? ledger.find(scope, templateId) : null,
      isEdit ? false : ledger.exists(scope, businessAccountId, name, language),
      ledger.room(scope, businessAccountId),
    ]);
    if (!isEdit) return { edited: null, exists, ...room };
    if (template === null || template.removed) return { edited: undefined, exists, ...room };
    const { status, editing, listed } = template;
    return { edited: { ...listed, status, editing }, exists, ...room };
  };

  const present = async (scope: Scope, draft: DraftRow): Promise<TemplateDraftRecord> => ({
    id: String(draft.id),
    businessAccountId: draft.businessAccountId,
    // Of a copy the row remembers what it was copied from; that one is not changed by it.
    templateId: draft.purpose === 'edit' || draft.state === 'submitted' ? idText(draft.templateId) : null,
    ...contentIn(draft),
    state: draft.state,
    version: draft.version,
    author: person(draft.authorId, draft.authorName),
    reviewer: person(draft.reviewerId, draft.reviewerName),
    reviewNote: draft.reviewNote,
    submitError: draft.submitError,
    problems:
      draft.state === 'submitted' ? [] : problemsOfDraft(contentIn(draft), await around(scope, draft)),
    updatedAt: new Date(draft.updatedAt).toISOString(),
  });

  const answer = async (scope: Scope, id: number | null): Promise<TemplateDraftRecord> =>
    present(scope, await load(scope, id));

  /** The change, its audit line and the word to the browsers in one commit; `draft_changed` when somebody was faster. */
  const change = async (
    scope: Scope,
    draft: DraftRow,
    values: Partial<DraftRow>,
    also: (tx: Tx) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> => {
    await db.transaction(async (tx) => {
      await changeIn(tx, scope, draft, values);
      await also(tx);
    });
    notify();
  };

  /** The same inside a transaction of somebody else, who calls `told` after it. */
  const changeIn = async (
    tx: Tx,
    scope: Scope,
    draft: DraftRow,
    values: Partial<DraftRow>,
  ): Promise<void> => {
    if (!(await within(scope).change(tx, draft, values))) throw changedMeanwhile();
    await appendChanges(db, tx, [templatesChanged(scope)], now());
  };

  const begin = createBegin({ db, registry, audit, ledger, now, notify });

  return {
    load,
    answer,
    present,
    change,
    changeIn,
    told: notify,
    around,
    peek: (scope: Scope, id: number): Promise<DraftRow | null> => within(scope).findOne(id),
    async list(scope: Scope, submitted: boolean): Promise<TemplateDraftRecord[]> {
      const drafts = await within(scope).list(submitted);
      return Promise.all(drafts.map((draft) => present(scope, draft)));
    },
    /** A new one; of an edit, the draft that is open already. */
    async create(
      scope: Scope,
      author: Author | null,
      input: CreateDraft,
      templateId: number | null,
    ): Promise<TemplateDraftRecord> {
      return answer(scope, await begin(scope, author, input, templateId));
    },
    /** Saves over `version`; what says the same as before changes nothing, an agreement of a colleague included. */
    async save(
      scope: Scope,
      author: Author | null,
      id: number | null,
      { version, ...given }: SaveDraft,
    ): Promise<TemplateDraftRecord> {
      const draft = await load(scope, id);
      if (draft.state === 'submitted')
        throw invalid([{ path: '', message: 'It is with WhatsApp already; begin a new draft' }]);
      if (draft.submittingAt !== null) throw underWay();
      const content = { ...contentIn(draft), ...given };
      if (sameContent(content, draft)) return present(scope, draft);
      if (draft.version !== version) throw changedMeanwhile();
      const editors = author && !draft.editors.includes(author.id) ? [author.id] : [];
      await db.transaction(async (tx) => {
        const saved = await within(scope).change(tx, draft, {
          ...content,
          version: version + 1,
          // What a colleague agreed to, or looks at, is not this any more.
          ...(draft.state === 'draft' || draft.state === 'returned' ? {} : { state: 'draft' as const }),
          editors: [...draft.editors, ...editors],
          submitError: null,
          updatedAt: now(),
        });
        if (!saved) throw changedMeanwhile();
        if (draft.state === 'in_review' || draft.state === 'approved')
          await appendChanges(db, tx, [templatesChanged(scope)], now());
      });
      notify();
      return answer(scope, draft.id);
    },
    async remove(scope: Scope, id: number | null): Promise<void> {
      const draft = await load(scope, id);
      if (draft.submittingAt !== null) throw underWay();
      await db.transaction(async (tx) => {
        if (!(await within(scope).remove(tx, draft))) throw changedMeanwhile();
        await audit.record(tx, draftEvent(scope, 'template-draft.delete', draft));
        await appendChanges(db, tx, [templatesChanged(scope)], now());
      });
      notify();
    },
  };
};

export type TemplateDrafts = ReturnType<typeof createTemplateDrafts>;
