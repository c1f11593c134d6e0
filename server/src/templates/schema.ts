import { hiddenCollection, instant, scopeColumn, wordOf } from '../storage/schema-parts';

/**
 * One template in one language, as Meta holds it for a business account. Its numbers share it. What was removed at Meta
 * stays (`removedAt`), since messages were sent with it.
 */
export const templateSchema = {
  ...hiddenCollection(),
  collectionName: 'whatsapp_templates',
  info: { singularName: 'template', pluralName: 'templates', displayName: 'WhatsApp template' },
  attributes: {
    organizationId: scopeColumn(),
    businessAccountId: wordOf(64),
    /** Meta's id: the same name in two languages has two. */
    metaId: { type: 'string', column: { notNullable: true } },
    /** Meta takes 512 characters. */
    name: wordOf(512),
    language: wordOf(32),
    category: { type: 'string' },
    /** Meta's word, `APPROVED` … */
    templateStatus: { type: 'string' },
    quality: { type: 'string' },
    parameterFormat: { type: 'string' },
    components: { type: 'json' },
    rejectedReason: { type: 'string' },
    /** Meta's advice after a rejection; webhooks alone tell it. */
    rejectionAdvice: { type: 'text' },
    /** What was asked for when it was submitted here; Meta may have given another. */
    requestedCategory: { type: 'string' },
    nextCategory: { type: 'string' },
    nextCategoryAt: instant(),
    previousCategory: { type: 'string' },
    pausedUntil: instant(),
    ttlSeconds: { type: 'integer' },
    /** Meta's time of the newest status that a webhook told: an older one that comes late changes nothing. */
    statusAt: instant(),
    /** Body and header in small letters, to search in. */
    searchText: { type: 'text' },
    lastSyncedAt: instant(),
    removedAt: instant(),
  },
  indexes: [
    {
      name: 'wa_template_meta_uq',
      columns: ['organization_id', 'business_account_id', 'meta_id'],
      type: 'unique',
    },
    { name: 'wa_template_name_idx', columns: ['organization_id', 'name', 'language', 'id'] },
  ],
};
