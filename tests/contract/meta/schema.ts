/** A JSON schema of the document, as far as it is looked into. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  not?: Schema;
  discriminator?: { mapping?: Record<string, string> };
  additionalProperties?: unknown;
  unevaluatedProperties?: boolean;
  [keyword: string]: unknown;
}

export type Schemas = Record<string, Schema>;

export const STRING: Schema = { type: 'string' };
export const BOOLEAN: Schema = { type: 'boolean' };
export const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** The object schema at a dotted path below a named one; `[]` steps into the items of a list. */
export const at = (schemas: Schemas, path: string): Schema => {
  const [name, ...steps] = path.split('.');
  let schema = schemas[name];
  for (const step of steps) {
    const part: Schema | undefined =
      step === '[]'
        ? schema?.items
        : [schema, ...(schema?.allOf ?? [])].find((s) => s?.properties?.[step])?.properties?.[step];
    schema = part?.$ref ? schemas[part.$ref.split('/').at(-1) as string] : (part as Schema);
  }
  if (!schema) throw new Error(`Meta's document has no ${path}`);
  return schema;
};

/** The part of an `allOf` that describes the object itself; the schema when there is none. */
export const own = (schema: Schema): Schema => schema.allOf?.at(-1) ?? schema;

export const addTo = (schemas: Schemas, path: string, properties: Record<string, Schema>): void => {
  const target = own(at(schemas, path));
  target.properties = { ...target.properties, ...properties };
};

export const noLongerRequired = (schemas: Schemas, path: string, ...keys: string[]): void => {
  const target = at(schemas, path);
  for (const schema of [target, ...(target.allOf ?? [])])
    if (schema.required) schema.required = schema.required.filter((key) => !keys.includes(key));
};
