import { Popover } from '@strapi/design-system';
import { Clock } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../../translate';
import type { Timing } from '../sending';
import { ToolButton } from './tool-styles';

const WhenForm = lazy(() => import('./WhenForm').then(({ WhenForm: Form }) => ({ default: Form })));

interface Props {
  disabled: boolean;
  contactName: string;
  windowEnds: number | null;
  onSchedule(timing: Timing): void;
}

/** "Send later": takes what stands in the composer. */
export const ScheduleButton = ({ disabled, contactName, windowEnds, onSchedule }: Props) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const label = formatMessage(t('schedule.open'));
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger>
        <ToolButton type="button" disabled={disabled} aria-label={label} title={label}>
          <Clock aria-hidden />
        </ToolButton>
      </Popover.Trigger>
      <Popover.Content side="top" align="end" aria-label={label}>
        <Suspense fallback={<div style={{ width: 320, height: 260 }} />}>
          <WhenForm
            contactName={contactName}
            windowEnds={windowEnds}
            submitLabel={formatMessage(t('schedule.submit'))}
            onSubmit={(timing) => {
              setOpen(false);
              onSchedule(timing);
            }}
          />
        </Suspense>
      </Popover.Content>
    </Popover.Root>
  );
};
