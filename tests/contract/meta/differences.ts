import {
  addTo,
  at,
  BOOLEAN,
  noLongerRequired,
  own,
  refTo,
  STRING,
  type Schema,
  type Schemas,
} from './schema';

/** Something that is newer than the document, or that Meta does and the document does not say. */
export interface Difference {
  what: string;
  /** Why Meta's servers are right and the document (v23.0, 2025) is not. */
  reason: string;
  apply(schemas: Schemas): void;
}

const INBOUND = [
  'TextMessage_2',
  'ReactionMessage_1',
  'AudioMessage_1',
  'DocumentMessage_1',
  'ImageMessage_1',
  'StickerMessage_1',
  'VideoMessage_1',
  'LocationMessage_1',
  'ContactSharingMessage',
  'UnsupportedMessage',
  'ButtonMessage',
  'InteractiveMessageReply',
  'OrderMessage',
];
const MEDIA = ['audio', 'document', 'image', 'sticker', 'video'];

const difference = (what: string, reason: string, apply: (schemas: Schemas) => void): Difference => ({
  what,
  reason,
  apply,
});

const mediaPath = (kind: string): string =>
  `${INBOUND.find((name) => name.toLowerCase().startsWith(kind)) ?? ''}.${kind}`;

const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  unevaluatedProperties: false,
});

/** Another value of `interactive.type`, with the action it takes. */
const kind = (schemas: Schemas, name: string, action: Schema): void => {
  own(schemas.InteractiveObject).properties!.type.enum!.push(name);
  schemas.ActionObject.oneOf!.push(action);
};
const named = (name: string, parameters?: Schema): Schema => ({
  type: 'object',
  properties: { name: { enum: [name] }, ...(parameters && { parameters }) },
  required: ['name', ...(parameters ? ['parameters'] : [])],
});

const SENDING: Difference[] = [
  difference(
    'recipient instead of to',
    'Business-scoped user ids came in April 2026 (META/business-scoped-user-ids): people without a visible phone.',
    (schemas) => {
      schemas.BaseMessageProperties.properties!.recipient = STRING;
      noLongerRequired(schemas, 'BaseMessageProperties', 'to');
      schemas.BaseMessageProperties.anyOf = [{ required: ['to'] }, { required: ['recipient'] }];
    },
  ),
  difference(
    'biz_opaque_callback_data',
    'Documented with statuses (META/webhooks/reference/messages/status); the document has it for marketing messages only.',
    (schemas) => {
      schemas.BaseMessageProperties.properties!.biz_opaque_callback_data = { type: 'string', maxLength: 512 };
    },
  ),
  difference('audio.voice', 'Voice notes since November 2025 (META/messages/audio-messages).', (schemas) => {
    own(schemas.AudioMessage).properties!.audio = object({ id: STRING, link: STRING, voice: BOOLEAN });
  }),
  difference(
    'caption and filename of media',
    'META/messages/document-messages and its own examples; the schema it refers to knows id and link only.',
    (schemas) => {
      for (const schema of schemas.MediaObject.oneOf ?? [])
        Object.assign(schema.properties!, { caption: { type: 'string', maxLength: 1024 }, filename: STRING });
    },
  ),
  difference(
    'numbers in location',
    'Meta takes both (META/messages/location-messages samples, Cloud API collection).',
    (schemas) => {
      const location = own(schemas.LocationMessage).properties!.location;
      for (const key of ['latitude', 'longitude'])
        location.properties![key] = { type: ['string', 'number'] as never };
    },
  ),
  difference(
    '257 contacts, any type of phone',
    'META/messages/contacts-messages: up to 257; types are free text.',
    (schemas) => {
      own(schemas.ContactsMessage).properties!.contacts.maxItems = 257;
      schemas.PhoneObject.properties!.type = STRING;
    },
  ),
  difference('interactive cta_url', 'META/messages/interactive-cta-url-messages.', (schemas) =>
    kind(
      schemas,
      'cta_url',
      named('cta_url', object({ display_text: STRING, url: STRING }, ['display_text', 'url'])),
    ),
  ),
  difference('interactive location_request_message', 'META/messages/location-request-messages.', (schemas) =>
    kind(schemas, 'location_request_message', named('send_location')),
  ),
  difference(
    'interactive request_contact_info',
    'Asks people with a username for their phone (2026).',
    (schemas) => kind(schemas, 'request_contact_info', named('request_contact_info')),
  ),
  difference('interactive address_message', 'META/messages/address-messages (India).', (schemas) =>
    kind(schemas, 'address_message', named('address_message', { type: 'object', required: ['country'] })),
  ),
  difference('interactive carousel', 'META/messages/interactive-media-carousel-messages (2025).', (schemas) =>
    kind(schemas, 'carousel', {
      type: 'object',
      properties: { cards: { type: 'array', minItems: 2, maxItems: 10 } },
      required: ['cards'],
    }),
  ),
  difference(
    'catalog_message without a product',
    'The thumbnail is optional: META/catalogs/share-products.',
    (schemas) => {
      schemas.ActionObject.oneOf!.push(named('catalog_message'));
      schemas.ActionObject.anyOf = schemas.ActionObject.oneOf;
      delete schemas.ActionObject.oneOf;
    },
  ),
  difference('typing_indicator', 'META/typing-indicators.', (schemas) =>
    addTo(schemas, 'MarkMessageRequestPayload', {
      typing_indicator: object({ type: { enum: ['text'] } }, ['type']),
    }),
  ),
];

const ANSWERS: Difference[] = [
  difference('user_id in answers of sends', 'META/business-scoped-user-ids.', (schemas) =>
    addTo(schemas, 'MessageResponsePayload.contacts.[]', { user_id: STRING }),
  ),
  difference(
    'error_data of errors',
    'META/support/error-codes: the place of `details` since v16.',
    (schemas) => {
      const error_data = object({ messaging_product: STRING, details: STRING });
      addTo(schemas, 'GraphAPIError.error', { error_data });
    },
  ),
  difference(
    'newer fields of a number',
    'META/business-phone-numbers: status, limits, throughput, overrides.',
    (schemas) =>
      addTo(schemas, 'PhoneNumberInfo', {
        status: STRING,
        platform_type: STRING,
        is_on_biz_app: BOOLEAN,
        throughput: object({ level: STRING }),
        webhook_configuration: { type: 'object' },
        whatsapp_business_manager_messaging_limit: STRING,
        account_mode: STRING,
        health_status: { type: 'object' },
      }),
  ),
  difference(
    'file_size as a number',
    'Its own example of the retrieval of media URLs in META/media shows a number.',
    (schemas) => {
      schemas.MediaInfo.properties!.file_size = { type: ['string', 'number'] as never };
    },
  ),
  difference(
    'BSUIDs on the block list',
    'META/block-users names people without a phone by user_id.',
    (schemas) => {
      addTo(schemas, 'BlockedUserOperation', { user_id: STRING });
      addTo(schemas, 'BlockedUser', { user_id: STRING });
      addTo(schemas, 'BlockRequest.block_users.[]', { user_id: STRING });
    },
  ),
];

const ACCOUNTS: Difference[] = [
  difference(
    'language without policy',
    'META/templates: policy has one value, deterministic, and is the default.',
    (schemas) => noLongerRequired(schemas, 'LanguageObject', 'policy'),
  ),
  difference(
    'currency of an account',
    'META/whatsapp-business-accounts lists it among the fields.',
    (schemas) => addTo(schemas, 'WhatsAppBusinessAccount_3', { currency: STRING }),
  ),
  difference(
    'verification in small letters',
    'Graph answers verified, not_verified, pending (META/whatsapp-business-accounts samples).',
    (schemas) =>
      schemas.WhatsAppBusinessAccountVerificationStatus.enum!.push('verified', 'not_verified', 'pending'),
  ),
];

const PEOPLE: Difference[] = [
  difference('BSUID and username of the person', 'META/business-scoped-user-ids (April 2026).', (schemas) => {
    addTo(schemas, 'ContactProfile', { user_id: STRING, parent_user_id: STRING });
    addTo(schemas, 'ContactProfile.profile', { username: STRING });
  }),
  difference(
    'BSUID of the sender, the phone absent',
    'META/business-scoped-user-ids: keys are absent, not empty.',
    (schemas) => {
      Object.assign(schemas.BaseMessageProperties_1.properties!, {
        from_user_id: STRING,
        from_parent_user_id: STRING,
      });
      noLongerRequired(schemas, 'BaseMessageProperties_1', 'from');
    },
  ),
  difference(
    'ids in system messages',
    'META/webhooks/reference/messages/system (August 2026).',
    (schemas) => {
      const system = own(schemas.SystemMessage).properties!.system;
      Object.assign(system.properties!, { user_id: STRING, previous_user_id: STRING });
      system.properties!.type.enum!.push('user_changed_user_id');
    },
  ),
];

const MESSAGES: Difference[] = [
  difference(
    'url of media',
    'In webhooks since November 2025 (META/webhooks/reference/messages/image).',
    (schemas) => {
      for (const name of MEDIA) addTo(schemas, mediaPath(name), { url: STRING });
    },
  ),
  difference(
    'caption of pictures, films and documents',
    'META/webhooks/reference/messages/image.',
    (schemas) => {
      for (const name of ['document', 'image', 'video']) addTo(schemas, mediaPath(name), { caption: STRING });
    },
  ),
  difference(
    'media without a file, with errors',
    'Error 131052: META/webhooks/reference/messages/errors.',
    (schemas) => {
      schemas.BaseMessageProperties_1.properties!.errors = { type: 'array', items: refTo('ErrorObject_2') };
      noLongerRequired(schemas, 'MediaMessageProperties', 'id', 'sha256');
      for (const name of ['audio', 'document'])
        noLongerRequired(schemas, mediaPath(name), 'voice', 'filename');
    },
  ),
  difference('forwarded', 'META/webhooks/reference/messages: context of forwarded messages.', (schemas) =>
    addTo(schemas, 'ContextObject', { forwarded: BOOLEAN, frequently_forwarded: BOOLEAN }),
  ),
  difference('group_id', 'META/groups/groups-messaging.', (schemas) => {
    schemas.BaseMessageProperties_1.properties!.group_id = STRING;
  }),
  difference(
    'a reaction that is taken back',
    'The key emoji is absent then (META/webhooks/reference/messages/reaction).',
    (schemas) => {
      own(schemas.ReactionMessage_1).properties!.reaction.required = ['message_id'];
    },
  ),
  difference(
    'referral of any type',
    'Ads may begin with a picture as well; META/webhooks/reference/messages.',
    (schemas) => {
      schemas.BaseMessageProperties_1.properties!.referral = refTo('ReferralObject');
    },
  ),
  difference(
    'origin and type of shared contacts',
    'META/business-scoped-user-ids: contact_request or other.',
    (schemas) => addTo(schemas, 'ContactSharingMessage', { origin: { enum: ['contact_request', 'other'] } }),
  ),
  difference('unsupported.type', 'META/webhooks/reference/messages/unsupported.', (schemas) =>
    addTo(schemas, 'UnsupportedMessage', { unsupported: object({ type: STRING }) }),
  ),
  difference(
    'answers of flows, forms and call permissions',
    'META/flows, META/calling: interactive.type.',
    (schemas) => {
      const interactive = own(schemas.InteractiveMessageReply).properties!.interactive;
      interactive.properties!.type.enum!.push('nfm_reply', 'call_permission_reply');
      Object.assign(interactive.properties!, {
        nfm_reply: object({ name: STRING, body: STRING, response_json: STRING }, ['response_json']),
        call_permission_reply: object(
          {
            response: { enum: ['accept', 'reject'] },
            is_permanent: BOOLEAN,
            expiration_timestamp: { type: 'number' },
            response_source: STRING,
          },
          ['response'],
        ),
      });
      noLongerRequired(schemas, 'InteractiveMessageReply', 'context');
    },
  ),
  difference(
    'list rows without a description',
    'It is optional when sending, so it is when it comes back.',
    (schemas) => {
      const interactive = own(schemas.InteractiveMessageReply).properties!.interactive;
      interactive.properties!.list_reply.required = ['id', 'title'];
    },
  ),
];

const STATUSES: Difference[] = [
  difference(
    'contacts beside statuses',
    'META/business-scoped-user-ids: profile of the recipient.',
    (schemas) =>
      addTo(schemas, 'StatusMessageValue', { contacts: { type: 'array', items: refTo('ContactProfile') } }),
  ),
  difference('BSUID of the recipient, the phone absent', 'META/business-scoped-user-ids.', (schemas) => {
    addTo(schemas, 'Statuses', { recipient_user_id: STRING, recipient_parent_user_id: STRING });
    noLongerRequired(schemas, 'Statuses', 'recipient_id');
  }),
  difference('biz_opaque_callback_data in statuses', 'META/webhooks/reference/messages/status.', (schemas) =>
    addTo(schemas, 'Statuses', { biz_opaque_callback_data: STRING }),
  ),
  difference('played', 'Voice notes since November 2025.', (schemas) => {
    at(schemas, 'Statuses').properties!.status.enum!.push('played');
  }),
  difference(
    'deleted and warning',
    'Values of old payloads that still turn up (META/webhooks/components).',
    (schemas) => {
      at(schemas, 'Statuses').properties!.status.enum!.push('deleted', 'warning');
    },
  ),
  difference('pricing.type', 'Per-message pricing since July 2025 (META/pricing).', (schemas) =>
    addTo(schemas, 'Pricing', { type: { enum: ['regular', 'free_customer_service', 'free_entry_point'] } }),
  ),
];

const TEMPLATES: readonly Difference[] = [
  difference('parameter_format of a new template', 'Named parameters (META/templates/overview).', (schemas) =>
    addTo(schemas, 'TemplateCreation', { parameter_format: { enum: ['positional', 'named'] } }),
  ),
];

/** In what we send and are answered. */
export const OF_CALLS: readonly Difference[] = [...SENDING, ...ANSWERS, ...ACCOUNTS, ...TEMPLATES];

/** In what we are told. */
export const OF_WEBHOOKS: readonly Difference[] = [...PEOPLE, ...MESSAGES, ...STATUSES];

export const DIFFERENCES: readonly Difference[] = [...OF_CALLS, ...OF_WEBHOOKS];

/** Kinds of webhook that the document does not describe, with the page of Meta's that does. */
export const UNDESCRIBED_FIELDS: Readonly<Record<string, string>> = {
  history: 'META/webhooks/reference/history',
  smb_message_echoes: 'META/webhooks/reference/smb_message_echoes',
  user_preferences: 'META/webhooks/reference/user_preferences',
  message_template_status_update: 'META/webhooks/reference/message_template_status_update',
  account_update: 'META/webhooks/reference/account_update',
};

/** Types of message that the document does not describe. */
export const UNDESCRIBED_TYPES: Readonly<Record<string, string>> = {
  edit: 'META/webhooks/reference/messages/edit (2026)',
  revoke: 'META/webhooks/reference/messages/revoke (2026)',
  request_welcome: 'META/messages/welcome-messages: it has no content',
  hologram: 'a type that Meta has yet to invent: receivers must live with it',
};
