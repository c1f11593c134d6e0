import { Button, Modal } from '@strapi/design-system';
import type { FormEvent, ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../../translate';

interface Props {
  title: string;
  submitLabel: string;
  /** Why it cannot be submitted is told at the fields. */
  canSubmit?: boolean;
  busy?: boolean;
  onSubmit(): void;
  onClose(): void;
  children: ReactNode;
}

/** A dialog with one form. */
export const DialogShell = (props: Props) => {
  const { title, submitLabel, canSubmit = true, busy = false, onSubmit, onClose, children } = props;
  const { formatMessage } = useIntl();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React passes the event on to a form behind the portal as well.
    event.stopPropagation();
    if (canSubmit && !busy) onSubmit();
  };
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined}>
        <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
          <Modal.Header closeLabel={formatMessage(t('common.close'))}>
            <Modal.Title>{title}</Modal.Title>
          </Modal.Header>
          <Modal.Body>{children}</Modal.Body>
          <Modal.Footer>
            <Button type="button" variant="tertiary" onClick={onClose}>
              {formatMessage(t('common.cancel'))}
            </Button>
            <Button type="submit" disabled={!canSubmit} loading={busy}>
              {submitLabel}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
