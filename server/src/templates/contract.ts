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
  rejectedReason: string | null;
  lastSyncedAt: string | null;
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
