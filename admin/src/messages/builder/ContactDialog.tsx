import { Field } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { SendContactCard } from '../../../../server/src/messages/contract';
import { t } from '../../translate';
import type { JobContent } from '../job-content';
import { BuilderShell } from './Shell';

interface Entry {
  first: string;
  last: string;
  phone: string;
  email: string;
  company: string;
}

const EMPTY: Entry = { first: '', last: '', phone: '', email: '', company: '' };
const FIELDS = ['first', 'last', 'phone', 'email', 'company'] as const;

/** Meta's card; it wants the whole name and one part of it at least. */
export const toCard = (entry: Entry): SendContactCard => {
  const { first, last, phone, email, company } = Object.fromEntries(
    FIELDS.map((field) => [field, entry[field].trim()]),
  ) as unknown as Entry;
  return {
    name: {
      formatted_name: [first, last].filter(Boolean).join(' '),
      ...(first ? { first_name: first } : {}),
      ...(last ? { last_name: last } : {}),
    },
    ...(phone ? { phones: [{ phone, type: 'CELL' }] } : {}),
    ...(email ? { emails: [{ email, type: 'WORK' }] } : {}),
    ...(company ? { org: { company } } : {}),
  };
};

interface Props {
  onSend(content: JobContent): void;
  onClose(): void;
}

/** A contact card. */
export const ContactDialog = ({ onSend, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const [entry, setEntry] = useState(EMPTY);
  const named = entry.first.trim() !== '' || entry.last.trim() !== '';
  const reachable = entry.phone.trim() !== '' || entry.email.trim() !== '';
  return (
    <BuilderShell
      title={formatMessage(t('attach.contact'))}
      canSubmit={named && reachable}
      onClose={onClose}
      onSubmit={() => onSend({ type: 'contacts', contacts: [toCard(entry)] })}
    >
      {FIELDS.map((field) => (
        <Field.Root key={field} name={field} required={field === 'first'}>
          <Field.Label>{formatMessage(t(`contact.${field}`))}</Field.Label>
          <Field.Input
            autoFocus={field === 'first'}
            dir={field === 'phone' || field === 'email' ? 'ltr' : 'auto'}
            type={field === 'phone' ? 'tel' : field === 'email' ? 'email' : 'text'}
            value={entry[field]}
            onChange={(event) => setEntry({ ...entry, [field]: event.target.value })}
          />
        </Field.Root>
      ))}
    </BuilderShell>
  );
};
