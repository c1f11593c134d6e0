import { ok, success, type Answer, type Call } from '../call';
import { parameterError, required, unsupportedRequest } from '../errors';
import { pageOf, selectFields } from '../nodes';
import { isFields, listOf, textOf, type Fields } from '../send/fields';
import { checkComponents, refuseTemplate } from '../template-checks';
import { judgedCategory, review } from '../template-review';
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
  quality_score: { score: template.quality ?? (template.status === 'PAUSED' ? 'RED' : 'UNKNOWN') },
  rejected_reason: template.rejectedReason,
  sub_category: undefined,
  correct_category: template.correctCategory,
  previous_category: template.previousCategory,
  message_send_ttl_seconds: template.ttlSeconds,
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

const componentsIn = (params: Fields): TemplateComponent[] =>
  listOf(params.components).filter(
    (item): item is TemplateComponent => isFields(item) && typeof item.type === 'string',
  );

/** An approved template's name is blocked for 30 days after its deletion. */
const BLOCKED_MS = 30 * 24 * 60 * 60 * 1000;

const checkName = (world: World, account: AccountRecord, name: string, language: string): void => {
  if (!/^[a-z0-9_]{1,512}$/.test(name))
    throw parameterError('Param name must be lower-case letters, digits and underscores.');
  if ((account.blockedNames.get(name) ?? -Infinity) > world.scheduler.now() - BLOCKED_MS)
    throw refuseTemplate(
      2388023,
      'Message template language is being deleted',
      'New content can’t be added under this name while the existing content is being deleted. Try again in 30 days.',
    );
  if (account.templates.some((known) => known.name === name && known.language === language))
    throw refuseTemplate(
      2388024,
      'Content in this language already exists',
      'There is already content in this language for this template.',
    );
  if (account.templates.length >= world.settings.templateLimit)
    throw refuseTemplate(
      2388019,
      'Message template limit exceeded',
      `This account has reached its limit of ${world.settings.templateLimit} message templates.`,
    );
};

const create = (world: World, templates: Templates, account: AccountRecord, params: Fields): Answer => {
  for (const key of ['name', 'language', 'category', 'components']) if (!params[key]) throw required(key);
  const name = textOf(params.name);
  const language = textOf(params.language);
  const asked = CATEGORIES.find((known) => known === textOf(params.category).toUpperCase());
  const components = componentsIn(params);
  if (!asked) throw parameterError(`Param category must be one of {${CATEGORIES.join(', ')}}.`);
  checkName(world, account, name, language);
  if (!components.some(({ type }) => type.toUpperCase() === 'BODY') && asked !== 'AUTHENTICATION')
    throw parameterError('Invalid parameter', 'The template has no BODY component.');
  checkComponents(world, components, asked);
  const template = makeTemplate(world, account.wabaId, {
    name,
    language,
    category: judgedCategory(asked, { components }),
    components,
    parameterFormat: textOf(params.parameter_format).toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    status: 'PENDING',
  });
  const ttl = Number(params.message_send_ttl_seconds ?? NaN);
  if (Number.isInteger(ttl)) template.ttlSeconds = ttl;
  account.templates.push(template);
  world.changed({ kind: 'template' });
  review(world, templates, template);
  return ok({ id: template.id, status: template.status, category: template.category });
};

const remove = (world: World, account: AccountRecord, call: Call): Answer => {
  const name = textOf(call.params.name);
  const id = textOf(call.params.hsm_id);
  if (!name) throw required('name');
  const gone = account.templates.filter(
    (template) => template.name === name && (id === '' || template.id === id),
  );
  if (gone.length === 0)
    throw refuseTemplate(2593002, 'Message Template Not Found', 'The message template was not found.');
  if (gone.some(({ status }) => status === 'DISABLED'))
    throw refuseTemplate(2388094, 'Template can’t be deleted', 'Disabled templates can’t be deleted.');
  account.templates = account.templates.filter((template) => !gone.includes(template));
  const isLast = !account.templates.some((template) => template.name === name);
  if (isLast && gone.some(({ status }) => status === 'APPROVED'))
    account.blockedNames.set(name, world.scheduler.now());
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
    message_template_limit: world.settings.templateLimit,
  };
  return ok(call.query.has('summary') ? { ...page, summary } : page);
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** One change in 24 hours and ten in 30 days, of approved templates. */
const checkEdits = (template: SimulatedTemplate, now: number): void => {
  const edits = (template.edits ?? []).filter((at) => at > now - 30 * DAY_MS);
  if (template.status !== 'APPROVED') return;
  if (edits.length >= 10 || edits.some((at) => at > now - DAY_MS))
    throw refuseTemplate(
      2388025,
      'Template edit limit reached',
      'An approved template can be edited once in 24 hours and 10 times in 30 days.',
    );
};

const change = (world: World, template: SimulatedTemplate, params: Fields): void => {
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status))
    throw refuseTemplate(
      2388003,
      'Template can’t be edited',
      'Only approved, rejected or paused templates can be edited.',
    );
  const now = world.scheduler.now();
  checkEdits(template, now);
  const category = CATEGORIES.find((known) => known === textOf(params.category).toUpperCase());
  if (category && category !== template.category && template.status === 'APPROVED')
    throw refuseTemplate(
      2388026,
      'Category can’t be changed',
      'The category of an approved template can’t be changed.',
    );
  const components = componentsIn(params);
  if (components.length > 0) {
    checkComponents(world, components, template.category);
    template.components = components;
  }
  if (category) template.category = category;
  const ttl = Number(params.message_send_ttl_seconds ?? NaN);
  if (Number.isInteger(ttl)) template.ttlSeconds = ttl;
  template.edits = [...(template.edits ?? []), now];
  template.revision = (template.revision ?? 0) + 1;
  template.status = 'PENDING';
};

/** `POST /<template id>/unpause` */
export const unpauseTemplate = (
  templates: Templates,
  found: { template: SimulatedTemplate },
  call: Call,
): Answer => {
  if (call.method !== 'POST') throw unsupportedRequest(call.method, call.segments.join('/'));
  if (found.template.status !== 'PAUSED')
    throw refuseTemplate(2388027, 'Template isn’t paused', 'Only paused templates can be unpaused.');
  templates.decide(found.template.id, { decide: 'unpause' });
  return success();
};

/** `GET|POST /<template id>`, `POST /<template id>/unpause`; ids of other tokens look unknown. */
export const oneTemplate = (world: World, templates: Templates, mine: NumberRecord[], call: Call): Answer => {
  const id = call.segments[0];
  const found = findTemplate(world, id);
  if (!found || !mine.some((number) => number.wabaId === found.account.wabaId))
    throw unsupportedRequest(call.method, id);
  if (call.segments[1] === 'unpause') return unpauseTemplate(templates, found, call);
  if (call.method === 'GET') return ok(view(call, found.template));
  if (call.method !== 'POST') throw unsupportedRequest(call.method, id);
  change(world, found.template, call.params);
  world.changed({ kind: 'template' });
  review(world, templates, found.template);
  return success();
};
