import type { ListedTemplate } from './listing';

/** What changes about a template at Meta without anybody here writing it. Times in ms. */
export interface TemplateFacts {
  status: string;
  /** Meta's time of the newest status that a webhook told. */
  statusAt: number | null;
  category: string;
  rejectedReason: string | null;
  rejectionAdvice: string | null;
  nextCategory: string | null;
  nextCategoryAt: number | null;
  previousCategory: string | null;
  pausedUntil: number | null;
  quality: string | null;
}

/** The category that Meta announces, unless it has it already. */
export const announced = ({ category, correctCategory }: ListedTemplate): string | null =>
  correctCategory === category ? null : correctCategory;

/** A reason belongs to a rejection, an end to a pause, an announcement to a category that is still to come. */
export const tidy = (facts: TemplateFacts): TemplateFacts => ({
  ...facts,
  ...(facts.status === 'REJECTED' ? {} : { rejectedReason: null, rejectionAdvice: null }),
  ...(facts.status === 'PAUSED' ? {} : { pausedUntil: null }),
  ...(facts.nextCategory === null || facts.nextCategory === facts.category
    ? { nextCategory: null, nextCategoryAt: null }
    : {}),
});

/**
 * A listing tells neither advice nor the end of a pause: what webhooks told of these stays as long as it fits. A status
 * that a webhook told since the listing had begun wins over it; webhooks count whole seconds, so within one they win too.
 */
export const factsAfterListing = (
  known: TemplateFacts,
  listed: ListedTemplate,
  askedAt: number,
): TemplateFacts => {
  const isNewer = known.statusAt !== null && known.statusAt >= askedAt - (askedAt % 1000);
  const next = announced(listed);
  const recategorised = known.category !== listed.category;
  return tidy({
    ...known,
    status: isNewer ? known.status : listed.status,
    rejectedReason: isNewer ? known.rejectedReason : listed.rejectedReason,
    category: listed.category,
    nextCategory: next ?? (recategorised ? null : known.nextCategory),
    nextCategoryAt: next === null || next === known.nextCategory ? known.nextCategoryAt : null,
    previousCategory: listed.previousCategory ?? (recategorised ? known.category : known.previousCategory),
    quality: listed.quality,
  });
};
