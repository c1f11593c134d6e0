import type { ListedTemplate } from '../templates/listing';
import { typeOf, type TemplateComponent } from '../templates/model';
import type { DraftContent } from './content';

type Written = Pick<DraftContent, 'components' | 'category' | 'ttlSeconds'>;

const componentKey = (component: TemplateComponent): unknown => [
  typeOf(component),
  (component.format ?? '').toUpperCase(),
  component.text?.trim() ?? '',
  (component.buttons ?? []).map((button) => [typeOf(button), button.text ?? '', button.url ?? '']),
  (component.cards ?? []).map((card) => card.components.map(componentKey)),
];

/** What can be compared: Meta gives samples back as addresses and adds fields of its own. */
const keyOf = ({ components, category, ttlSeconds }: Written): string =>
  JSON.stringify([components.map(componentKey), category, ttlSeconds]);

const IN_REVIEW = new Set(['PENDING', 'IN_APPEAL']);

/** Whether a change whose answer was lost has arrived, judged by what Meta says of the template now. */
export const wasEditTaken = (before: ListedTemplate, now: ListedTemplate, draft: Written): boolean => {
  if (IN_REVIEW.has(now.status) && !IN_REVIEW.has(before.status)) return true;
  return keyOf(now) === keyOf(draft) && keyOf(before) !== keyOf(draft);
};
