import { useCallback } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import type { Facts, IntegrationCheck } from '../../../server/src/integrations/contract';

type Said = Pick<IntegrationCheck, 'key' | 'facts' | 'message' | 'fix' | 'fixKey'>;
export interface FindingWords {
  message: string;
  fix: string | null;
}

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Facts as a person reads them: a day in the viewer's spelling, a name of ours (`subject: token`) in words. */
const readable = (intl: IntlShape, facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const id = `whatsapp.finding.${name}.${value}`;
      if (id in intl.messages) return [name, intl.formatMessage({ id })];
      if (name === 'day' && IS_DAY.test(String(value)))
        return [name, intl.formatDate(String(value), { dateStyle: 'long', timeZone: 'UTC' })];
      return [name, value];
    }),
  );

/** A finding in the viewer's language; in the server's English where we have no words for it. */
export const findingWords = (intl: IntlShape, { key, facts, message, fix, fixKey }: Said): FindingWords => {
  const say = (id: string | null, otherwise: string | null): string | null =>
    id !== null && `whatsapp.finding.${id}` in intl.messages
      ? intl.formatMessage({ id: `whatsapp.finding.${id}` }, readable(intl, facts))
      : otherwise;
  return { message: say(key, message) ?? message, fix: say(fixKey && `fix.${fixKey}`, fix) };
};

export const useFindingWords = (): ((check: Said) => FindingWords) => {
  const intl = useIntl();
  return useCallback((check) => findingWords(intl, check), [intl]);
};
