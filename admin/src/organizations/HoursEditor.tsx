import { Box, Button, Checkbox, Field, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross, Duplicate, Plus } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled, useTheme } from 'styled-components';
import type { BusinessHours, HoursSpan, Weekday } from '../../../server/src/organizations/contract';
import { isDarkPalette } from '../design/bubble-tokens';
import { t, type TranslationId } from '../translate';
import { copyToOpenDays, dayProblem, DEFAULT_HOURS, fromEnd, nextSpan, toEnd, WEEKDAYS } from './hours';

const Day = styled.li`
  display: flex;
  flex-wrap: wrap;
  align-items: flex-start;
  gap: 8px 16px;
  padding-block: 12px;
  border-block-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  &:first-child {
    border-block-start: 0;
  }
`;
const List = styled.ul`
  list-style: none;
`;

/** The viewer's word for a weekday; 2024-01-01 was a Monday. */
const useDayName = () => {
  const { locale } = useIntl();
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return (day: Weekday) => format.format(Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day)));
};

interface SpanProps {
  span: HoursSpan;
  day: string;
  disabled: boolean;
  onChange(span: HoursSpan): void;
  onRemove(): void;
}

const SpanFields = ({ span, day, disabled, onChange, onRemove }: SpanProps) => {
  const { formatMessage } = useIntl();
  const { colors } = useTheme();
  const style = { colorScheme: isDarkPalette(colors) ? 'dark' : 'light' };
  return (
    <Flex gap={2}>
      <Field.Root>
        <Field.Input
          type="time"
          size="S"
          style={style}
          disabled={disabled}
          aria-label={formatMessage(t('hours.from'), { day })}
          value={span.from}
          onChange={(event) => onChange({ ...span, from: event.target.value })}
        />
      </Field.Root>
      <Typography aria-hidden textColor="neutral600">
        –
      </Typography>
      <Field.Root>
        <Field.Input
          type="time"
          size="S"
          style={style}
          disabled={disabled}
          aria-label={formatMessage(t('hours.to'), { day })}
          value={fromEnd(span.to)}
          onChange={(event) => onChange({ ...span, to: toEnd(event.target.value) })}
        />
      </Field.Root>
      <IconButton
        variant="ghost"
        size="S"
        disabled={disabled}
        label={formatMessage(t('hours.removeSpan'), { day })}
        onClick={onRemove}
      >
        <Cross />
      </IconButton>
    </Flex>
  );
};

interface Props {
  hours: BusinessHours;
  disabled: boolean;
  onChange(hours: BusinessHours): void;
}

/** Opening hours of a week: days on and off, several spans a day, one day's hours for all. */
export const HoursEditor = ({ hours, disabled, onChange }: Props) => {
  const { formatMessage } = useIntl();
  const dayName = useDayName();
  const set = (day: Weekday, spans: HoursSpan[]) => onChange({ ...hours, [day]: spans });
  return (
    <List>
      {WEEKDAYS.map((day) => {
        const spans = hours[day];
        const name = dayName(day);
        const problem = dayProblem(spans);
        const another = nextSpan(spans);
        return (
          <Day key={day}>
            <Box width="14rem" paddingTop={1}>
              <Checkbox
                checked={spans.length > 0}
                disabled={disabled}
                onCheckedChange={(open: boolean) => set(day, open ? DEFAULT_HOURS[day] : [])}
              >
                {name}
              </Checkbox>
            </Box>
            <Flex direction="column" alignItems="flex-start" gap={2} flex="1 1 24rem">
              {spans.length === 0 && (
                <Typography textColor="neutral600" paddingTop={1}>
                  {formatMessage(t('hours.closed'))}
                </Typography>
              )}
              {spans.map((span, index) => (
                <SpanFields
                  // Spans have no names; their place in the day is all there is.
                  key={index}
                  span={span}
                  day={name}
                  disabled={disabled}
                  onChange={(next) =>
                    set(
                      day,
                      spans.map((one, at) => (at === index ? next : one)),
                    )
                  }
                  onRemove={() =>
                    set(
                      day,
                      spans.filter((_one, at) => at !== index),
                    )
                  }
                />
              ))}
              {problem && (
                <Typography variant="pi" textColor="danger600" role="alert">
                  {formatMessage(t(`hours.problem.${problem}` as TranslationId))}
                </Typography>
              )}
            </Flex>
            {spans.length > 0 && (
              <Flex gap={1}>
                <Button
                  variant="ghost"
                  size="S"
                  startIcon={<Plus />}
                  disabled={disabled || another === null}
                  onClick={() => another && set(day, [...spans, another])}
                >
                  {formatMessage(t('hours.add'))}
                </Button>
                <IconButton
                  variant="ghost"
                  size="S"
                  disabled={disabled}
                  label={formatMessage(t('hours.copy'), { day: name })}
                  onClick={() => onChange(copyToOpenDays(hours, day))}
                >
                  <Duplicate />
                </IconButton>
              </Flex>
            )}
          </Day>
        );
      })}
    </List>
  );
};
