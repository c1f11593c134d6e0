import type { Core } from '@strapi/strapi';
import { TABLES } from '../constants';

const text = { type: 'text' } as const;
const word = { type: 'string' } as const;
const requiredWord = { type: 'string', column: { notNullable: true } } as const;
const number = { type: 'integer' } as const;
const instant = { type: 'biginteger' } as const;
const requiredInstant = { type: 'biginteger', column: { notNullable: true } } as const;
const json = { type: 'json' } as const;

interface RawTable {
  name: string;
  tableName: string;
  attributes: Record<string, unknown>;
  indexes?: { name: string; columns: string[]; type?: 'unique' }[];
  foreignKeys?: {
    name: string;
    columns: string[];
    referencedTable: string;
    referencedColumns: string[];
    onDelete: 'CASCADE';
  }[];
}

/** Type of the ids that it points to; MySQL wants both sides alike. */
const reference = { type: 'integer', column: { unsigned: true, notNullable: true } } as const;

/** The row goes with the one that it points to. */
const goesWith = (name: string, column: string, referencedTable: string) => ({
  name,
  columns: [column],
  referencedTable,
  referencedColumns: ['id'],
  onDelete: 'CASCADE' as const,
});

/** Queues and logs: no documents, no events, invisible to the content manager and both APIs. */
const RAW_TABLES: RawTable[] = [
  {
    name: 'organization-member',
    tableName: TABLES.members,
    attributes: { organizationId: reference, userId: reference },
    indexes: [{ name: 'wa_member_uq', columns: ['organization_id', 'user_id'], type: 'unique' }],
    foreignKeys: [
      goesWith('wa_member_org_fk', 'organization_id', TABLES.organizations),
      goesWith('wa_member_user_fk', 'user_id', 'admin_users'),
    ],
  },
  {
    name: 'api-access',
    tableName: TABLES.apiAccess,
    attributes: { tokenId: reference, organizationId: reference },
    indexes: [{ name: 'wa_access_token_uq', columns: ['token_id'], type: 'unique' }],
    foreignKeys: [
      goesWith('wa_access_token_fk', 'token_id', 'strapi_api_tokens'),
      goesWith('wa_access_org_fk', 'organization_id', TABLES.organizations),
    ],
  },
  {
    name: 'delivery-log',
    tableName: TABLES.deliveryLog,
    attributes: {
      organizationId: number,
      receivedAt: requiredInstant,
      /** `applied`, `partly` (something was quarantined), `ignored` (understood, nothing to do), `not_understood`. */
      outcome: requiredWord,
      webhookKey: word,
      bytes: number,
      events: number,
      /** Counts per kind; never text, numbers or tokens. */
      summary: json,
      /** The exact bytes, sealed; emptied after `webhook.keepPayloadDays`. */
      body: text,
      path: word,
      /** The number that it is about; null for none or several. */
      integrationId: number,
      /** Why something of it is in quarantine. */
      error: word,
      /** Ties quarantined events to their call. */
      ref: word,
      /** `,message.received,status.changed,` for the filter. */
      kinds: word,
      durationMs: number,
      /** `missing` or `invalid` on the rows that count rejected calls; null when it was valid. */
      signature: word,
    },
    indexes: [{ name: 'wa_log_recent_idx', columns: ['organization_id', 'received_at', 'id'] }],
  },
  {
    name: 'quarantine',
    tableName: TABLES.quarantine,
    attributes: {
      organizationId: number,
      receivedAt: requiredInstant,
      phoneNumberId: word,
      reason: requiredWord,
      event: text,
      resolvedAt: instant,
      ref: word,
    },
    indexes: [
      { name: 'wa_quarantine_recent_idx', columns: ['organization_id', 'received_at'] },
      { name: 'wa_quarantine_ref_idx', columns: ['ref'] },
    ],
  },
  {
    name: 'outbox',
    tableName: TABLES.outbox,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      conversationId: { ...number, column: { notNullable: true } },
      messageId: { ...number, column: { notNullable: true, unique: true } },
      /** 1 people, 2 automation, 3 campaigns. */
      priority: { ...number, column: { notNullable: true } },
      /** `queued`, `in_flight` (committed before the first byte leaves), `unknown`. Settled rows are deleted. */
      state: requiredWord,
      notBefore: requiredInstant,
      attempts: { ...number, column: { notNullable: true } },
      /** 1: waits for its template; what was written after it does not wait along. */
      held: number,
      lockedBy: word,
      lockedAt: instant,
    },
    indexes: [
      { name: 'wa_outbox_due_idx', columns: ['integration_id', 'state', 'priority', 'id'] },
      { name: 'wa_outbox_conv_idx', columns: ['conversation_id', 'id'] },
    ],
  },
  {
    name: 'scheduled',
    tableName: TABLES.scheduled,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      conversationId: { ...number, column: { notNullable: true } },
      messageId: { ...number, column: { notNullable: true, unique: true } },
      dueAt: requiredInstant,
      /** Newest message of the person at the time of scheduling; null: goes whatever the person writes. */
      cancelAfterId: number,
    },
    indexes: [
      { name: 'wa_scheduled_due_idx', columns: ['due_at'] },
      { name: 'wa_scheduled_cancel_idx', columns: ['cancel_after_id'] },
    ],
  },
  {
    name: 'lane-pause',
    tableName: TABLES.lanePauses,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      /** `all`, or `bulk`: people's own answers still go. */
      scope: requiredWord,
      /** Meta's code as text, or `manual`. */
      code: requiredWord,
      reason: text,
      since: requiredInstant,
      until: requiredInstant,
    },
    indexes: [{ name: 'wa_lane_pause_uq', columns: ['integration_id', 'scope'], type: 'unique' }],
  },
  {
    /** Whom we wrote to outside a window within the last day: Meta's messaging limit counts these people. */
    name: 'opening',
    tableName: TABLES.openings,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      account: requiredWord,
      contactId: { ...number, column: { notNullable: true } },
      at: requiredInstant,
    },
    indexes: [
      { name: 'wa_opening_uq', columns: ['account', 'contact_id'], type: 'unique' },
      { name: 'wa_opening_recent_idx', columns: ['account', 'at'] },
    ],
  },
  {
    /** What a site decides about a template, in all its languages. */
    name: 'template-setting',
    tableName: TABLES.templateSettings,
    attributes: {
      organizationId: reference,
      businessAccountId: requiredWord,
      name: requiredWord,
      /** Where its values come from. */
      bindings: text,
      /** Ids of admin roles and of numbers that may use it; null or empty: all. */
      roles: text,
      integrations: text,
    },
    indexes: [
      {
        name: 'wa_template_setting_uq',
        columns: ['organization_id', 'business_account_id', 'name'],
        type: 'unique',
      },
    ],
    foreignKeys: [goesWith('wa_template_setting_org_fk', 'organization_id', TABLES.organizations)],
  },
  {
    /** What a person of the panel has to do with a template, in all its languages. */
    name: 'template-mark',
    tableName: TABLES.templateMarks,
    attributes: {
      organizationId: reference,
      userId: reference,
      businessAccountId: requiredWord,
      name: requiredWord,
      /** Marked as a favourite; null when it is none. */
      favouriteAt: instant,
      lastUsedAt: instant,
    },
    indexes: [
      {
        name: 'wa_template_mark_uq',
        columns: ['organization_id', 'business_account_id', 'name', 'user_id'],
        type: 'unique',
      },
    ],
    foreignKeys: [
      goesWith('wa_template_mark_org_fk', 'organization_id', TABLES.organizations),
      goesWith('wa_template_mark_user_fk', 'user_id', 'admin_users'),
    ],
  },
  {
    name: 'upload',
    tableName: TABLES.uploads,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      kind: requiredWord,
      mimeType: requiredWord,
      fileName: word,
      size: { ...number, column: { notNullable: true } },
      digest: requiredWord,
      width: number,
      height: number,
      converted: text,
      createdAt: requiredInstant,
      usedAt: requiredInstant,
    },
    indexes: [{ name: 'wa_upload_used_idx', columns: ['used_at'] }],
  },
  {
    /** Ids that Meta gave for files of ours; they work for one number and thirty days. */
    name: 'meta-file',
    tableName: TABLES.metaFiles,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      digest: requiredWord,
      mimeType: requiredWord,
      mediaId: requiredWord,
      uploadedAt: requiredInstant,
    },
    indexes: [
      { name: 'wa_meta_file_uq', columns: ['integration_id', 'digest', 'mime_type'], type: 'unique' },
    ],
  },
  {
    name: 'parked-status',
    tableName: TABLES.parkedStatuses,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      wamid: requiredWord,
      kind: word,
      /** The event as JSON; applied when its message turns up, dropped after a week. */
      event: text,
      receivedAt: requiredInstant,
    },
    indexes: [
      { name: 'wa_parked_wamid_idx', columns: ['integration_id', 'wamid'] },
      { name: 'wa_parked_recent_idx', columns: ['received_at', 'id'] },
      { name: 'wa_parked_kind_idx', columns: ['kind', 'received_at'] },
    ],
  },
  {
    name: 'user-action',
    tableName: TABLES.userActions,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      /** Meta's own word, e.g. `marketing_messages_link_click`. */
      action: requiredWord,
      trackingToken: word,
      clickId: word,
      at: requiredInstant,
      /** Digest of the element: told twice, it is stored once. */
      digest: requiredWord,
      raw: json,
    },
    indexes: [
      { name: 'wa_user_action_uq', columns: ['integration_id', 'digest'], type: 'unique' },
      { name: 'wa_user_action_token_idx', columns: ['organization_id', 'tracking_token'] },
    ],
  },
  {
    /** What is known of an account's templates as a whole, and when they are to be read again. */
    name: 'template-account',
    tableName: TABLES.templateAccounts,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      businessAccountId: requiredWord,
      templateCount: number,
      templateLimit: number,
      syncedAt: instant,
      dueAt: requiredInstant,
    },
    indexes: [
      { name: 'wa_tpl_account_uq', columns: ['organization_id', 'business_account_id'], type: 'unique' },
      { name: 'wa_tpl_account_due_idx', columns: ['due_at'] },
    ],
  },
  {
    name: 'template-alert',
    tableName: TABLES.templateAlerts,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      businessAccountId: requiredWord,
      metaId: requiredWord,
      name: text,
      language: word,
      kind: requiredWord,
      facts: json,
      at: requiredInstant,
    },
    indexes: [
      {
        // Meta delivers again; told twice, it is stored once.
        name: 'wa_tpl_alert_uq',
        columns: ['organization_id', 'meta_id', 'kind', 'at'],
        type: 'unique',
      },
      { name: 'wa_tpl_alert_recent_idx', columns: ['organization_id', 'id'] },
    ],
  },
  {
    /** Up to which alert a person has looked. */
    name: 'template-alert-mark',
    tableName: TABLES.templateAlertMarks,
    attributes: { organizationId: reference, userId: reference, upToId: number },
    indexes: [{ name: 'wa_tpl_mark_uq', columns: ['organization_id', 'user_id'], type: 'unique' }],
    foreignKeys: [
      goesWith('wa_tpl_mark_org_fk', 'organization_id', TABLES.organizations),
      goesWith('wa_tpl_mark_user_fk', 'user_id', 'admin_users'),
    ],
  },
  {
    name: 'template-draft',
    tableName: TABLES.templateDrafts,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      businessAccountId: requiredWord,
      /** Finds the row again where an insert does not tell its id. */
      draftKey: { ...requiredWord, column: { notNullable: true, unique: true } },
      /** The template that it changes; null for a new one until Meta has it. */
      templateId: number,
      purpose: requiredWord,
      name: text,
      language: word,
      category: word,
      parameterFormat: word,
      components: json,
      ttlSeconds: number,
      state: requiredWord,
      version: { ...number, column: { notNullable: true } },
      authorId: number,
      authorName: word,
      /** Ids of everybody who wrote on it: none of them approves it. */
      editors: json,
      reviewerId: number,
      reviewerName: word,
      reviewNote: text,
      submitError: json,
      /** Set while a call to Meta is under way, or when nobody knows how it ended. */
      submittingAt: instant,
      createdAt: requiredInstant,
      updatedAt: requiredInstant,
    },
    indexes: [{ name: 'wa_tpl_draft_recent_idx', columns: ['organization_id', 'state', 'id'] }],
  },
  {
    /** Changes that Meta took: it allows few of them for an approved template. */
    name: 'template-edit',
    tableName: TABLES.templateEdits,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      metaId: requiredWord,
      at: requiredInstant,
    },
    indexes: [{ name: 'wa_tpl_edit_idx', columns: ['organization_id', 'meta_id', 'at'] }],
  },
  {
    /** Which template a message was made of: messages themselves keep no index for that. */
    name: 'template-send',
    tableName: TABLES.templateSends,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      conversationId: { ...number, column: { notNullable: true } },
      messageId: { ...reference, column: { ...reference.column, unique: true } },
      authorId: number,
      name: requiredWord,
      language: requiredWord,
      at: requiredInstant,
    },
    indexes: [
      { name: 'wa_tpl_send_idx', columns: ['organization_id', 'name', 'language', 'at'] },
      { name: 'wa_tpl_send_recent_idx', columns: ['organization_id', 'at'] },
    ],
    foreignKeys: [goesWith('wa_tpl_send_msg_fk', 'message_id', TABLES.messages)],
  },
  {
    name: 'change',
    tableName: TABLES.changes,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: number,
      conversationId: number,
      messageId: number,
      formerAssigneeId: number,
      kind: requiredWord,
      at: requiredInstant,
    },
  },
  {
    name: 'process',
    tableName: TABLES.processes,
    attributes: {
      /** Host, process id and a random part. */
      owner: { ...requiredWord, column: { notNullable: true, unique: true } },
      /** `embedded`: its jobs live in the process itself, so there should be one. */
      engine: requiredWord,
      startedAt: requiredInstant,
      seenAt: requiredInstant,
    },
  },
  {
    name: 'once',
    tableName: TABLES.once,
    attributes: {
      name: { ...requiredWord, column: { notNullable: true, unique: true } },
      claimedAt: requiredInstant,
    },
  },
  {
    name: 'job',
    tableName: TABLES.jobs,
    attributes: {
      kind: requiredWord,
      organizationId: number,
      payload: json,
      runAt: requiredInstant,
      attempts: { ...number, column: { notNullable: true } },
      /** Attempts that took their process along: counted when another one finds the lock of a dead one. */
      crashes: number,
      lockedBy: word,
      lockedAt: instant,
    },
    indexes: [{ name: 'wa_job_due_idx', columns: ['run_at', 'locked_at'] }],
  },
  {
    name: 'audit-entry',
    tableName: TABLES.auditEntries,
    attributes: {
      /** null: it concerns the whole installation. */
      organizationId: number,
      at: requiredInstant,
      actorType: requiredWord,
      actorId: word,
      actorName: word,
      action: requiredWord,
      targetType: requiredWord,
      targetId: word,
      targetLabel: word,
      fieldsBefore: text,
      fieldsAfter: text,
      ip: word,
    },
    indexes: [
      { name: 'wa_audit_recent_idx', columns: ['organization_id', 'at', 'id'] },
      { name: 'wa_audit_target_idx', columns: ['organization_id', 'target_type', 'target_id'] },
    ],
  },
];

/** Call in `register`, before the schema is synchronised. */
export const registerRawTables = (strapi: Core.Strapi): void => {
  for (const { name, tableName, attributes, indexes, foreignKeys } of RAW_TABLES) {
    strapi.get('models').add({
      uid: `plugin::whatsapp.${name}`,
      singularName: `whatsapp-${name}`,
      tableName,
      // A copy: Strapi writes column names into the attributes, and these are shared.
      attributes: Object.fromEntries(
        Object.entries({ id: { type: 'increments' }, ...attributes }).map(([key, value]) => [
          key,
          structuredClone(value),
        ]),
      ),
      indexes: indexes ?? [],
      foreignKeys: foreignKeys ?? [],
    });
  }
};
