import { SEEDED_TEMPLATES } from './fixtures/templates';
import type { SimulatedTemplate, TemplateDecision, TemplateInput, TemplateStatus } from './types';
import type { AccountRecord, NumberRecord, World } from './world';
import type { WebhookQueue } from './webhooks/queue';

export interface Templates {
  /** In the order Graph lists them. Unknown WABA: empty. */
  list(wabaId: string): SimulatedTemplate[];
  /** Adds without review and without a webhook. @throws on an unknown WABA */
  add(wabaId: string, template: TemplateInput): SimulatedTemplate;
  /** Sets the status and posts `message_template_status_update`. @throws on an unknown id */
  setStatus(templateId: string, status: TemplateStatus, reason?: string): void;
  /** What Meta's people or machines decide about a template, with the webhook that tells it. @throws on an unknown id */
  decide(templateId: string, decision: TemplateDecision): void;
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
const announce = (
  world: World,
  queue: WebhookQueue,
  template: SimulatedTemplate,
  field: string,
  more: Record<string, unknown>,
): void => {
  for (const number of appsOf(world, template.wabaId)) {
    queue.push({
      phoneNumberId: number.phoneNumberId,
      field,
      kind: field,
      slot: 'value',
      element: {
        ...more,
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language.replace('_', '-'),
      },
    });
  }
};

export const announceStatus = (
  world: World,
  queue: WebhookQueue,
  template: SimulatedTemplate,
  reason: string | null,
  more: Record<string, unknown> = {},
): void =>
  announce(world, queue, template, 'message_template_status_update', {
    event: template.status,
    message_template_category: template.category,
    reason,
    ...more,
  });

const DAY_S = 24 * 60 * 60;

/** One decision: what changes about the template, and what is told. */
const decideOn = (
  world: World,
  queue: WebhookQueue,
  template: SimulatedTemplate,
  decision: TemplateDecision,
): void => {
  const status = (to: TemplateStatus, reason: string | null, more: Record<string, unknown> = {}): void => {
    template.status = to;
    template.rejectedReason = to === 'REJECTED' ? (reason ?? 'NONE') : 'NONE';
    announceStatus(world, queue, template, reason, more);
  };
  const nowS = Math.floor(world.scheduler.now() / 1000);
  switch (decision.decide) {
    case 'approve':
      return status('APPROVED', 'NONE');
    case 'reject':
      return status('REJECTED', decision.reason ?? 'INVALID_FORMAT', {
        rejection_info: decision.rejection ?? { reason: 'Not allowed.', recommendation: 'Change it.' },
      });
    case 'pause':
      return status('PAUSED', 'NONE', {
        other_info: { title: decision.title ?? 'FIRST_PAUSE', description: 'Low quality.' },
      });
    case 'unpause':
      return status('APPROVED', 'NONE', { other_info: { title: 'UNPAUSE', description: '' } });
    case 'disable':
      return status('DISABLED', 'NONE', { other_info: { title: 'DISABLED', description: '' } });
    case 'flag':
      announceStatus(world, queue, template, null, {
        event: 'FLAGGED',
        disable_info: { disable_date: nowS + 2 * DAY_S },
      });
      return;
    case 'quality': {
      const previous = template.quality ?? 'UNKNOWN';
      template.quality = decision.quality ?? 'RED';
      // Meta's own sample sends it under this field.
      announce(world, queue, template, 'message_template_quality_update', {
        previous_quality_score: previous,
        new_quality_score: template.quality,
      });
      return;
    }
    case 'category-warning':
      template.correctCategory = decision.category ?? 'MARKETING';
      announce(world, queue, template, 'template_category_update', {
        new_category: template.category,
        correct_category: template.correctCategory,
        category_update_timestamp: nowS + DAY_S,
      });
      return;
    case 'category':
      template.previousCategory = template.category;
      template.category = decision.category ?? 'MARKETING';
      template.correctCategory = undefined;
      announce(world, queue, template, 'template_category_update', {
        new_category: template.category,
        previous_category: template.previousCategory,
      });
  }
};

export const createTemplates = (world: World, queue: WebhookQueue): Templates => {
  const known = (templateId: string): SimulatedTemplate => {
    const found = findTemplate(world, templateId);
    if (!found) throw new Error(`No template '${templateId}'`);
    return found.template;
  };
  return {
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
      const template = known(templateId);
      template.status = status;
      template.rejectedReason = reason ?? 'NONE';
      announceStatus(world, queue, template, reason ?? 'NONE');
      world.changed({ kind: 'template' });
    },
    decide(templateId, decision) {
      decideOn(world, queue, known(templateId), decision);
      world.changed({ kind: 'template' });
    },
    remove(templateId) {
      const found = findTemplate(world, templateId);
      if (found) found.account.templates = found.account.templates.filter(({ id }) => id !== templateId);
      world.changed({ kind: 'template' });
    },
  };
};
