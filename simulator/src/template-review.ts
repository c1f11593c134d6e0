import type { Templates } from './templates';
import { findTemplate } from './templates';
import type { SimulatedTemplate, TemplateInput } from './types';
import type { World } from './world';

type Category = TemplateInput['category'];

const textsOf = (template: Pick<TemplateInput, 'components'>): string =>
  template.components.map(({ text }) => text ?? '').join('\n');

/** Meta gives a template that sells another category than was asked for, in the answer of its creation. */
export const judgedCategory = (asked: Category, template: Pick<TemplateInput, 'components'>): Category =>
  asked === 'UTILITY' && /promo|discount|% off|sale\b/i.test(textsOf(template)) ? 'MARKETING' : asked;

/** A name that holds `reject` is rejected, everything else is approved. */
const verdictOf = ({ name }: SimulatedTemplate): 'APPROVED' | 'REJECTED' =>
  name.includes('reject') ? 'REJECTED' : 'APPROVED';

const REJECTION = {
  reason: 'The template has an invalid format.',
  recommendation: 'Write whole sentences around its variables and submit it again.',
};

/**
 * Decides after `templateReviewMs`, unless the template has gone or was judged by hand meanwhile. A name that holds
 * `pending` stays in review.
 */
export const review = (world: World, templates: Templates, template: SimulatedTemplate): void => {
  const { templateReviewMs } = world.settings;
  if (templateReviewMs === null || template.name.includes('pending')) return;
  const round = template.revision ?? 0;
  world.scheduler.after(templateReviewMs, () => {
    const now = findTemplate(world, template.id)?.template;
    if (now?.status !== 'PENDING' || (now.revision ?? 0) !== round) return;
    if (verdictOf(now) === 'APPROVED') templates.setStatus(now.id, 'APPROVED');
    else templates.decide(now.id, { decide: 'reject', reason: 'INVALID_FORMAT', rejection: REJECTION });
  });
};
