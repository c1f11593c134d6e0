import { Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Clock, CrossCircle, Minus, WarningCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { t, type TranslationId } from '../translate';

export type Sign = 'ok' | 'warning' | 'error' | 'skipped' | 'waiting';

const SIGNS = {
  ok: { Icon: CheckCircle, fill: 'success600', label: 'sign.ok' },
  warning: { Icon: WarningCircle, fill: 'warning600', label: 'sign.warning' },
  error: { Icon: CrossCircle, fill: 'danger600', label: 'sign.error' },
  skipped: { Icon: Minus, fill: 'neutral500', label: 'sign.skipped' },
  waiting: { Icon: Clock, fill: 'neutral600', label: 'sign.waiting' },
} as const satisfies Record<Sign, { Icon: unknown; fill: string; label: TranslationId }>;

interface Props {
  sign: Sign;
  /** The icon alone; its meaning stays readable to assistive technology. */
  iconOnly?: boolean;
}

/** Well, to be looked at, broken, not looked at: shape and word, never the colour alone. */
export const StateSign = ({ sign, iconOnly = false }: Props) => {
  const { formatMessage } = useIntl();
  const { Icon, fill, label } = SIGNS[sign];
  const text = formatMessage(t(label));
  if (iconOnly)
    return <Icon width={20} height={20} fill={fill} role="img" aria-label={text} style={{ flex: 'none' }} />;
  return (
    <Flex tag="span" gap={2} display="inline-flex">
      <Icon width={16} height={16} fill={fill} aria-hidden />
      <Typography textColor="neutral800">{text}</Typography>
    </Flex>
  );
};
