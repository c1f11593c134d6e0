import type { Audit } from '../audit/service';
import { notFound, WhatsAppError } from '../errors';
import type { Registry } from '../integrations/registry';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import type { Scope } from '../storage/scope';
import type { KnownTemplate, TemplateLedger } from '../templates/ledger';
import { templatesChanged } from '../templates/sync';
import { draftEvent, type Author } from './audit-lines';
import { contentOf, copyName, emptyContent, type DraftContent } from './content';
import type { CreateDraft } from './contract';
import { createDraftRepository, type Purpose } from './repository';

interface Deps {
  db: Database;
  registry: Registry;
  audit: Audit;
  ledger: TemplateLedger;
  now(): number;
  notify(): void;
}

/** How a draft comes to be: empty, or from a template that is changed, copied or translated. */
export const createBegin = ({ db, registry, audit, ledger, now, notify }: Deps) => {
  const checkAccount = async ({ organizationId }: Scope, businessAccountId: string): Promise<void> => {
    const numbers = await registry.all();
    const isOwn = numbers.some(
      (number) => number.organizationId === organizationId && number.businessAccountId === businessAccountId,
    );
    if (!isOwn) throw notFound('Business account');
  };

  const templateOf = async (scope: Scope, id: number | null): Promise<KnownTemplate> => {
    const template = id === null ? null : await ledger.find(scope, id);
    if (!template) throw notFound('Template');
    return template;
  };

  const fromTemplate = async (
    scope: Scope,
    template: KnownTemplate,
    purpose: Exclude<Purpose, 'new'>,
    language: string | undefined,
  ): Promise<DraftContent> => {
    const content = contentOf(template.listed);
    if (purpose === 'edit') {
      if (template.editing.reason === 'status')
        throw new WhatsAppError(
          'template_not_editable',
          'Only approved, rejected and paused templates can be changed.',
          { status: template.status },
        );
      return content;
    }
    if (purpose === 'translate') return { ...content, language: language ?? '' };
    const names = await ledger.names(scope, template.businessAccountId);
    return { ...content, name: copyName(content.name, names), language: language ?? content.language };
  };

  const insert = async (
    scope: Scope,
    author: Author | null,
    draft: { businessAccountId: string; templateId: number | null; purpose: Purpose; content: DraftContent },
  ): Promise<number> => {
    const { content, ...about } = draft;
    const id = await db.transaction(async (tx) => {
      const written = await createDraftRepository(db, scope).insert(tx, {
        ...about,
        ...content,
        state: 'draft',
        version: 1,
        authorId: author?.id ?? null,
        authorName: author?.name ?? null,
        editors: author ? [author.id] : [],
        submitError: null,
        submittingAt: null,
        updatedAt: now(),
      });
      await audit.record(tx, draftEvent(scope, 'template-draft.create', { id: written, ...content }));
      await appendChanges(db, tx, [templatesChanged(scope)], now());
      return written;
    });
    notify();
    return id;
  };

  /** Answers the draft's id; of an edit, that of the one that is open already. */
  return async (
    scope: Scope,
    author: Author | null,
    input: CreateDraft,
    templateId: number | null,
  ): Promise<number> => {
    if (!('purpose' in input)) {
      const { businessAccountId, ...given } = input;
      await checkAccount(scope, businessAccountId);
      const content = emptyContent(given);
      return insert(scope, author, { businessAccountId, templateId: null, purpose: 'new', content });
    }
    const template = await templateOf(scope, templateId);
    // Two people who want to change the same template work on the same draft.
    const open =
      input.purpose === 'edit' ? await createDraftRepository(db, scope).openEdit(template.id) : null;
    if (open) return open.id;
    const content = await fromTemplate(scope, template, input.purpose, input.language);
    const { businessAccountId, id } = template;
    const draft = { businessAccountId, templateId: id, purpose: input.purpose, content };
    try {
      return await insert(scope, author, draft);
    } catch (error) {
      // Somebody else began in the same moment.
      const theirs = isUniqueViolation(error) ? await createDraftRepository(db, scope).openEdit(id) : null;
      if (!theirs) throw error;
      return theirs.id;
    }
  };
};
