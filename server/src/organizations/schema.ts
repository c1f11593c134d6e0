import { hiddenCollection } from '../storage/schema-parts';

/** A tenant. One exists from the first start and stays invisible until there is a second. */
export const organizationSchema = {
  ...hiddenCollection(),
  collectionName: 'whatsapp_organizations',
  info: {
    singularName: 'organization',
    pluralName: 'organizations',
    displayName: 'WhatsApp organization',
  },
  attributes: {
    name: { type: 'string', required: true },
    slug: { type: 'string', required: true, column: { unique: true, notNullable: true } },
    timeZone: { type: 'string', default: 'UTC' },
    /** Spans per weekday; null is the default of 09:00 to 18:00. */
    businessHours: { type: 'json' },
  },
};
