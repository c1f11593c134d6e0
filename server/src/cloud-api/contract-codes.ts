/**
 * Codes of Meta's that say what one of our own refusals says (REST contract §2), so that a program reads one vocabulary
 * whether we knew it beforehand or Meta told us.
 */
const CODES: Readonly<Record<string, readonly number[]>> = {
  window_closed: [131047],
  recipient_opted_out: [131050],
  recipient_blocked: [130403],
  rate_limit_exceeded: [4, 613, 80007, 130429, 131048, 131056],
  template_not_found: [132001],
  template_not_approved: [132015, 132016],
  template_parameters_invalid: [131008, 132000, 132005, 132008, 132012, 132018],
  media_not_supported: [131053],
};

const BY_META = new Map(Object.entries(CODES).flatMap(([ours, metas]) => metas.map((meta) => [meta, ours])));

/** Our own word for a code of Meta's; `provider_error` when we have none. */
export const contractCode = (metaCode: number): string => BY_META.get(metaCode) ?? 'provider_error';
