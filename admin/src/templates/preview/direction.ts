/** Languages of WhatsApp's templates that are written from right to left (Meta, supported languages). */
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ps', 'prs', 'ur']);

/** The side on which a template of this language begins; Meta's codes look like `ar`, `ar_EG`, `prs_AF`. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(language.split(/[_-]/)[0]!.toLowerCase()) ? 'rtl' : 'ltr';
