import { Field, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { t } from '../../translate';
import type { FieldValue } from './fields';
import { PlainInput } from './PlainInput';

const NOWHERE = { where: '', address: '' };

interface Props {
  name: string;
  label: string;
  value: FieldValue;
  error?: string;
  onChange(value: FieldValue): void;
}

/** A place: where it is, and how it is called. */
export const LocationField = ({ name, label, value, error, onChange }: Props) => {
  const { formatMessage } = useIntl();
  const place = value.place ?? NOWHERE;
  const lines = [
    {
      words: 'location.where',
      text: place.where,
      put: (where: string) => onChange({ ...value, place: { ...place, where } }),
    },
    { words: 'location.name', text: value.text, put: (text: string) => onChange({ ...value, place, text }) },
    {
      words: 'location.address',
      text: place.address,
      put: (address: string) => onChange({ ...value, place: { ...place, address } }),
    },
  ] as const;
  return (
    <Field.Root name={name} error={error} hint={formatMessage(t('location.where.hint'))}>
      <Typography tag="div" variant="pi" fontWeight="bold" textColor="neutral800" id={`${name}-label`}>
        {label}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={2} role="group" aria-labelledby={`${name}-label`}>
        {lines.map(({ words, text, put }, index) => (
          <PlainInput
            key={words}
            dir="auto"
            value={text}
            data-field={index === 0 ? name : undefined}
            aria-label={formatMessage(t(words))}
            placeholder={formatMessage(t(words))}
            aria-invalid={index === 0 && error !== undefined}
            onChange={(event) => put(event.target.value)}
          />
        ))}
      </Flex>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};
