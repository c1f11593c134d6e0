import {
  Combobox,
  ComboboxOption,
  Field,
  Grid,
  MultiSelect,
  MultiSelectOption,
  Typography,
} from '@strapi/design-system';
import { useMemo, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { BusinessHours, Organization, Person } from '../../../server/src/organizations/contract';
import { Card } from '../design/Card';
import { t } from '../translate';
import { HoursEditor } from './HoursEditor';

export interface OrganizationValues {
  name: string;
  timeZone: string;
  businessHours: BusinessHours;
  memberIds: string[];
  /** Numbers that move here from elsewhere. */
  movedIds: string[];
}

const Cell = ({ children }: { children: ReactNode }) => (
  <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
    {children}
  </Grid.Item>
);

/** Names that this browser knows, and the one that is set even if it does not. */
const zonesWith = (current: string): string[] => {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set(['UTC', current, ...known])].filter(Boolean);
};

interface Props {
  values: OrganizationValues;
  nameError: string | null;
  /** null for a new one. */
  existing: Organization | null;
  others: Organization[];
  people: Person[];
  disabled: boolean;
  onChange(change: Partial<OrganizationValues>): void;
}

/** Name, members, numbers, time zone and opening hours. */
export const OrganizationForm = (props: Props) => {
  const { values, nameError, existing, others, people, disabled, onChange } = props;
  const { formatMessage } = useIntl();
  const zones = useMemo(() => zonesWith(values.timeZone), [values.timeZone]);
  const elsewhere = others.flatMap(({ name, numbers }) => numbers.map((number) => ({ ...number, of: name })));
  return (
    <>
      <Card title={formatMessage(t('organizations.card.general'))}>
        <Grid.Root gap={5}>
          <Cell>
            <Field.Root name="name" required error={nameError ?? undefined}>
              <Field.Label>{formatMessage(t('form.name'))}</Field.Label>
              <Field.Input
                value={values.name}
                disabled={disabled}
                onChange={(event) => onChange({ name: event.target.value })}
              />
              <Field.Error />
            </Field.Root>
          </Cell>
          <Cell>
            <Field.Root name="members" hint={formatMessage(t('organizations.members.hint'))}>
              <Field.Label>{formatMessage(t('organizations.members'))}</Field.Label>
              <MultiSelect
                withTags
                disabled={disabled}
                placeholder={formatMessage(t('common.nobody'))}
                value={values.memberIds}
                onChange={(memberIds: string[]) => onChange({ memberIds })}
              >
                {people.map(({ id, name, email }) => (
                  <MultiSelectOption key={id} value={id}>
                    {name || email}
                  </MultiSelectOption>
                ))}
              </MultiSelect>
              <Field.Hint />
            </Field.Root>
          </Cell>
          <Cell>
            <Field.Root name="numbers" hint={formatMessage(t('organizations.numbers.hint'))}>
              <Field.Label>{formatMessage(t('organizations.numbers.move'))}</Field.Label>
              <MultiSelect
                withTags
                disabled={disabled || elsewhere.length === 0}
                placeholder={formatMessage(t('organizations.numbers.none'))}
                value={values.movedIds}
                onChange={(movedIds: string[]) => onChange({ movedIds })}
              >
                {elsewhere.map(({ id, name, of }) => (
                  <MultiSelectOption key={id} value={id}>
                    {`${name} (${of})`}
                  </MultiSelectOption>
                ))}
              </MultiSelect>
              <Field.Hint />
            </Field.Root>
            {existing && existing.numbers.length > 0 && (
              <Typography variant="pi" textColor="neutral600">
                {formatMessage(t('organizations.numbers.here'), {
                  names: existing.numbers.map(({ name }) => name).join(', '),
                })}
              </Typography>
            )}
          </Cell>
        </Grid.Root>
      </Card>
      <Card title={formatMessage(t('hours.title'))} text={formatMessage(t('hours.text'))}>
        <Grid.Root gap={5}>
          <Cell>
            <Field.Root name="timeZone">
              <Field.Label>{formatMessage(t('organizations.timeZone'))}</Field.Label>
              <Combobox
                disabled={disabled}
                value={values.timeZone}
                // A long list renders only what is in sight, so the chosen one's text is not known from it.
                defaultTextValue={values.timeZone}
                onChange={(zone?: string) => zone && onChange({ timeZone: zone })}
              >
                {zones.map((zone) => (
                  <ComboboxOption key={zone} value={zone}>
                    {zone}
                  </ComboboxOption>
                ))}
              </Combobox>
            </Field.Root>
          </Cell>
        </Grid.Root>
        <HoursEditor
          hours={values.businessHours}
          disabled={disabled}
          onChange={(businessHours) => onChange({ businessHours })}
        />
      </Card>
    </>
  );
};
