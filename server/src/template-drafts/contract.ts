import type { LintProblem } from '../templates/draft';
import type { ParameterFormat, TemplateComponent } from '../templates/model';

/**
 * `draft`: being written. `in_review`: waits for a colleague. `approved`: a colleague agreed, may be submitted.
 * `returned`: a colleague asks for changes. `submitted`: at Meta; the draft is history then.
 */
export type DraftState = 'draft' | 'in_review' | 'approved' | 'returned' | 'submitted';

/** A template before Meta has it: a new one, another language of one, or changes to one. */
export interface TemplateDraftRecord {
  id: string;
  businessAccountId: string;
  /** The template that it changes; null for a new one. */
  templateId: string | null;
  name: string;
  language: string;
  category: string;
  parameterFormat: ParameterFormat;
  /** As Meta wants them; half-written is fine until it is submitted. */
  components: TemplateComponent[];
  ttlSeconds: number | null;
  state: DraftState;
  /** Grows with each save; a save that names an older one is answered `draft_changed`. */
  version: number;
  author: { id: string; name: string } | null;
  reviewer: { id: string; name: string } | null;
  reviewNote: string | null;
  /** What Meta answered to the last submission, in its words for people. */
  submitError: { title: string; message: string; hint: string | null } | null;
  problems: LintProblem[];
  updatedAt: string;
}

/** POST /template-drafts */
export type CreateDraft =
  | { businessAccountId: string; name?: string; language?: string; category?: string }
  /** Changes to it, a copy under another name, or another language of it. */
  | { templateId: string; purpose: 'edit' | 'duplicate' | 'translate'; language?: string };

/** PUT /template-drafts/:id : the fields that changed, and the version they are based on. */
export type SaveDraft = { version: number } & Partial<
  Pick<
    TemplateDraftRecord,
    'name' | 'language' | 'category' | 'parameterFormat' | 'components' | 'ttlSeconds'
  >
>;

/** POST /template-drafts/:id/sample (multipart, field `file`): what Meta takes as `example.header_handle`. */
export interface DraftSample {
  handle: string;
  fileName: string;
  mimeType: string;
  size: number;
  /** Same-origin, signed, short-lived: for the preview. */
  url: string;
}

/** GET /template-library?businessAccountId&q */
export interface LibraryTemplate {
  id: string;
  name: string;
  language: string;
  category: string;
  header: string | null;
  body: string;
  buttons: { type: string; text: string }[];
}
