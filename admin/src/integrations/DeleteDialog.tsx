import { Button, Dialog, Flex, Radio, Typography } from '@strapi/design-system';
import { Trash, WarningCircle } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { HistoryChoice, Integration } from '../../../server/src/integrations/contract';
import { t } from '../translate';

interface Props {
  integration: Integration | null;
  onClose(): void;
  onConfirm(history: HistoryChoice): Promise<void>;
}

/** Asks before a number goes, and what becomes of its conversations. Keeping them is the default. */
export const DeleteDialog = ({ integration, onClose, onConfirm }: Props) => {
  const { formatMessage } = useIntl();
  const [history, setHistory] = useState<HistoryChoice>('keep');
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm(history);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog.Root open={integration !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content>
        <Dialog.Header>{formatMessage(t('numbers.delete.title'))}</Dialog.Header>
        <Dialog.Body>
          <WarningCircle width={24} height={24} fill="danger600" aria-hidden />
          <Typography id="whatsapp-delete-text" textAlign="center">
            {formatMessage(t('numbers.delete.text'), { name: integration?.name ?? '' })}
          </Typography>
          <Radio.Group
            value={history}
            aria-labelledby="whatsapp-delete-text"
            onValueChange={(value: string) => setHistory(value === 'erase' ? 'erase' : 'keep')}
          >
            <Radio.Item value="keep">{formatMessage(t('numbers.delete.keep'))}</Radio.Item>
            <Radio.Item value="erase">{formatMessage(t('numbers.delete.erase'))}</Radio.Item>
          </Radio.Group>
        </Dialog.Body>
        <Dialog.Footer>
          <Flex gap={2} width="100%">
            <Button fullWidth variant="tertiary" onClick={onClose}>
              {formatMessage(t('common.cancel'))}
            </Button>
            <Button fullWidth variant="danger-light" startIcon={<Trash />} loading={busy} onClick={confirm}>
              {formatMessage(
                t(history === 'erase' ? 'numbers.delete.confirmErase' : 'numbers.delete.confirm'),
              )}
            </Button>
          </Flex>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};
