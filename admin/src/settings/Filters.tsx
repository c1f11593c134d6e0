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
  const wanted = text.trim();
  // A space just typed stays: the next word comes after it.
  useEffect(() => setText((old) => (old.trim() === value ? old : value)), [value]);
  useEffect(() => {
    if (wanted === value) return;
    const timer = setTimeout(() => onChange(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, value, onChange]);
  return (
    <Frame label={label}>
      <Field.Input size="S" value={text} onChange={(event) => setText(event.target.value)} />
    </Frame>
  );
};

/** A calendar day, by the browser's own picker. */
const DayFilter = ({ label, value, onChange }: FieldProps) => {
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

interface BarProps {
  active: boolean;
  onReset(): void;
  /** For a list that can be narrowed to days. */
  days?: { values: { from: string; to: string }; set(name: 'from' | 'to', value: string): void };
  /** The list's own filters. */
  children: ReactNode;
}

/** The filters of a list side by side, the days last, and one press that takes them all away. */
export const FilterBar = ({ active, onReset, days, children }: BarProps) => {
  const { formatMessage } = useIntl();
  return (
    <Flex gap={3} wrap="wrap" alignItems="flex-end" role="search">
      {children}
      {days &&
        (['from', 'to'] as const).map((name) => (
          <DayFilter
            key={name}
            label={formatMessage(t(`filters.${name}`))}
            value={days.values[name]}
            onChange={(value) => days.set(name, value)}
          />
        ))}
      {active && (
        <Button variant="tertiary" size="S" startIcon={<Cross />} onClick={onReset}>
          {formatMessage(t('filters.reset'))}
        </Button>
      )}
    </Flex>
  );
};
