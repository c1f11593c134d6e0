import type { Audit } from '../audit/service';
import { WhatsAppError } from '../errors';
import type { Scope } from '../storage/scope';
import { draftEvent, type Author } from './audit-lines';
import type { TemplateDraftRecord } from './contract';
import type { DraftRow } from './repository';
import { changedMeanwhile, underWay, type TemplateDrafts } from './service';

interface Deps {
  drafts: TemplateDrafts;
  audit: Audit;
  now(): number;
}

const notIn = (wanted: string): WhatsAppError =>
  new WhatsAppError('draft_changed', `This draft is not ${wanted} any more. Look at it again.`);

/** Two pairs of eyes: who wrote on a draft does not decide about it. */
export const createReview = ({ drafts, audit, now }: Deps) => {
  const load = async (scope: Scope, id: number | null, version: number | undefined): Promise<DraftRow> => {
    const draft = await drafts.load(scope, id);
    if (draft.submittingAt !== null) throw underWay();
    if (version !== undefined && draft.version !== version) throw changedMeanwhile();
    return draft;
  };

  const assertOther = ({ editors, authorId }: DraftRow, who: Author): void => {
    if (!editors.includes(who.id) && authorId !== who.id) return;
    throw new WhatsAppError('own_draft', 'You have written on this draft; somebody else has to look at it.');
  };

  const decide = async (
    scope: Scope,
    draft: DraftRow,
    who: Author,
    decision: { action: 'approve' | 'return'; note: string | null },
  ): Promise<TemplateDraftRecord> => {
    assertOther(draft, who);
    const state = decision.action === 'approve' ? ('approved' as const) : ('returned' as const);
    const values = {
      state,
      reviewerId: who.id,
      reviewerName: who.name,
      reviewNote: decision.note,
      updatedAt: now(),
    };
    await drafts.change(scope, draft, values, (tx) =>
      audit.record(tx, draftEvent(scope, `template-draft.${decision.action}`, draft)),
    );
    return drafts.answer(scope, draft.id);
  };

  return {
    async request(
      scope: Scope,
      id: number | null,
      version: number | undefined,
    ): Promise<TemplateDraftRecord> {
      const draft = await load(scope, id, version);
      if (draft.state === 'in_review') return drafts.present(scope, draft);
      if (draft.state !== 'draft' && draft.state !== 'returned') throw notIn('being written');
      const { problems } = await drafts.present(scope, draft);
      if (problems.length > 0)
        throw new WhatsAppError('template_draft_invalid', 'WhatsApp would refuse this template as it is.', {
          problems,
        });
      await drafts.change(scope, draft, { state: 'in_review', reviewNote: null, updatedAt: now() }, (tx) =>
        audit.record(tx, draftEvent(scope, 'template-draft.request-review', draft)),
      );
      return drafts.answer(scope, draft.id);
    },
    async approve(
      scope: Scope,
      id: number | null,
      who: Author,
      version: number | undefined,
    ): Promise<TemplateDraftRecord> {
      const draft = await load(scope, id, version);
      if (draft.state !== 'in_review') throw notIn('in review');
      return decide(scope, draft, who, { action: 'approve', note: null });
    },
    async giveBack(
      scope: Scope,
      id: number | null,
      who: Author,
      note: string,
      version: number | undefined,
    ): Promise<TemplateDraftRecord> {
      const draft = await load(scope, id, version);
      if (draft.state !== 'in_review' && draft.state !== 'approved') throw notIn('in review');
      return decide(scope, draft, who, { action: 'return', note });
    },
  };
};
