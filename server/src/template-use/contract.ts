import type { Template } from '../templates/contract';
import type { TemplateParameter } from '../templates/parameters';
import type { TemplateValues } from '../templates/values';

/** Where a value comes from. */
export type ValueSource =
  | { from: 'text'; text: string }
  /** `name`, `profileName`, `phone`, `email`, `language`, `customAttributes.city` … */
  | { from: 'contact'; path: string }
  /** A field of the entry that the contact is linked to. */
  | { from: 'linked'; path: string }
  /** A field of an entry that is chosen when sending; `contentType` is its uid. */
  | { from: 'entry'; contentType: string; path: string };

export type ValueFormat =
  | { as: 'text' }
  | { as: 'number'; decimals?: number }
  | { as: 'currency'; currency: string }
  | { as: 'date'; style: 'short' | 'medium' | 'long' | 'full'; time?: boolean };

/** How one parameter gets its value. `parameter` is `bindingKey` of the parameter: `body:first_name`, `buttons:0`, `cards[1].body:1`. */
export interface TemplateBinding {
  parameter: string;
  source: ValueSource;
  format?: ValueFormat;
  /** Used when the source is empty. */
  fallback?: string;
}

/** PUT /templates/:id/bindings; GET gives the same. Kept per account and name: all languages share them. */
export interface TemplateBindings {
  bindings: TemplateBinding[];
  /** In answers only: bindings whose field is not there any more, or whose parameter the template lost. */
  problems?: { parameter: string; problem: 'field_gone' | 'parameter_gone' }[];
}

/** An entry of the site's content; `locale` only when another one than the template's language is meant. */
export interface EntryRef {
  contentType: string;
  documentId: string;
  locale?: string;
}

/** POST /templates/:id/values */
export interface ResolveValues {
  conversationId?: string;
  contactId?: string;
  /** Stands for bindings from an entry of its type. */
  entry?: EntryRef;
  /** To try out, in the place of those that are saved: "Use field…" and the dialog's preview. */
  bindings?: TemplateBinding[];
}

/**
 * Why a parameter has no value. `unbound`: nothing is bound. `empty`: the field is. `field_gone`: there is no such field any
 * more. `not_readable`: the asking person may not read it. `hidden`: it holds a phone number that he may not see; a send
 * with `bound: true` fills it in all the same. `no_contact`, `not_linked`, `no_entry`: nobody said whose. `entry_missing`:
 * deleted, or not published. `wrong_kind`: not what this parameter takes.
 */
export type ValueProblemKey =
  | 'unbound'
  | 'empty'
  | 'field_gone'
  | 'not_readable'
  | 'hidden'
  | 'no_contact'
  | 'not_linked'
  | 'no_entry'
  | 'entry_missing'
  | 'not_a_number'
  | 'not_a_date'
  | 'wrong_kind'
  | 'file_unusable';

export interface ResolvedValues {
  values: TemplateValues;
  parameters: {
    parameter: TemplateParameter;
    key: string;
    /** The text it got; null when it is still to be filled in. */
    value: string | null;
    /** Where from: what the chip on the field says. */
    source: ValueSource | { from: 'fallback' } | null;
    problem: ValueProblemKey | null;
  }[];
  /** A content type of which an entry is to be chosen before all values are there. */
  needsEntry: string | null;
}

/** GET /template-picker?conversationId= | integrationId= : all of the account, unsendable ones with the reason. */
export interface PickerTemplate extends Template {
  favourite: boolean;
  /** ISO, by this person. */
  lastUsedAt: string | null;
  sendable: boolean;
  /** Why not: a key that the panel has words for, with facts. */
  reason: {
    key: 'status' | 'role' | 'number' | 'opted_out' | 'blocked';
    facts: Record<string, string>;
  } | null;
  hasBindings: boolean;
}

export interface TemplatePicker {
  data: PickerTemplate[];
  meta: {
    /** The language that is suggested for this contact and where that comes from. */
    language: { code: string; because: 'contact' | 'linked_entry' | 'conversation' | 'default' } | null;
  };
}

/** GET/PUT /templates/:id/access : empty lists mean everybody who may send templates, and every number of the account. */
export interface TemplateAccess {
  /** Ids of Strapi admin roles. */
  roles: string[];
  integrations: string[];
}

/** What GET and PUT answer; with the choices in `meta`, because whoever manages templates need not have Strapi's right to read roles. */
export interface TemplateAccessAnswer {
  data: TemplateAccess;
  meta: {
    /** All roles of the site that could be chosen. */
    roles: { id: string; name: string }[];
    /** Numbers of the template's account. */
    integrations: { id: string; name: string }[];
  };
}

/** GET /template-fields : what may be bound. */
export interface BindableField {
  path: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'datetime' | 'boolean' | 'enumeration' | 'media';
}
export interface BindableType {
  /** `contact`, or the uid of a content type that the asking person may read. */
  uid: string;
  label: string;
  fields: BindableField[];
}

/** GET /template-entries?contentType&q&locale : entries that the asking person may read, newest first. */
export interface BindableEntry {
  documentId: string;
  label: string;
  locale: string | null;
  status: 'draft' | 'published' | null;
}

export type { TestContact } from '../contacts/contract';

/** POST /templates/:id/test {integrationId, contactIds, parameters} */
export interface TestSendResult {
  sent: { contactId: string; messageId: string }[];
  failed: { contactId: string; code: string; message: string }[];
}

/** GET /contacts/:id/link : the entry that a contact is linked to, as the asking person may see it; null when there is none. */
export interface LinkedEntryCard {
  contentType: string;
  documentId: string;
  /** What the type is called; its uid when the site has no such type any more. */
  type: string;
  /** null: deleted, or not for these eyes; then it cannot be opened either. */
  title: string | null;
  single: boolean;
}
