import { Button, Dialog, Flex, Radio, Typography } from '@strapi/design-system';
import { Trash, WarningCircle } from '@strapi/icons';
import { useEffect, useId, useState } from 'react';
import { useIntl } from 'react-intl';
import type { TemplateDetails, TemplateUsage } from '../../../../server/src/templates/contract';
import { api } from '../../api/client';
import { report } from '../../design/report';
import { useBusy } from '../../settings/use-busy';
import { t } from '../../translate';

interface Props {
  template: TemplateDetails;
  /** How many other languages of the name there are. */
  others: number;
  onClose(): void;
  onDeleted(): void;
}

/** Where it is used; null until known. The question can be answered without. */
const useUsage = (id: string): TemplateUsage | null => {
  const [usage, setUsage] = useState<TemplateUsage | null>(null);
  useEffect(() => {
    let current = true;
    api.get<{ data: TemplateUsage }>(`/templates/${encodeURIComponent(id)}/usage`).then(
      ({ data }) => current && setUsage(data),
      (cause: unknown) => report('The use of a template could not be counted', cause),
    );
    return () => {
      current = false;
    };
  }, [id]);
  return usage;
};

const UsageList = ({ usage }: { usage: TemplateUsage }) => {
  const { formatMessage } = useIntl();
  const lines = [
    usage.scheduled > 0 && formatMessage(t('templates.usage.scheduled'), { count: usage.scheduled }),
    usage.sent30Days > 0 && formatMessage(t('templates.usage.sent'), { count: usage.sent30Days }),
    usage.drafts.length > 0 &&
      formatMessage(t('templates.usage.drafts'), {
        count: usage.drafts.length,
        languages: usage.drafts.map(({ language }) => language).join(', '),
      }),
    usage.favourites > 0 && formatMessage(t('templates.usage.favourites'), { count: usage.favourites }),
    usage.hasBindings && formatMessage(t('templates.usage.bindings')),
  ].filter((line): line is string => Boolean(line));
  if (lines.length === 0)
    return <Typography textColor="neutral600">{formatMessage(t('templates.usage.none'))}</Typography>;
  return (
    <ul
      aria-label={formatMessage(t('templates.usage'))}
      style={{ listStyle: 'disc', paddingInlineStart: 20 }}
    >
      {lines.map((line) => (
        <Typography key={line} tag="li" textColor="neutral800">
          {line}
        </Typography>
      ))}
    </ul>
  );
};

/** Asks before a template is deleted at Meta, with the places where it is used. */
export const DeleteDialog = ({ template, others, onClose, onDeleted }: Props) => {
  const { formatMessage } = useIntl();
  const { busy, run } = useBusy();
  const usage = useUsage(template.id);
  const [all, setAll] = useState(false);
  const textId = useId();
  const { id, name, language } = template;

  const confirm = () =>
    run('work', async () => {
      await api.del(`/templates/${encodeURIComponent(id)}`, all ? { allLanguages: 'true' } : undefined);
      onDeleted();
    });

  return (
    <Dialog.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Dialog.Content>
        <Dialog.Header>{formatMessage(t('templates.delete'))}</Dialog.Header>
        <Dialog.Body>
          <WarningCircle width={24} height={24} fill="danger600" aria-hidden />
          <Typography id={textId} textAlign="center" style={{ overflowWrap: 'anywhere' }}>
            {formatMessage(t('templates.delete.text'), { name, language })}
          </Typography>
          <div role="status">{usage && <UsageList usage={usage} />}</div>
          {others > 0 && (
            <Radio.Group
              value={all ? 'all' : 'one'}
              aria-labelledby={textId}
              onValueChange={(value: string) => setAll(value === 'all')}
            >
              <Radio.Item value="one">{formatMessage(t('templates.delete.one'), { language })}</Radio.Item>
              <Radio.Item value="all">
                {formatMessage(t('templates.delete.all'), { count: others + 1 })}
              </Radio.Item>
            </Radio.Group>
          )}
        </Dialog.Body>
        <Dialog.Footer>
          <Flex gap={2} width="100%">
            <Button fullWidth variant="tertiary" onClick={onClose}>
              {formatMessage(t('common.cancel'))}
            </Button>
            <Button
              fullWidth
              variant="danger-light"
              startIcon={<Trash />}
              loading={busy !== null}
              onClick={() => void confirm()}
            >
              {formatMessage(t('templates.delete'))}
            </Button>
          </Flex>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};
