import { TABLES } from '../constants';
import { wordOf } from '../storage/schema-parts';
import {
  goesWith,
  instant,
  json,
  number,
  reference,
  requiredInstant,
  requiredWord,
  text,
  word,
  type RawTable,
} from '../storage/table-parts';

export const templatesTables: RawTable[] = [
  {
    /** What is known of an account's templates as a whole, and when they are to be read again. */
    name: 'template-account',
    tableName: TABLES.templateAccounts,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      businessAccountId: wordOf(64),
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
      businessAccountId: wordOf(64),
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
    /** Single alerts that a person has put away, newer than the mark. */
    name: 'template-alert-seen',
    tableName: TABLES.templateAlertsSeen,
    attributes: { alertId: reference, userId: reference },
    indexes: [{ name: 'wa_tpl_seen_uq', columns: ['user_id', 'alert_id'], type: 'unique' }],
    foreignKeys: [
      goesWith('wa_tpl_seen_alert_fk', 'alert_id', TABLES.templateAlerts),
      goesWith('wa_tpl_seen_user_fk', 'user_id', 'admin_users'),
    ],
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
      name: wordOf(512),
      language: wordOf(32),
      at: requiredInstant,
    },
    indexes: [
      { name: 'wa_tpl_send_idx', columns: ['organization_id', 'name', 'language', 'at'] },
      { name: 'wa_tpl_send_recent_idx', columns: ['organization_id', 'at'] },
    ],
    foreignKeys: [goesWith('wa_tpl_send_msg_fk', 'message_id', TABLES.messages)],
  },
];
