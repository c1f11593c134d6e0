import type { ListedTemplate } from '../templates/listing';
import { typeOf, type TemplateComponent } from '../templates/model';
import type { DraftContent } from './content';

type Written = Pick<DraftContent, 'components' | 'category' | 'ttlSeconds'>;

const componentKey = (component: TemplateComponent): unknown => [
  typeOf(component),
  (component.format ?? '').toUpperCase(),
  component.text?.trim() ?? '',
  (component.buttons ?? []).map((button) => [
    typeOf(button),
    button.text ?? '',
    button.url ?? '',
    button.phone_number ?? '',
    button.flow_id ?? '',
  ]),
  (component.cards ?? []).map((card) => card.components.map(componentKey)),
];

/** What can be compared: Meta gives samples back as addresses and adds fields of its own. */
const keyOf = ({ components, category, ttlSeconds }: Written): string =>
  JSON.stringify([components.map(componentKey), category, ttlSeconds]);

const IN_REVIEW = new Set(['PENDING', 'IN_APPEAL']);

/** What is remembered of a template when a change to it is handed to Meta. */
export const overOf = (template: ListedTemplate): string =>
  JSON.stringify({ inReview: IN_REVIEW.has(template.status), key: keyOf(template) });

/**
 * Whether a change whose answer was lost has arrived, judged by what Meta says of the template now. `over`: `overOf` it when
 * the change was handed over; what is stored may have learnt of the change since, by a webhook or a listing.
 */
export const wasEditTaken = (over: string, now: ListedTemplate, draft: Written): boolean => {
  const before = JSON.parse(over) as { inReview: boolean; key: string };
  if (IN_REVIEW.has(now.status) && !before.inReview) return true;
  return keyOf(now) === keyOf(draft) && before.key !== keyOf(draft);
};
