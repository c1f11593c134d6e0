import type { Audit } from '../audit/service';
import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import type { GraphError } from '../cloud-api/graph-error';
import { WhatsAppError } from '../errors';
import { addJobs } from '../jobs/batch';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { LintProblem } from '../templates/draft';
import type { KnownTemplate, TemplateLedger } from '../templates/ledger';
import { readListed, type ListedTemplate } from '../templates/listing';
import type { SpeakerOf } from '../templates/speaker';
import { draftEvent } from './audit-lines';
import type { TemplateDraftRecord } from './contract';
import { overOf, wasEditTaken } from './outcome';
import { problemsOfDraft } from './problems';
import { NO_ANSWER, NOT_TAKEN, refusalOf } from './refusals';
import type { DraftRow, SubmitError } from './repository';
import { changedMeanwhile, underWay, type TemplateDrafts } from './service';

interface Deps {
  db: Database;
  drafts: TemplateDrafts;
  ledger: TemplateLedger;
  speakerOf: SpeakerOf;
  audit: Audit;
  now(): number;
  /** How long a call may take; a claim older than this, and some, is of a process that died. */
  timeoutMs: number;
  review: 'off' | 'two-person';
  onStatus(account: Scope, name: string, language: string): Promise<void>;
}

/** Looked up: it is there, it is not, or Meta does not tell. */
type Found = { is: 'there'; template: ListedTemplate } | { is: 'absent' } | { is: 'unknown' };

const EDIT_LIMITS = ['edit_day', 'edit_month'];

const assertClean = (problems: LintProblem[], nextAt: string | null): void => {
  if (problems.length === 0) return;
  const limit = problems.find(({ rule }) => EDIT_LIMITS.includes(rule));
  if (limit && problems.length === 1)
    throw new WhatsAppError('template_edit_limit', `${limit.message}.`, { rule: limit.rule, nextAt });
  throw new WhatsAppError('template_draft_invalid', 'WhatsApp would refuse this template as it is.', {
    problems,
  });
};

/** A call that a proxy or a server error cut off may have had its effect. */
const mayHaveArrived = (error: GraphError): boolean =>
  error.category === 'unknown_outcome' || (error.httpStatus ?? 0) >= 500;

/** Hands drafts to Meta. One draft becomes one template, whatever gets lost on the way. */
export const createSubmit = (deps: Deps) => {
  const { db, drafts, ledger, audit, now } = deps;
  const graceMs = deps.timeoutMs + 10_000;

  const edited = async (scope: Scope, draft: DraftRow): Promise<KnownTemplate | null> =>
    draft.purpose === 'edit' && draft.templateId !== null ? ledger.find(scope, draft.templateId) : null;

  /** Both rows in one commit: the template as Meta has it, and the draft as history. */
  const finish = async (
    scope: Scope,
    draft: DraftRow,
    template: ListedTemplate,
    askedAt: number,
  ): Promise<void> => {
    const before = await edited(scope, draft);
    await db.transaction(async (tx) => {
      let templateId = draft.templateId;
      if (before) await ledger.noteEdit(tx, scope, before.id, template, askedAt);
      else templateId = await ledger.store(tx, scope, draft.businessAccountId, template, draft.category);
      const done = { state: 'submitted' as const, submittingAt: null, submitError: null, templateId };
      await drafts.changeIn(tx, scope, draft, { ...done, updatedAt: now() });
      await audit.record(tx, {
        ...draftEvent(scope, before ? 'template.edit' : 'template.submit', draft),
        target: { type: 'template', id: templateId, label: draft.name },
        after: { language: draft.language, category: template.category, status: template.status },
      });
    });
    drafts.told();
    if (before) await deps.onStatus(scope, template.name, template.language);
  };

  const giveBack = (scope: Scope, draft: DraftRow, submitError: SubmitError): Promise<void> =>
    drafts.change(scope, draft, { submittingAt: null, submitError });

  const lookUp = async (scope: Scope, draft: DraftRow, client: GraphClient): Promise<Found> => {
    const before = await edited(scope, draft);
    try {
      if (before) {
        const listed = readListed(await client.getTemplate(before.listed.metaId));
        if (!listed) return { is: 'unknown' };
        const taken = wasEditTaken(draft.submittedOver ?? overOf(before.listed), listed, draft);
        return taken ? { is: 'there', template: listed } : { is: 'absent' };
      }
      for await (const page of client.listTemplates(draft.businessAccountId, draft.name)) {
        const template = page
          .flatMap((item) => readListed(item) ?? [])
          .find(({ name, language }) => name === draft.name && language === draft.language);
        if (template) return { is: 'there', template };
      }
      return { is: 'absent' };
    } catch (error) {
      if (error instanceof WhatsAppError) throw error;
      return { is: 'unknown' };
    }
  };

  /** Settles an attempt whose outcome nobody knows. `final`: what is not there now will not come any more. */
  const settle = async (scope: Scope, draft: DraftRow, client: GraphClient, final: boolean) => {
    const askedAt = now();
    const found = await lookUp(scope, draft, client);
    if (found.is === 'there') await finish(scope, draft, found.template, askedAt);
    else if (found.is === 'absent' && final) await giveBack(scope, draft, NOT_TAKEN);
    return found.is;
  };

  const create = async (draft: DraftRow, client: GraphClient): Promise<ListedTemplate> => {
    const { name, language, category, parameterFormat, components, ttlSeconds } = draft;
    const made = await client.createTemplate(draft.businessAccountId, {
      name,
      language,
      category,
      // Lower-case is how Meta's own samples write it.
      parameter_format: parameterFormat.toLowerCase(),
      components,
      ...(ttlSeconds === null ? {} : { message_send_ttl_seconds: ttlSeconds }),
    });
    return {
      metaId: made.id,
      name,
      language,
      category: made.category?.toUpperCase() ?? category,
      status: made.status.toUpperCase(),
      quality: null,
      parameterFormat,
      components,
      rejectedReason: null,
      previousCategory: null,
      correctCategory: null,
      ttlSeconds,
    };
  };

  const edit = async (
    draft: DraftRow,
    before: KnownTemplate,
    client: GraphClient,
  ): Promise<ListedTemplate> => {
    const { components, category, ttlSeconds } = draft;
    const { listed } = before;
    await client.editTemplate(listed.metaId, {
      components,
      ...(category === listed.category ? {} : { category }),
      ...(ttlSeconds === null || ttlSeconds === listed.ttlSeconds
        ? {}
        : { message_send_ttl_seconds: ttlSeconds }),
    });
    // Meta's answer says only that it was taken; without another one it is taken to be in review.
    const assumed = { ...listed, components, category, ttlSeconds, status: 'PENDING' };
    return client.getTemplate(listed.metaId).then(
      (item) => readListed(item) ?? assumed,
      () => assumed,
    );
  };

  const call = async (scope: Scope, draft: DraftRow, client: GraphClient): Promise<void> => {
    const before = await edited(scope, draft);
    const askedAt = now();
    let template: ListedTemplate;
    try {
      template = before ? await edit(draft, before, client) : await create(draft, client);
    } catch (error) {
      const failure = toGraphError(error, { sending: true });
      if (!mayHaveArrived(failure)) return giveBack(scope, draft, refusalOf(failure));
      if ((await settle(scope, draft, client, false)) !== 'there')
        await drafts.change(scope, draft, { submitError: NO_ANSWER });
      return;
    }
    await finish(scope, draft, template, askedAt);
  };

  /** From here on nobody else submits, saves or deletes it; the job looks after it should this process die. */
  const claim = async (scope: Scope, draft: DraftRow): Promise<DraftRow> => {
    const submittingAt = now();
    const payload = { organizationId: scope.organizationId, draftId: draft.id, at: submittingAt };
    const job = { kind: 'template.settle' as const, organizationId: scope.organizationId, payload };
    const before = await edited(scope, draft);
    const attempt = { submittingAt, submitError: null, submittedOver: before && overOf(before.listed) };
    await drafts.change(scope, draft, attempt, (tx) => addJobs(db, tx, [job], submittingAt + graceMs));
    return { ...draft, ...attempt };
  };

  const checked = async (scope: Scope, draft: DraftRow): Promise<void> => {
    if (deps.review === 'two-person' && draft.state !== 'approved')
      throw new WhatsAppError('draft_not_approved', 'Somebody else has to approve this draft first.');
    const surroundings = await drafts.around(scope, draft);
    assertClean(problemsOfDraft(draft, surroundings), surroundings.edited?.editing.nextAt ?? null);
  };

  return {
    /**
     * A refusal of Meta's is no error of this call: the draft stays and has it in `submitError`. Submitting what is
     * submitted changes nothing.
     */
    async submit(scope: Scope, id: number | null, version: number | undefined): Promise<TemplateDraftRecord> {
      let draft = await drafts.load(scope, id);
      if (draft.state === 'submitted') return drafts.present(scope, draft);
      if (version !== undefined && draft.version !== version) throw changedMeanwhile();
      const { client } = await deps.speakerOf(scope, draft.businessAccountId);
      if (draft.submittingAt !== null) {
        if (now() - draft.submittingAt < graceMs) throw underWay();
        if ((await settle(scope, draft, client, true)) !== 'absent') return drafts.answer(scope, draft.id);
        draft = await drafts.load(scope, draft.id);
      }
      await checked(scope, draft);
      await call(scope, await claim(scope, draft), client);
      return drafts.answer(scope, draft.id);
    },
    /** The job: settles an attempt that was left open. True to be asked again. */
    async settleLater(payload: Record<string, unknown>): Promise<boolean> {
      const scope = { organizationId: Number(payload.organizationId) };
      const draft = await drafts.peek(scope, Number(payload.draftId));
      if (!draft || draft.state === 'submitted' || draft.submittingAt !== Number(payload.at)) return false;
      const { client } = await deps.speakerOf(scope, draft.businessAccountId);
      return (await settle(scope, draft, client, true)) === 'unknown';
    },
  };
};

export type Submit = ReturnType<typeof createSubmit>;
