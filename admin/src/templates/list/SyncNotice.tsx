import { Box, Flex, IconButton } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { SyncResult, TemplateAccount } from '../../../../server/src/templates/contract';
import { Notice } from '../../design/Notice';
import { t } from '../../translate';

interface Props {
  result: SyncResult;
  accounts: readonly TemplateAccount[];
  onClose(): void;
}

/** What a sync did, and whose listing broke off. */
export const SyncNotice = ({ result, accounts, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const { created, updated, removed, unchanged, failed } = result;
  const numbers = accounts.flatMap(({ integrations }) => integrations);
  const nameOf = (id: string) => numbers.find((number) => number.id === id)?.name ?? id;
  return (
    <Flex alignItems="flex-start" gap={2}>
      <Box flex="1" minWidth={0}>
        <Notice
          tone={failed.length > 0 ? 'warning' : 'info'}
          title={formatMessage(t('templates.sync.done'), { created, updated, removed, unchanged })}
        >
          {failed.length > 0 && (
            <>
              {formatMessage(t('templates.sync.failed'))}
              <ul>
                {failed.map(({ integrationId, error }) => (
                  <li key={integrationId}>
                    <bdi>{nameOf(integrationId)}</bdi>: {error}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      </Box>
      <IconButton variant="ghost" label={formatMessage(t('common.close'))} onClick={onClose}>
        <Cross />
      </IconButton>
    </Flex>
  );
};
