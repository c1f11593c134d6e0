import type { ParameterFormat, TemplateComponent } from './model';
import type { TemplateParameter } from './parameters';
import type { RenderedTemplate } from './render';

/** REST contract §6. */
export interface Template {
  id: string;
  metaId: string;
  /** A number of this organization that may send it: the one that was asked for, else the oldest of the account. */
  integrationId: string | null;
  businessAccountId: string;
  name: string;
  language: string;
  category: string;
  /** Meta's word; `REMOVED` once the template is gone there. Only `APPROVED` may be sent. */
  status: string;
  quality: string | null;
  parameterFormat: ParameterFormat;
  components: TemplateComponent[];
  parameters: TemplateParameter[];
  /** Meta's code, `INVALID_FORMAT` …; null when it was not rejected. */
  rejectedReason: string | null;
  lastSyncedAt: string | null;
}

/** What the panel knows beyond the contract's fields. */
export interface TemplateDetails extends Template {
  /** What Meta advises after a rejection, in its words. */
  rejectionAdvice: string | null;
  /** The category that was asked for when it was submitted here; Meta may have given another. */
  requestedCategory: string | null;
  /** The category that Meta is about to give it, and when, ISO. */
  nextCategory: { category: string; at: string | null } | null;
  previousCategory: string | null;
  /** ISO; null when it is not paused, or when the pause has no known end. */
  pausedUntil: string | null;
  ttlSeconds: number | null;
  /** Last time that we sent it, ISO. */
  lastSentAt: string | null;
  /** How many of our messages used it in the last 30 days. */
  sent30Days: number;
  /** The draft that edits it, if somebody has begun one. */
  draftId: string | null;
  editing: TemplateEditing;
}

/** Whether Meta would take a change now (10 per 30 days and 1 per 24 h once it is approved), told before one is written. */
export interface TemplateEditing {
  allowed: boolean;
  /** `status`: neither approved, rejected nor paused. */
  reason: 'status' | 'day' | 'month' | null;
  /** When the next change may be submitted, ISO; null when now, or when no time is known. */
  nextAt: string | null;
  /** Changes in the last 30 days; counted from when the plugin knows it. */
  used30Days: number;
}

/** A business account with templates: what the list groups by and the builder submits to. */
export interface TemplateAccount {
  businessAccountId: string;
  integrations: { id: string; name: string }[];
  /** Templates there now and the most that Meta allows; null until Meta has told. */
  count: number;
  limit: number | null;
  lastSyncedAt: string | null;
}

/** GET /template-accounts */
export interface ListTemplateAccounts {
  data: TemplateAccount[];
  meta: {
    /** `two-person`: a draft is submitted only after a colleague agreed. */
    review: 'off' | 'two-person';
  };
}

/** Something that people who may act should know: rejected, paused, category changed, quality low, disabled. */
export interface TemplateAlert {
  id: string;
  templateId: string | null;
  name: string;
  language: string;
  kind: 'approved' | 'rejected' | 'paused' | 'disabled' | 'quality' | 'category' | 'flagged' | 'archived';
  /** Facts for the sentence: `{from, to, reason, until}`. */
  facts: Record<string, string | null>;
  at: string;
  /** Whether the person who asks has seen it. */
  read: boolean;
}

/** GET /template-alerts : the newest 100, newest first. */
export interface ListTemplateAlerts {
  data: TemplateAlert[];
  meta: { unread: number };
}

/** POST /template-alerts/read : this person has seen this one and all before it, or these alone. 204 */
export type ReadTemplateAlerts = { upTo: string } | { ids: string[] };

/** Where a template is used: asked before it is deleted. */
export interface TemplateUsage {
  /** Messages that are scheduled or queued with it. */
  scheduled: number;
  sent30Days: number;
  lastSentAt: string | null;
  /** Drafts in other languages or with changes. */
  drafts: { id: string; language: string }[];
  /** How many people marked it as a favourite. */
  favourites: number;
  hasBindings: boolean;
}

/** GET /templates/:id/analytics?from&to (days, at most 90) */
export interface TemplateAnalytics {
  /** Counted from our own messages. `clicked`: taps on its quick replies; taps on addresses are only known to Meta. */
  ours: { sent: number; delivered: number; read: number; replied: number; clicked: number; failed: number };
  /** As Meta counts, all senders together; null when it did not tell, with its reason. */
  meta: { sent: number; delivered: number; read: number; clicked: number | null } | null;
  metaError: string | null;
  byDay: { day: string; sent: number; delivered: number; read: number; failed: number }[];
}

export interface SyncResult {
  created: number;
  updated: number;
  removed: number;
  unchanged: number;
  /** Accounts whose listing broke off; nothing of theirs was marked as removed. */
  failed: { integrationId: string; error: string }[];
}

export type TemplatePreview = RenderedTemplate;
