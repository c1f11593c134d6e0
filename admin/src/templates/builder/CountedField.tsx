import { Field, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { directionOf } from '../../../../server/src/templates/languages';
import { t } from '../../translate';
import { useBuilder, useFieldError } from './builder-context';
import { FieldAt } from './FieldAt';
import { SourceText } from './SourceText';

interface Props {
  path: string;
  label: string;
  value: string;
  /** Characters that Meta takes. */
  max: number;
  required?: boolean;
  hint?: string;
  placeholder?: string;
  /** Addresses and codes are not written in the template's language. */
  ltr?: boolean;
  /** The text in the language that is translated from. */
  source?: string;
  onChange(value: string): void;
}

/** A line that counts towards Meta's limit, and says what is wrong once one has left it. */
export const CountedField = (props: Props) => {
  const {
    path,
    label,
    value,
    max,
    required = false,
    hint,
    placeholder,
    ltr = false,
    source,
    onChange,
  } = props;
  const { formatMessage } = useIntl();
  const { draft } = useBuilder();
  const error = useFieldError(path);
  const over = value.length > max;
  return (
    <FieldAt path={path}>
      <SourceText text={source}>
        <Field.Root name={path} required={required} hint={hint} error={error}>
          <Flex justifyContent="space-between" gap={2}>
            <Field.Label>{label}</Field.Label>
            <Typography variant="pi" textColor={over ? 'danger600' : 'neutral600'} aria-hidden>
              {formatMessage(t('composer.count'), { count: value.length, max })}
            </Typography>
          </Flex>
          <Field.Input
            dir={ltr ? 'ltr' : value ? 'auto' : directionOf(draft.language)}
            value={value}
            placeholder={placeholder}
            onChange={(event) => onChange(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </SourceText>
    </FieldAt>
  );
};
