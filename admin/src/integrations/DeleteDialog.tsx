import { Button, Dialog, Flex, IconButton, Radio, Typography } from '@strapi/design-system';
import { Trash, WarningCircle } from '@strapi/icons';
import { useEffect, useId, useState } from 'react';
import { useIntl } from 'react-intl';
import type { HistoryChoice, HistoryCounts, Integration } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { report } from '../design/report';
import { t } from '../translate';

interface Props {
  integration: Integration;
  onConfirm(history: HistoryChoice): Promise<void>;
}

/** How much `erase` would take along; null until known. */
const useCounts = (id: string, wanted: boolean) => {
  const [counts, setCounts] = useState<HistoryCounts.Response['data'] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    api.get<HistoryCounts.Response>(`/integrations/${encodeURIComponent(id)}/history-counts`).then(
      ({ data }) => current && setCounts(data),
      // The question can be answered without the figures.
      (cause: unknown) => report('The history could not be counted', cause),
    );
    return () => {
      current = false;
    };
  }, [id, wanted]);
  return counts;
};

/** The bin of a number's row. It asks first, and what becomes of the conversations: keeping them is the default. */
export const DeleteDialog = ({ integration, onConfirm }: Props) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const [history, setHistory] = useState<HistoryChoice>('keep');
  const [busy, setBusy] = useState(false);
  const textId = useId();
  const counts = useCounts(integration.id, open);
  const { name } = integration;

  const show = (next: boolean) => {
    if (next) setHistory('keep');
    setOpen(next);
  };
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm(history);
      setOpen(false);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog.Root open={open} onOpenChange={show}>
      <Dialog.Trigger>
        <IconButton variant="ghost" label={formatMessage(t('numbers.deleteOne'), { name })}>
          <Trash />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{formatMessage(t('numbers.delete.title'))}</Dialog.Header>
        <Dialog.Body>
          <WarningCircle width={24} height={24} fill="danger600" aria-hidden />
          <Typography id={textId} textAlign="center" style={{ overflowWrap: 'anywhere' }}>
            {formatMessage(t('numbers.delete.text'), { name })}
          </Typography>
          <Flex paddingTop={3}>
            <Radio.Group
              value={history}
              aria-labelledby={textId}
              onValueChange={(value: string) => setHistory(value === 'erase' ? 'erase' : 'keep')}
            >
              <Radio.Item value="keep">{formatMessage(t('numbers.delete.keep'))}</Radio.Item>
              <Radio.Item value="erase">{formatMessage(t('numbers.delete.erase'))}</Radio.Item>
            </Radio.Group>
          </Flex>
          {counts && (
            <Typography variant="pi" textColor="neutral600" textAlign="center" role="status">
              {formatMessage(
                t(history === 'erase' ? 'numbers.delete.goes' : 'numbers.delete.stays'),
                counts as unknown as Record<string, number>,
              )}
            </Typography>
          )}
        </Dialog.Body>
        <Dialog.Footer>
          <Flex gap={2} width="100%">
            <Button fullWidth variant="tertiary" onClick={() => show(false)}>
              {formatMessage(t('common.cancel'))}
            </Button>
            <Button
              fullWidth
              variant="danger-light"
              startIcon={<Trash />}
              loading={busy}
              onClick={() => void confirm()}
            >
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
