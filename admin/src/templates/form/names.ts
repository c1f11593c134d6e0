import type { IntlShape } from 'react-intl';
import type { BindableType } from '../../../../server/src/template-use/contract';
import type { TemplateParameter } from '../../../../server/src/templates/parameters';
import { t } from '../../translate';
import type { FieldSource } from './use-template-form';

/** What a field is called: `first_name`, "Variable 2", "End of the address of “Track”". */
export const parameterLabel = (
  { kind, name, label = '' }: TemplateParameter,
  formatMessage: IntlShape['formatMessage'],
): string => {
  switch (kind) {
    case 'text':
      return /^\d+$/.test(name) ? formatMessage(t('param.variable'), { name }) : name;
    case 'image':
      return formatMessage(t('preview.image'));
    case 'video':
      return formatMessage(t('preview.video'));
    case 'document':
      return formatMessage(t('preview.document'));
    case 'location':
      return formatMessage(t('preview.location'));
    case 'product':
      return formatMessage(t('param.product'));
    case 'urlSuffix':
      return formatMessage(t('param.urlSuffix'), { label });
    case 'couponCode':
      return formatMessage(t('param.couponCode'));
    case 'flow':
      return formatMessage(t('param.flow'), { label });
    case 'payload':
      return formatMessage(t('param.payload'), { label });
    case 'catalog':
      return formatMessage(t('param.catalog'));
    case 'products':
      return formatMessage(t('param.products'));
    case 'expiry':
      return formatMessage(t('param.expiry'));
  }
};

const PARTS = {
  header: 'form.header',
  body: 'form.body',
  buttons: 'form.buttons',
  limitedTimeOffer: 'form.offer',
  cards: 'form.body',
} as const;

/** The part of the message that a field belongs to: "Header", "Card 2". */
export const partLabel = (
  { card, component }: TemplateParameter,
  formatMessage: IntlShape['formatMessage'],
): string =>
  card === undefined ? formatMessage(t(PARTS[component])) : formatMessage(t('form.card'), { at: card + 1 });

/** Names of fields that stand in one list; with their part where two would be called the same. */
export const distinctLabels = (
  parameters: readonly TemplateParameter[],
  formatMessage: IntlShape['formatMessage'],
): string[] => {
  const labels = parameters.map((parameter) => parameterLabel(parameter, formatMessage));
  return parameters.map((parameter, at) => {
    const label = labels[at]!;
    const isAlone = labels.filter((other) => other === label).length === 1;
    return isAlone
      ? label
      : formatMessage(t('param.inPart'), { part: partLabel(parameter, formatMessage), label });
  });
};

/** Where a value comes from, for the chip at its field; null for what was typed. */
export const sourceWords = (
  source: FieldSource | undefined,
  types: readonly BindableType[],
  formatMessage: IntlShape['formatMessage'],
): string | null => {
  if (!source || source.from === 'text') return null;
  if (source.from === 'fallback') return formatMessage(t('source.fallback'));
  const uid = source.from === 'contact' ? 'contact' : source.from === 'entry' ? source.contentType : null;
  const type = types.find((one) => one.uid === uid);
  const field = (
    type ?? types.find(({ fields }) => fields.some(({ path }) => path === source.path))
  )?.fields.find(({ path }) => path === source.path);
  const label = field?.label ?? source.path;
  if (source.from === 'contact') return formatMessage(t('source.contact'), { label });
  if (source.from === 'linked') return formatMessage(t('source.linked'), { label });
  return formatMessage(t('source.entry'), { label, type: type?.label ?? '' });
};
