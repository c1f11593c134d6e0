import { Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { t } from '../../translate';

interface Props {
  name: string;
  label: string;
  value: string;
  max: number;
  required?: boolean;
  multiline?: boolean;
  hint?: string;
  error?: string;
  onChange(value: string): void;
}

/** A text field that counts towards Meta's limit while one types, and says when it is passed. */
export const LimitedField = ({
  name,
  label,
  value,
  max,
  required = false,
  multiline = false,
  hint,
  error,
  onChange,
}: Props) => {
  const { formatMessage } = useIntl();
  const over = value.length > max;
  const shown = over ? formatMessage(t('builder.tooLong'), { max }) : error;
  return (
    <Field.Root name={name} required={required} hint={hint} error={shown}>
      <Flex justifyContent="space-between" gap={2}>
        <Field.Label>{label}</Field.Label>
        <Typography variant="pi" textColor={over ? 'danger600' : 'neutral600'} aria-hidden>
          {formatMessage(t('composer.count'), { count: value.length, max })}
        </Typography>
      </Flex>
      {multiline ? (
        <Textarea name={name} dir="auto" value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Field.Input dir="auto" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};
