import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { TemplateAlert } from '../../../../server/src/templates/contract';
import { CATEGORIES } from '../../../../server/src/templates/limits';
import { fullDateTime } from '../../design/time';
import { t } from '../../translate';
import { useReasonWords } from '../detail/use-reason-words';
import { qualityOf } from './status';

/** Says in one sentence what happened to a template. */
export const useAlertWords = (): ((alert: TemplateAlert) => string) => {
  const { formatMessage, locale } = useIntl();
  const reasonWords = useReasonWords();
  return useCallback(
    ({ kind, name, language, facts }) => {
      const category = (word: string | null | undefined) => {
        const known = CATEGORIES.find((one) => one === word?.toUpperCase());
        return known ? formatMessage(t(`templates.category.${known}`)) : (word ?? '–');
      };
      const until = facts.until ? fullDateTime(Date.parse(facts.until), locale) : '';
      return formatMessage(t(`templates.alert.${kind}`), {
        name: `${name} (${language})`,
        from: category(facts.from),
        to:
          kind === 'quality'
            ? formatMessage(t(`templates.quality.${qualityOf(facts.to ?? null)}`))
            : category(facts.to),
        reason: facts.reason ? reasonWords(facts.reason) : '',
        hasReason: facts.reason ? 'yes' : 'no',
        until,
        hasUntil: until ? 'yes' : 'no',
      });
    },
    [formatMessage, locale, reasonWords],
  );
};
