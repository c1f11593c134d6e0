import fs from 'node:fs';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { DIFFERENCES, UNDESCRIBED_FIELDS, UNDESCRIBED_TYPES, type Difference } from './differences';
import { repair } from './repairs';
import type { Schema, Schemas } from './schema';

interface Document {
  components: { schemas: Schemas; responses: Record<string, { content: Json }> };
  paths: Record<
    string,
    Record<string, { requestBody?: { content: Json }; responses: Record<string, { content: Json }> }>
  >;
}
type Json = Record<'application/json', { schema: Schema }>;

/** What is checked against; a quarter of the document. */
const ROOTS = [
  'Message',
  'MessageResponsePayload',
  'MarkMessageRequestPayload',
  'MarkMessageResponsePayload',
  'WebhookPayload',
  'GraphAPIError',
  'PhoneNumberInfo',
  'SubscriptionRequest',
  'SubscriptionResponse',
  'SubscribedAppsResponse',
  'WhatsAppBusinessAccount_3',
  'BlockRequest',
  'BlockUsersData',
  'UnblockUsersData',
  'GetBlockedUsersData',
  'MediaInfo',
  'MediaUploaded',
  'TemplateCreation',
  'TemplateCreated',
];

const reachable = (schemas: Schemas): Schemas => {
  const found: Schemas = {};
  const left = [...ROOTS];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (name in found || !schemas[name]) continue;
    found[name] = schemas[name];
    for (const [, next] of JSON.stringify(schemas[name]).matchAll(/#\/components\/schemas\/(\w+)/g))
      // The right one may be the numbered namesake.
      left.push(
        ...Object.keys(schemas).filter((other) => other.replace(/_\d+$/, '') === next.replace(/_\d+$/, '')),
      );
  }
  return found;
};

/** The schemas as plain data; reading the YAML takes a second, so it is done once. */
export const readDocument = (file: string): Schemas => {
  const document = parse(fs.readFileSync(file, 'utf8'), { maxAliasCount: -1 }) as Document;
  nameInline(document);
  return reachable(document.components.schemas);
};

const jsonOf = (content: Json): Schema => content['application/json'].schema;

/** Bodies that have no name in the document get one, so that differences can be told by name. */
const nameInline = (document: Document): void => {
  const { schemas } = document.components;
  const block = document.paths['/{Version}/{Phone-Number-ID}/block_users'];
  schemas.MediaInfo = jsonOf(document.paths['/{Version}/{Media-ID}'].get.responses['200'].content);
  schemas.MediaUploaded = jsonOf(
    document.paths['/{Version}/{Phone-Number-ID}/media'].post.responses['200'].content,
  );
  const creation = document.paths['/{Version}/{WABA-ID}/message_templates'].post;
  schemas.TemplateCreation = jsonOf(creation.requestBody?.content as Json);
  schemas.TemplateCreated = jsonOf(creation.responses['200'].content);
  schemas.BlockRequest = jsonOf(block.post.requestBody?.content as Json);
};

export interface Meta {
  /** What is wrong with it, one line each; empty: it is valid. @throws for a schema that is not there */
  problems(schema: string, value: unknown): string[];
  /** The schema of a message's type, when sending. */
  sent(type: string): string | null;
  webhookProblems(payload: unknown): string[];
}

interface Change {
  field: string;
  value: { messages?: { type: string }[]; statuses?: object[]; contacts?: object[]; user_actions?: object[] };
}

/** Validators over the repaired document with these differences (default: all). */
export const createMeta = (source: Schemas, differences: readonly Difference[] = DIFFERENCES): Meta => {
  const schemas = structuredClone(source);
  repair(schemas);
  differences.forEach(({ apply }) => apply(schemas));
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, validateFormats: false }));
  ajv.addSchema({ $id: 'meta', components: { schemas } });

  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (name: string): ValidateFunction => {
    if (!schemas[name]) throw new Error(`Meta's document has no schema ${name}`);
    const known = validators.get(name) ?? ajv.compile({ $ref: `meta#/components/schemas/${name}` });
    validators.set(name, known);
    return known;
  };
  const problems: Meta['problems'] = (name, value) => {
    const validate = validatorOf(name);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${name}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const named = (mapping: Record<string, string> | undefined, type: string): string | null =>
    mapping?.[type]?.split('/').at(-1) ?? null;

  const messageProblems = (message: { type: string }): string[] => {
    if (message.type in UNDESCRIBED_TYPES) return problems('BaseMessageProperties_1', message);
    const name =
      message.type === 'system'
        ? 'SystemMessage'
        : named(schemas.IncomingMessage.discriminator?.mapping, message.type);
    return name ? problems(name, message) : [`no schema for a message of type ${message.type}`];
  };

  /** The `oneOf` of values is decided by what is in them: errors then name the element. */
  const changeProblems = ({ field, value }: Change): string[] => {
    if (field in UNDESCRIBED_FIELDS) return [];
    if (field !== 'messages') return [`no schema for the field ${field}`];
    if (value.user_actions) return [];
    const { messages, ...rest } = value;
    if (!messages) return problems('StatusMessageValue', value);
    const isSystem = messages.every(({ type }) => type === 'system');
    const frame = isSystem ? 'IncomingMessageValueSystem' : 'IncomingMessageValueGeneral';
    return [...problems(frame, { ...rest, messages: [] }), ...messages.flatMap(messageProblems)];
  };

  return {
    problems,
    sent: (type) => named(schemas.Message.discriminator?.mapping, type),
    webhookProblems(payload) {
      const { object, entry } = payload as { object: unknown; entry: { id: unknown; changes: Change[] }[] };
      const frame = [
        ...(object === 'whatsapp_business_account' ? [] : ['object']),
        ...(Array.isArray(entry) ? [] : ['entry']),
      ];
      return [
        ...frame,
        ...entry.flatMap(({ id, changes }) => [
          ...(typeof id === 'string' ? [] : ['entry.id is no string']),
          ...changes.flatMap(changeProblems),
        ]),
      ];
    },
  };
};
