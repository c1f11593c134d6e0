import { Checkbox } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type { TestContact } from '../../../server/src/template-use/contract';
import { api } from '../api/client';
import { report } from '../design/report';
import { useTellFailure } from '../design/use-tell-failure';
import { t } from '../translate';

/** Whether test sends of templates may go to this person. */
export const TestContactControl = ({ contactId }: { contactId: string }) => {
  const { formatMessage } = useIntl();
  const tell = useTellFailure();
  const [on, setOn] = useState<boolean | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    api.get<{ data: TestContact[] }>('/test-contacts', undefined, abort.signal).then(
      ({ data }) => setOn(data.some(({ id }) => id === contactId)),
      (cause: unknown) => {
        if (!abort.signal.aborted) report('The test contacts could not be loaded', cause);
      },
    );
    return () => abort.abort();
  }, [contactId]);
  if (on === null) return null;
  const change = (next: boolean) => {
    setOn(next);
    const path = `/test-contacts/${encodeURIComponent(contactId)}`;
    (next ? api.put(path) : api.del(path)).catch((cause: unknown) => {
      setOn(!next);
      tell(cause);
    });
  };
  return (
    <Checkbox checked={on} onCheckedChange={(value) => change(value === true)}>
      {formatMessage(t('details.testContact'))}
    </Checkbox>
  );
};
