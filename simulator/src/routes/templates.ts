import { ok, success, type Answer, type Call } from '../call';
import { GraphError, parameterError, required, unsupportedRequest } from '../errors';
import { pageOf, selectFields } from '../nodes';
import { isFields, listOf, textOf, type Fields } from '../send/fields';
import { findTemplate, makeTemplate, type Templates } from '../templates';
import type { SimulatedTemplate, TemplateComponent } from '../types';
import type { AccountRecord, NumberRecord, World } from '../world';

const DEFAULTS = ['name', 'parameter_format', 'components', 'language', 'status', 'category', 'id'];
const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const;

const nodeOf = (template: SimulatedTemplate): Fields => ({
  id: template.id,
  name: template.name,
  language: template.language,
  status: template.status,
  category: template.category,
  parameter_format: template.parameterFormat,
  components: template.components,
  quality_score: { score: template.status === 'PAUSED' ? 'RED' : 'UNKNOWN' },
  rejected_reason: template.rejectedReason,
  sub_category: undefined,
  correct_category: undefined,
  previous_category: undefined,
  message_send_ttl_seconds: undefined,
  cta_url_link_tracking_opted_out: undefined,
  source: undefined,
});

const view = (call: Call, template: SimulatedTemplate): Fields =>
  selectFields(call, nodeOf(template), 'WhatsAppBusinessHSM', DEFAULTS);

/** Filters take one value or a JSON array of them. */
const wanted = (call: Call, key: string): string[] | null => {
  const text = call.query.get(key);
  if (text === null) return null;
  if (!text.startsWith('[')) return [text];
  try {
    return (JSON.parse(text) as unknown[]).map(String);
  } catch {
    throw parameterError(`Param ${key} must be an array.`);
  }
};

const matches = (call: Call, template: SimulatedTemplate): boolean => {
  const name = call.query.get('name');
  const content = call.query.get('name_or_content')?.toLowerCase();
  const isOneOf = (key: 'status' | 'category' | 'language'): boolean =>
    wanted(call, key)?.includes(template[key]) ?? true;
  const text = [template.name, ...template.components.map((component) => component.text ?? '')]
    .join('\n')
    .toLowerCase();
  return (
    (!name || template.name.includes(name)) &&
    (!content || text.includes(content)) &&
    isOneOf('status') &&
    isOneOf('category') &&
    isOneOf('language')
  );
};

const refuseCreation = (subcode: number, title: string, message: string): GraphError =>
  new GraphError({
    status: 400,
    code: 100,
    subcode,
    message: 'Invalid parameter',
    transient: false,
    userTitle: title,
    userMessage: message,
  });

const create = (world: World, templates: Templates, account: AccountRecord, params: Fields): Answer => {
  for (const key of ['name', 'language', 'category', 'components']) if (!params[key]) throw required(key);
  const name = textOf(params.name);
  const category = CATEGORIES.find((known) => known === textOf(params.category).toUpperCase());
  const components = listOf(params.components).filter(
    (item): item is TemplateComponent => typeof item.type === 'string',
  );
  if (!/^[a-z0-9_]{1,512}$/.test(name))
    throw parameterError('Param name must be lower-case letters, digits and underscores.');
  if (!category) throw parameterError(`Param category must be one of {${CATEGORIES.join(', ')}}.`);
  const body = components.find((component) => component.type.toUpperCase() === 'BODY');
  if (!body && category !== 'AUTHENTICATION')
    throw parameterError('Invalid parameter', 'The template has no BODY component.');
  if ((body?.text?.length ?? 0) > 1024)
    throw refuseCreation(2388040, 'Message template is too long', 'The body can’t exceed 1024 characters.');
  if (/^\s*\{\{\w+\}\}|\{\{\w+\}\}\s*$/.test(body?.text ?? '')) {
    throw refuseCreation(
      2388299,
      'Leading or trailing parameters',
      'Variables can’t be at the start or end of the template.',
    );
  }
  const language = textOf(params.language);
  if (account.templates.some((known) => known.name === name && known.language === language)) {
    throw refuseCreation(
      2388024,
      'Content in this language already exists',
      'There is already content in this language for this template.',
    );
  }
  const template = makeTemplate(world, account.wabaId, {
    name,
    language,
    category,
    components,
    parameterFormat: textOf(params.parameter_format).toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    status: 'PENDING',
  });
  account.templates.push(template);
  world.changed({ kind: 'template' });
  review(world, templates, template);
  return ok({ id: template.id, status: template.status, category: template.category });
};

/** Approves after a while, unless the template has gone or was judged by hand meanwhile. */
const review = (world: World, templates: Templates, template: SimulatedTemplate): void => {
  const { templateReviewMs } = world.settings;
  if (templateReviewMs === null) return;
  world.scheduler.after(templateReviewMs, () => {
    if (findTemplate(world, template.id)?.template.status === 'PENDING')
      templates.setStatus(template.id, 'APPROVED');
  });
};

const remove = (world: World, account: AccountRecord, call: Call): Answer => {
  const name = textOf(call.params.name);
  const id = textOf(call.params.hsm_id);
  if (!name) throw required('name');
  const kept = account.templates.filter(
    (template) => template.name !== name || (id !== '' && template.id !== id),
  );
  if (kept.length === account.templates.length) {
    throw new GraphError({
      status: 400,
      code: 100,
      subcode: 2593002,
      message: 'Invalid parameter',
      transient: false,
      userTitle: 'Message Template Not Found',
      userMessage: 'The message template was not found.',
    });
  }
  account.templates = kept;
  world.changed({ kind: 'template' });
  return success();
};

/** `GET|POST|DELETE /<waba id>/message_templates` */
export const messageTemplates = (
  world: World,
  templates: Templates,
  account: AccountRecord,
  call: Call,
): Answer => {
  if (call.method === 'POST') return create(world, templates, account, call.params);
  if (call.method === 'DELETE') return remove(world, account, call);
  if (call.method !== 'GET') throw unsupportedRequest(call.method, `${account.wabaId}/message_templates`);
  const found = account.templates.filter((template) => matches(call, template));
  const page = pageOf(
    world,
    call,
    found,
    (template) => template.id,
    (template) => view(call, template),
  );
  const summary = {
    total_count: found.length,
    message_template_count: account.templates.length,
    message_template_limit: 250,
  };
  return ok(call.query.has('summary') ? { ...page, summary } : page);
};

/** `GET|POST /<template id>`; ids of other tokens look unknown. */
export const oneTemplate = (world: World, templates: Templates, mine: NumberRecord[], call: Call): Answer => {
  const id = call.segments[0];
  const found = findTemplate(world, id);
  if (!found || !mine.some((number) => number.wabaId === found.account.wabaId))
    throw unsupportedRequest(call.method, id);
  if (call.method === 'GET') return ok(view(call, found.template));
  if (call.method !== 'POST') throw unsupportedRequest(call.method, id);
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(found.template.status)) {
    throw refuseCreation(
      2388003,
      'Template can’t be edited',
      'Only approved, rejected or paused templates can be edited.',
    );
  }
  const components = listOf(call.params.components).filter(
    (item): item is TemplateComponent => isFields(item) && typeof item.type === 'string',
  );
  if (components.length > 0) found.template.components = components;
  found.template.status = 'PENDING';
  world.changed({ kind: 'template' });
  review(world, templates, found.template);
  return success();
};
