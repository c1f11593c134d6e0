import type { GraphError } from '../cloud-api/graph-error';
import type { SubmitError } from './repository';

/** What to do about a refusal, by Meta's subcode (cloud-api.md §16.7). */
const HINTS: Record<number, string> = {
  2388003: 'Wait until the review is over.',
  2388019: 'Delete templates that are not used any more, or have the business verified for a higher limit.',
  2388023: 'A name that was deleted is free again after 30 days. Choose another name until then.',
  2388024: 'Choose another name or language, or change the template that is there.',
  2388039: 'Keep quick replies together, before or after the other buttons.',
  2388040: 'Shorten the text that is too long.',
  2388047: 'Check the header: its kind, length and variable.',
  2388072: 'Check the text: its variables and their examples.',
  2388073: 'Check the footer: no variables, at most 60 characters.',
  2388273: 'Upload the sample again: the handle of the last one has ended.',
  2388293: 'Use fewer variables, or more words around them.',
  2388299: 'Put words before the first and after the last variable.',
};

const BY_CODE: Record<number, string> = {
  4: 'WhatsApp takes no more calls for a while. Try it again in an hour.',
  10: 'The access token lacks the permission whatsapp_business_management.',
  190: 'The access token is not valid any more. Give the number a new one.',
  200: 'The access token lacks the permission whatsapp_business_management.',
  80007: 'WhatsApp takes no more calls for a while. Try it again in an hour.',
};

/** Meta's words for people where it has any; ours otherwise. */
export const refusalOf = (error: GraphError): SubmitError => {
  const { meta } = error;
  if (meta === null) {
    return { title: 'Not submitted', message: error.message, hint: 'Nothing was lost. Try it again.' };
  }
  return {
    title: meta.title ?? 'WhatsApp refused it',
    message: meta.details ?? error.message,
    hint: HINTS[meta.subcode ?? 0] ?? BY_CODE[meta.code] ?? null,
  };
};

/** Nobody knows whether Meta took it; it is looked up before anything else is done. */
export const NO_ANSWER: SubmitError = {
  title: 'No answer yet',
  message: 'WhatsApp did not answer in time. It is being looked up whether the template has arrived.',
  hint: 'Wait a moment; nothing is submitted twice.',
};

export const NOT_TAKEN: SubmitError = {
  title: 'Not submitted',
  message: 'WhatsApp did not answer, and does not have the template.',
  hint: 'Submit it again.',
};
