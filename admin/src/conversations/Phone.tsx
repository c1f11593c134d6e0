import { IconButton } from '@strapi/design-system';
import { Duplicate, Eye } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { RevealPhone } from '../../../server/src/contacts/contract';
import { api } from '../api/client';
import { useCopy } from '../design/use-copy';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';

/** The server masks numbers with bullets for whoever may not see them. */
export const isMasked = (phone: string): boolean => phone.includes('•');

interface Props {
  contactId: string;
  phone: string;
  canReveal: boolean;
}

/** A person's number: to copy where it is whole, to reveal where it is masked and one may. Revealing is recorded. */
export const Phone = ({ contactId, phone, canReveal }: Props) => {
  const { formatMessage } = useIntl();
  const copy = useCopy();
  const { busy, run } = useBusy();
  const [revealed, setRevealed] = useState<string | null>(null);
  const shown = revealed ?? phone;
  const reveal = () =>
    run('work', async () => {
      const path = `/contacts/${encodeURIComponent(contactId)}/phone`;
      setRevealed((await api.get<RevealPhone.Response>(path)).data.phone);
    });
  const label = formatMessage(t('details.phone'));
  return (
    <>
      <bdi dir="ltr">{shown}</bdi>
      {!isMasked(shown) && (
        <IconButton
          variant="ghost"
          size="XS"
          label={formatMessage(t('common.copyThis'), { label })}
          onClick={() => void copy(shown)}
        >
          <Duplicate />
        </IconButton>
      )}
      {isMasked(shown) && canReveal && (
        <IconButton
          variant="ghost"
          size="XS"
          disabled={busy !== null}
          label={formatMessage(t('details.revealPhone'))}
          onClick={() => void reveal()}
        >
          <Eye />
        </IconButton>
      )}
    </>
  );
};
