import { Button } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { api } from '../api/client';
import { t } from '../translate';
import { download } from './download';
import { useBusy } from './use-busy';

interface Props {
  path: string;
  /** The list's own filters: what is seen is what is exported. */
  query: Record<string, string | undefined>;
  file: string;
}

/** Saves the whole of a filtered list as CSV. */
export const ExportButton = ({ path, query, file }: Props) => {
  const { formatMessage } = useIntl();
  const { busy, run } = useBusy();
  const save = () => run('work', async () => download(await api.file(path, query), file));
  return (
    <Button variant="secondary" startIcon={<Download />} loading={busy !== null} onClick={() => void save()}>
      {formatMessage(t('common.csv'))}
    </Button>
  );
};
