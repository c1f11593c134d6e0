import { UIDS } from '../constants';
import { belongsTo, hiddenCollection, instant, scopeColumn } from '../storage/schema-parts';

/** A person (or a group) that writes to us. Phone is optional everywhere: username users hide it. */
export const contactSchema = {
  ...hiddenCollection(),
  collectionName: 'whatsapp_contacts',
  info: { singularName: 'contact', pluralName: 'contacts', displayName: 'WhatsApp contact' },
  attributes: {
    organization: belongsTo(UIDS.organization),
    /** What the team typed; a profile name never overwrites it. */
    name: { type: 'string' },
    profileName: { type: 'string' },
    phone: { type: 'string' },
    waId: { type: 'string' },
    userId: { type: 'string' },
    parentUserId: { type: 'string' },
    username: { type: 'string' },
    groupId: { type: 'string' },
    email: { type: 'string' },
    language: { type: 'string' },
    tags: { type: 'json' },
    customAttributes: { type: 'json' },
    blocked: { type: 'boolean', default: false },
    /** The entry of the site's own content that stands for this person: uid of its type, and its document. */
    linkedType: { type: 'string' },
    linkedDocumentId: { type: 'string' },
    /** Test sends of templates go to such contacts; ms since when, null for everybody else. */
    testSince: instant(),
  },
};

/**
 * Every name under which a contact is known. One namespace `wa` holds the digits of phone and wa_id alike: Meta itself
 * uses them interchangeably. BSUIDs are random per portfolio, so an equal one is the same person (decisions.md).
 */
export const contactAliasSchema = {
  ...hiddenCollection(),
  collectionName: 'whatsapp_contact_aliases',
  info: {
    singularName: 'contact-alias',
    pluralName: 'contact-aliases',
    displayName: 'WhatsApp contact alias',
  },
  attributes: {
    organizationId: scopeColumn(),
    contact: belongsTo(UIDS.contact),
    kind: { type: 'string', column: { notNullable: true } },
    value: { type: 'string', column: { notNullable: true } },
    supersededAt: instant(),
  },
  indexes: [{ name: 'wa_alias_identity_uq', columns: ['organization_id', 'kind', 'value'], type: 'unique' }],
};
