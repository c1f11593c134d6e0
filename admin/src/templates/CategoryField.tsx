import { Field, Radio } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { CATEGORIES } from '../../../server/src/templates/limits';
import { t } from '../translate';

export type Category = (typeof CATEGORIES)[number];

interface Props {
  value: string;
  disabled?: boolean;
  error?: string;
  onChange(category: Category): void;
}

/** Meta's three categories with what each is for: the choice decides the price, and Meta corrects a wrong one. */
export const CategoryField = ({ value, disabled = false, error, onChange }: Props) => {
  const { formatMessage } = useIntl();
  const chosen = CATEGORIES.find((one) => one === value);
  return (
    <Field.Root
      name="category"
      required
      error={error}
      hint={chosen && formatMessage(t(`templates.category.${chosen}.hint`))}
    >
      <Field.Label id="template-category">{formatMessage(t('templates.category'))}</Field.Label>
      <Radio.Group
        value={value}
        disabled={disabled}
        aria-labelledby="template-category"
        onValueChange={(next: string) => onChange(next as Category)}
      >
        {CATEGORIES.map((category) => (
          <Radio.Item key={category} value={category}>
            {formatMessage(t(`templates.category.${category}`))}
          </Radio.Item>
        ))}
      </Radio.Group>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};
