import { Button, Checkbox, Field, Flex, Typography } from '@strapi/design-system';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { timeOfDay } from '../../design/time';
import { serverNow } from '../../realtime/clock';
import { t } from '../../translate';
import type { Timing } from '../sending';
import { fromLocalInput, presets, toLocalInput, whenProblem } from './when';

const Form = styled.form`
  width: 320px;
  max-width: calc(100vw - 32px);
  padding: 16px;
`;
const Moment = styled.input`
  width: 100%;
  min-height: 40px;
  padding: 8px 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  color-scheme: inherit;
  font: inherit;
  font-size: 1.4rem;
  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.primary600};
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

interface Props {
  contactName: string;
  /** End of the window, ms; null where none holds. */
  windowEnds: number | null;
  initial?: number;
  submitLabel: string;
  onSubmit(timing: Timing): void;
  /** Absent where cancelling on an answer cannot be chosen any more. */
  withCancelOnReply?: boolean;
  children?: ReactNode;
}

/** Day and time for a message that is to go later, in the viewer's own zone. */
export const WhenForm = ({
  contactName,
  windowEnds,
  initial,
  submitLabel,
  onSubmit,
  withCancelOnReply = true,
  children,
}: Props) => {
  const { formatMessage, locale } = useIntl();
  const [now] = useState(serverNow);
  const offers = presets(now, windowEnds);
  const [value, setValue] = useState(() => toLocalInput(initial ?? offers[0]?.at ?? now + 600_000));
  const [cancelOnReply, setCancelOnReply] = useState(true);
  const [touched, setTouched] = useState(false);
  const at = fromLocalInput(value);
  const problem = whenProblem(at, serverNow(), windowEnds);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (problem === null && at !== null) {
      onSubmit({ scheduledAt: new Date(at).toISOString(), cancelOnReply });
    }
  };
  return (
    <Form onSubmit={submit} noValidate>
      <Flex direction="column" alignItems="stretch" gap={3}>
        {children}
        {offers.length > 0 && (
          <Flex gap={2} wrap="wrap">
            {offers.map((offer) => (
              <Button
                key={offer.id}
                type="button"
                size="S"
                variant="tertiary"
                onClick={() => setValue(toLocalInput(offer.at))}
              >
                {formatMessage(t(`schedule.${offer.id}`), { time: timeOfDay(offer.at, locale) })}
              </Button>
            ))}
          </Flex>
        )}
        <Field.Root
          name="scheduledAt"
          error={touched && problem ? formatMessage(t(`schedule.problem.${problem}`)) : undefined}
          hint={formatMessage(t('schedule.zone'), {
            zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          })}
        >
          <Field.Label>{formatMessage(t('schedule.when'))}</Field.Label>
          <Moment
            type="datetime-local"
            value={value}
            min={toLocalInput(now)}
            max={windowEnds === null ? undefined : toLocalInput(windowEnds)}
            aria-label={formatMessage(t('schedule.when'))}
            aria-invalid={touched && problem !== null}
            onChange={(event) => setValue(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
        {withCancelOnReply && (
          <Checkbox checked={cancelOnReply} onCheckedChange={(on) => setCancelOnReply(on === true)}>
            {formatMessage(t('schedule.cancelOnReply'), { name: contactName })}
          </Checkbox>
        )}
        {windowEnds !== null && (
          <Typography variant="pi" textColor="neutral600">
            {formatMessage(t('schedule.window'))}
          </Typography>
        )}
        <Button type="submit" fullWidth>
          {submitLabel}
        </Button>
      </Flex>
    </Form>
  );
};
