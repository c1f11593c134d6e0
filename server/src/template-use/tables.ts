import { TABLES } from '../constants';
import { wordOf } from '../storage/schema-parts';
import { text, instant, reference, goesWith, type RawTable } from '../storage/table-parts';

export const templateUseTables: RawTable[] = [
  {
    /** What a site decides about a template, in all its languages. */
    name: 'template-setting',
    tableName: TABLES.templateSettings,
    attributes: {
      organizationId: reference,
      businessAccountId: wordOf(64),
      name: wordOf(512),
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
      businessAccountId: wordOf(64),
      name: wordOf(512),
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
];
