import type { IntlShape } from 'react-intl';
import type { TypedPhone } from '../../../server/src/start/contract';
import { t } from '../translate';

const PROBLEMS = {
  no_country_code: 'newConversation.noCountryCode',
  too_short: 'newConversation.tooShort',
  too_long: 'newConversation.tooLong',
  unknown_code: 'newConversation.unknownCode',
} as const;

/** What is still wrong with a number that somebody types; null while nothing is. */
export const phoneProblem = (
  phone: TypedPhone | null,
  formatMessage: IntlShape['formatMessage'],
): string | null => (phone?.problem ? formatMessage(t(PROBLEMS[phone.problem])) : null);

/** A country's name in the viewer's language; null for codes that belong to no country, or one that the browser does not know. */
export const countryName = (country: string | null, locale: string): string | null => {
  if (country === null) return null;
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country);
  return name === undefined || name === country ? null : name;
};
