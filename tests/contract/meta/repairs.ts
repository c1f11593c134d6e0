import { own, refTo, type Schema, type Schemas } from './schema';

/**
 * Slips of the document (v23.0) that contradict its own examples; without them nothing at all would be valid. They make
 * no rule milder than the examples do.
 */

/** Parts of other schemas: they see only some of the keys. */
const PARTS = ['BaseMessageProperties', 'BaseMessageProperties_1', 'MediaMessageProperties'];

/**
 * "No other keys" stands inside `allOf`, where it forbids the keys of the neighbouring part; meant is the whole. And
 * where nothing is said, a key that the document does not know is to be noticed here, too.
 */
const close = (schema: Schema, isPart = false): void => {
  delete schema.additionalProperties;
  const alternatives = schema.oneOf?.some(({ properties }) => properties);
  if (!isPart && (schema.properties || schema.allOf || alternatives)) schema.unevaluatedProperties = false;
  for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
    close(part, true);
  for (const property of Object.values(schema.properties ?? {})) close(property);
  if (schema.items) close(schema.items);
};

/** Schemas of sending and of receiving share names; the bundler told them apart by a number and forgot the references. */
const INBOUND: Record<string, string> = {
  text: 'TextMessage_2',
  reaction: 'ReactionMessage_1',
  audio: 'AudioMessage_1',
  document: 'DocumentMessage_1',
  image: 'ImageMessage_1',
  sticker: 'StickerMessage_1',
  video: 'VideoMessage_1',
  location: 'LocationMessage_1',
  contacts: 'ContactSharingMessage',
  unsupported: 'UnsupportedMessage',
  button: 'ButtonMessage',
  interactive: 'InteractiveMessageReply',
  order: 'OrderMessage',
};

const renumber = (schemas: Schemas): void => {
  for (const name of [...Object.values(INBOUND), 'SystemMessage'])
    for (const part of schemas[name].allOf ?? [])
      if (part.$ref?.endsWith('/BaseMessageProperties')) part.$ref = refTo('BaseMessageProperties_1').$ref;
  own(schemas.ContactSharingMessage).properties!.contacts.items = refTo('ContactObject_1');
  own(schemas.UnsupportedMessage).properties!.errors.items = refTo('ErrorObject_2');
  schemas.SubscribedAppsResponse.properties!.data.items = refTo('SubscribedApp_1');
  schemas.SubscribedApp_1.properties!.whatsapp_business_api_data = refTo('WhatsAppBusinessApiData_1');
  for (const [type, name] of Object.entries(INBOUND))
    schemas.IncomingMessage.discriminator!.mapping![type] = refTo(name).$ref as string;
};

/** An answer's content hangs on the type by `discriminator` alone, which describes and does not validate. */
const describeReplies = (schemas: Schemas): void => {
  const interactive = own(schemas.InteractiveMessageReply).properties!.interactive;
  Object.assign(interactive.properties!, schemas.InteractiveListReplyContent.properties);
  Object.assign(interactive.properties!, schemas.InteractiveButtonReplyContent.properties);
};

/** Components of templates refer to themselves by `allOf`, so that closing them would forbid their own keys. */
const openTemplates = (schemas: Schemas): void => {
  for (const name of ['TemplateComponent', 'HeaderComponent', 'BodyComponent', 'ButtonComponent'])
    delete schemas[name].unevaluatedProperties;
  // "2-6, 11-14" of an example became a pattern; the text beside it says position of the button, from 0.
  schemas.TemplateComponent.properties!.index = { type: 'string', pattern: '^[0-9]$' };
};

/** `context` of a reply stands under text messages only, with the product of an enquiry as mandatory. */
const looseContext = (schemas: Schemas): void => {
  schemas.ContextObject.required = [];
  schemas.BaseMessageProperties_1.properties!.context = refTo('ContextObject');
};

/** The list of `oneOf` is decided by the keys that are there; "catalog with parameters" and "flow" overlap with nothing. */
const openActions = (schemas: Schemas): void => {
  delete schemas.ActionObject.unevaluatedProperties;
};

export const repair = (schemas: Schemas): void => {
  renumber(schemas);
  describeReplies(schemas);
  for (const [name, schema] of Object.entries(schemas)) close(schema, PARTS.includes(name));
  openTemplates(schemas);
  looseContext(schemas);
  openActions(schemas);
};
