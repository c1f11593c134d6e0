import { Button, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useEffect, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useTheme } from 'styled-components';
import { isDarkPalette } from '../design/bubble-tokens';
import { t } from '../translate';

const PAUSE_MS = 350;

interface FieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

const Frame = ({ label, children }: { label: string; children: ReactNode }) => (
  <Field.Root width={{ initial: 'calc(50% - 0.6rem)', small: '18rem' }}>
    <Field.Label>{label}</Field.Label>
    {children}
  </Field.Root>
);

/** A word to look for; asked after a pause in typing. */
export const TextFilter = ({ label, value, onChange }: FieldProps) => {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Frame label={label}>
      <Field.Input size="S" value={text} onChange={(event) => setText(event.target.value)} />
    </Frame>
  );
};

/** A calendar day, by the browser's own picker. */
export const DayFilter = ({ label, value, onChange }: FieldProps) => {
  const { colors } = useTheme();
  return (
    <Frame label={label}>
      <Field.Input
        size="S"
        type="date"
        value={value}
        style={{ colorScheme: isDarkPalette(colors) ? 'dark' : 'light' }}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  );
};

interface ChoiceProps extends FieldProps {
  /** What stands there while nothing is chosen. */
  all: string;
  options: { value: string; label: string }[];
}

export const ChoiceFilter = ({ label, value, onChange, all, options }: ChoiceProps) => (
  <Frame label={label}>
    <SingleSelect
      size="S"
      placeholder={all}
      value={value || null}
      clearLabel={all}
      onClear={() => onChange('')}
      onChange={(chosen) => onChange(chosen ? String(chosen) : '')}
    >
      {options.map((option) => (
        <SingleSelectOption key={option.value} value={option.value}>
          {option.label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  </Frame>
);

/** The filters of a list side by side, and one press that takes them all away. */
export const FilterBar = ({
  active,
  onReset,
  children,
}: {
  active: boolean;
  onReset(): void;
  children: ReactNode;
}) => {
  const { formatMessage } = useIntl();
  return (
    <Flex gap={3} wrap="wrap" alignItems="flex-end" role="search">
      {children}
      {active && (
        <Button variant="tertiary" size="S" startIcon={<Cross />} onClick={onReset}>
          {formatMessage(t('filters.reset'))}
        </Button>
      )}
    </Flex>
  );
};
