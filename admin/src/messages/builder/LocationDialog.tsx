import { Button, Field, Flex } from '@strapi/design-system';
import { PinMap } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../../translate';
import type { JobContent } from '../job-content';
import { readPlace } from './place';
import { BuilderShell } from './Shell';

interface Props {
  onSend(content: JobContent): void;
  onClose(): void;
}

/** A place by its coordinates, by a copied map address, or by where this browser is. */
export const LocationDialog = ({ onSend, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const [where, setWhere] = useState('');
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [denied, setDenied] = useState(false);
  const place = readPlace(where);
  const here = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setWhere(`${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`),
      () => setDenied(true),
    );
  const wrong = where.trim() !== '' && !place;
  const error = wrong
    ? formatMessage(t('location.unreadable'))
    : denied
      ? formatMessage(t('location.denied'))
      : undefined;
  return (
    <BuilderShell
      title={formatMessage(t('attach.location'))}
      canSubmit={place !== null}
      onClose={onClose}
      onSubmit={() =>
        place &&
        onSend({
          type: 'location',
          location: {
            ...place,
            ...(name.trim() ? { name: name.trim() } : {}),
            ...(address.trim() ? { address: address.trim() } : {}),
          },
        })
      }
    >
      <Field.Root name="where" required hint={formatMessage(t('location.where.hint'))} error={error}>
        <Field.Label>{formatMessage(t('location.where'))}</Field.Label>
        <Field.Input
          autoFocus
          dir="ltr"
          value={where}
          placeholder="41.0082, 28.9784"
          onChange={(event) => setWhere(event.target.value)}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      {'geolocation' in navigator && window.isSecureContext && (
        <Flex>
          <Button type="button" variant="tertiary" startIcon={<PinMap />} onClick={here}>
            {formatMessage(t('location.here'))}
          </Button>
        </Flex>
      )}
      <Field.Root name="place">
        <Field.Label>{formatMessage(t('location.name'))}</Field.Label>
        <Field.Input dir="auto" value={name} onChange={(event) => setName(event.target.value)} />
      </Field.Root>
      <Field.Root name="address">
        <Field.Label>{formatMessage(t('location.address'))}</Field.Label>
        <Field.Input dir="auto" value={address} onChange={(event) => setAddress(event.target.value)} />
      </Field.Root>
    </BuilderShell>
  );
};
