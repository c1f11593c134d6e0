import { SEEDED_TEMPLATES } from './fixtures/templates';
import type { SimulatedTemplate, TemplateInput, TemplateStatus } from './types';
import type { AccountRecord, NumberRecord, World } from './world';
import type { WebhookQueue } from './webhooks/queue';

export interface Templates {
  /** In the order Graph lists them. Unknown WABA: empty. */
  list(wabaId: string): SimulatedTemplate[];
  /** Adds without review and without a webhook. @throws on an unknown WABA */
  add(wabaId: string, template: TemplateInput): SimulatedTemplate;
  /** Sets the status and posts `message_template_status_update`. @throws on an unknown id */
  setStatus(templateId: string, status: TemplateStatus, reason?: string): void;
  /** Removes without a webhook. */
  remove(templateId: string): void;
}

export const makeTemplate = (world: World, wabaId: string, input: TemplateInput): SimulatedTemplate => ({
  id: world.ids.digits(),
  wabaId,
  name: input.name,
  language: input.language,
  category: input.category,
  components: structuredClone(input.components),
  parameterFormat: input.parameterFormat ?? 'POSITIONAL',
  status: input.status ?? 'APPROVED',
  rejectedReason: input.rejectedReason ?? 'NONE',
});

export const seedTemplates = (world: World, wabaId: string, inputs = SEEDED_TEMPLATES): SimulatedTemplate[] =>
  inputs.map((input) => makeTemplate(world, wabaId, input));

export const findTemplate = (
  world: World,
  id: string,
): { account: AccountRecord; template: SimulatedTemplate } | undefined => {
  for (const account of world.accounts.values()) {
    const template = account.templates.find((candidate) => candidate.id === id);
    if (template) return { account, template };
  }
  return undefined;
};

/** One number per app: template events go to each app's own callback once. */
const appsOf = (world: World, wabaId: string): NumberRecord[] => {
  const apps = new Map<string, NumberRecord>();
  for (const number of world.numbers.values()) {
    if (number.wabaId === wabaId && !apps.has(number.appId)) apps.set(number.appId, number);
  }
  return [...apps.values()];
};

/** Meta writes the language with a hyphen here, and the id as a number. */
export const announceStatus = (
  world: World,
  queue: WebhookQueue,
  template: SimulatedTemplate,
  reason: string | null,
): void => {
  for (const number of appsOf(world, template.wabaId)) {
    queue.push({
      phoneNumberId: number.phoneNumberId,
      field: 'message_template_status_update',
      kind: 'message_template_status_update',
      slot: 'value',
      element: {
        event: template.status,
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language.replace('_', '-'),
        message_template_category: template.category,
        reason,
      },
    });
  }
};

export const createTemplates = (world: World, queue: WebhookQueue): Templates => ({
  list: (wabaId) => structuredClone(world.accounts.get(wabaId)?.templates ?? []),
  add(wabaId, input) {
    const account = world.accounts.get(wabaId);
    if (!account) throw new Error(`No WABA '${wabaId}'`);
    const template = makeTemplate(world, wabaId, input);
    account.templates.push(template);
    world.changed({ kind: 'template' });
    return structuredClone(template);
  },
  setStatus(templateId, status, reason) {
    const found = findTemplate(world, templateId);
    if (!found) throw new Error(`No template '${templateId}'`);
    found.template.status = status;
    found.template.rejectedReason = reason ?? 'NONE';
    announceStatus(world, queue, found.template, reason ?? 'NONE');
    world.changed({ kind: 'template' });
  },
  remove(templateId) {
    const found = findTemplate(world, templateId);
    if (found) found.account.templates = found.account.templates.filter(({ id }) => id !== templateId);
    world.changed({ kind: 'template' });
  },
});
