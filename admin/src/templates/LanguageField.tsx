import { Combobox, ComboboxOption, Field } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { languageName, META_LANGUAGES } from '../../../server/src/templates/languages';
import { t } from '../translate';

interface Props {
  value: string;
  /** Languages that are there already. */
  without?: readonly string[];
  label?: string;
  error?: string;
  onChange(code: string): void;
}

/** One of the languages that Meta knows, found by its name or code. */
export const LanguageField = ({ value, without = [], label, error, onChange }: Props) => {
  const { formatMessage, locale } = useIntl();
  const labelOf = (code: string) => `${languageName(code, locale)} (${code})`;
  const codes = META_LANGUAGES.filter((code) => code === value || !without.includes(code));
  const options = codes
    .map((code) => ({ code, label: labelOf(code) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
  return (
    <Field.Root name="language" required error={error}>
      <Field.Label>{label ?? formatMessage(t('templates.language'))}</Field.Label>
      <Combobox
        value={value}
        // A long list renders only what is in sight, so the chosen one's text is not known from it.
        defaultTextValue={value ? labelOf(value) : undefined}
        onChange={(code?: string) => code && onChange(code)}
      >
        {options.map((option) => (
          <ComboboxOption key={option.code} value={option.code}>
            {option.label}
          </ComboboxOption>
        ))}
      </Combobox>
      <Field.Error />
    </Field.Root>
  );
};
