import { useCallback } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import type { LintProblem } from '../../../../server/src/templates/draft';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { componentOf, type TemplateComponent } from '../../../../server/src/templates/model';
import { t, type TranslationId } from '../../translate';

interface Context {
  category: string;
  components: readonly TemplateComponent[];
}

const bodyMax = (path: string, { components }: Context): number => {
  if (path.startsWith('cards[')) return LIMITS.cardBody;
  return componentOf(components, 'LIMITED_TIME_OFFER') ? LIMITS.offerBody : LIMITS.body;
};

/** The figures of a rule's sentence. */
const factsOf = ({ rule, path }: LintProblem, context: Context): Record<string, number> => {
  const ttl = LIMITS.ttlSeconds[context.category];
  const facts: Record<string, Record<string, number>> = {
    name_long: { max: LIMITS.name },
    header_long: { max: LIMITS.headerText },
    body_long: { max: bodyMax(path, context) },
    footer_long: { max: LIMITS.footer },
    buttons_count: { max: path.startsWith('cards[') ? LIMITS.cardButtons : LIMITS.buttons },
    button_label_long: { max: LIMITS.buttonLabel },
    url_long: { max: LIMITS.url },
    button_phone: { max: LIMITS.phoneNumber },
    coupon_long: { max: LIMITS.couponCode },
    offer_text_long: { max: LIMITS.offerText },
    carousel_count: { least: LIMITS.cards.least, most: LIMITS.cards.most },
    auth_expiry: { least: LIMITS.codeExpiryMinutes.least, most: LIMITS.codeExpiryMinutes.most },
    ttl_range: { least: ttl?.least ?? 0, most: ttl?.most ?? 0 },
  };
  return facts[rule] ?? {};
};

const NAMED: Record<string, TranslationId> = {
  name: 'templates.field.name',
  language: 'templates.field.language',
  category: 'templates.field.category',
  parameterFormat: 'templates.field.parameterFormat',
  ttlSeconds: 'templates.field.ttlSeconds',
  header: 'templates.field.header',
  body: 'templates.field.body',
  footer: 'templates.field.footer',
  buttons: 'templates.field.buttons',
  offer: 'templates.field.offer',
  cards: 'templates.field.cards',
  text: 'templates.field.label',
  url: 'templates.field.url',
  phone_number: 'templates.field.phone',
};

const stepName = (step: string, intl: IntlShape): string => {
  const indexed = /^(\w+)\[(\d+)\]$/.exec(step);
  if (indexed) {
    const number = Number(indexed[2]) + 1;
    if (indexed[1] === 'buttons') return intl.formatMessage(t('templates.field.button'), { number });
    if (indexed[1] === 'cards') return intl.formatMessage(t('templates.field.card'), { number });
    return intl.formatMessage(t('templates.field.part'), { number });
  }
  const id = NAMED[step];
  return id ? intl.formatMessage(t(id)) : step;
};

/** `cards[0].buttons[1].url` → "Card 1 · Button 2 · Address". */
export const useFieldName = (): ((path: string) => string) => {
  const intl = useIntl();
  return useCallback(
    (path) =>
      path
        .split('.')
        .map((step) => stepName(step, intl))
        .join(' · '),
    [intl],
  );
};

/** What is wrong, in the viewer's language; a rule without words keeps the server's. */
export const useLintWords = (): ((problem: LintProblem, context: Context) => string) => {
  const { formatMessage, messages } = useIntl();
  return useCallback(
    (problem, context) => {
      const id = `template.lint.${problem.rule}`;
      if (!(`whatsapp.${id}` in messages)) return problem.message;
      return formatMessage(t(id as TranslationId), factsOf(problem, context));
    },
    [formatMessage, messages],
  );
};
