import { Button, Flex, Modal } from '@strapi/design-system';
import type { FormEvent, ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../../translate';

interface Props {
  title: string;
  canSubmit: boolean;
  onSubmit(): void;
  onClose(): void;
  children: ReactNode;
}

/** A dialog that builds one message. */
export const BuilderShell = ({ title, canSubmit, onSubmit, onClose, children }: Props) => {
  const { formatMessage } = useIntl();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // React passes the event on to the form behind the portal as well.
    event.stopPropagation();
    if (canSubmit) onSubmit();
  };
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content>
        <form onSubmit={submit} noValidate style={{ display: 'contents' }}>
          <Modal.Header>
            <Modal.Title>{title}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              {children}
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button type="button" variant="tertiary" onClick={onClose}>
              {formatMessage(t('common.cancel'))}
            </Button>
            <Button type="submit" disabled={!canSubmit}>
              {formatMessage(t('composer.send'))}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
