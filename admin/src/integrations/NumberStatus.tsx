import { Badge } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Integration } from '../../../server/src/integrations/contract';
import { t, type TranslationId } from '../translate';

/** Whether a number works, in words; a sandbox says that it is one. */
export const NumberStatus = ({ integration }: { integration: Integration }) => {
  const { formatMessage } = useIntl();
  if (integration.sandbox) {
    return (
      <Badge backgroundColor="secondary100" textColor="secondary700">
        {formatMessage(t('numbers.status.sandbox'))}
      </Badge>
    );
  }
  const label = formatMessage(t(`numbers.status.${integration.status}` as TranslationId));
  const title = integration.statusMessage ?? undefined;
  if (integration.status === 'verified') {
    return (
      <Badge backgroundColor="success100" textColor="success700" title={title}>
        {label}
      </Badge>
    );
  }
  // No warning badge: its text is below AA in the light theme.
  const failed = integration.status === 'error';
  return (
    <Badge
      backgroundColor={failed ? 'danger100' : 'neutral150'}
      textColor={failed ? 'danger700' : 'neutral800'}
      title={title}
    >
      {label}
    </Badge>
  );
};
