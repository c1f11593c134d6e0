import { Button, Dialog, Field, Flex, IconButton, Textarea, Typography } from '@strapi/design-system';
import { Check, PaperPlane, Trash, WarningCircle } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../../translate';
import type { DraftAction } from './review';

interface Props {
  actions: readonly DraftAction[];
  busy: DraftAction | 'delete' | null;
  canDelete: boolean;
  /** Nothing is submitted that Meta would refuse. */
  problems: number;
  onAct(action: DraftAction, body?: object): void;
  /** Pressed although something is wrong. */
  onBlocked(): void;
  onDelete(): void;
}

const ReturnDialog = ({
  busy,
  onReturn,
  onClose,
}: {
  busy: boolean;
  onReturn(note: string): void;
  onClose(): void;
}) => {
  const { formatMessage } = useIntl();
  const [note, setNote] = useState('');
  return (
    <Dialog.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Dialog.Content>
        <Dialog.Header>{formatMessage(t('templates.action.return'))}</Dialog.Header>
        <Dialog.Body>
          <Field.Root name="note" required width="100%">
            <Field.Label>{formatMessage(t('templates.return.note'))}</Field.Label>
            <Textarea value={note} dir="auto" onChange={(event) => setNote(event.target.value)} />
          </Field.Root>
        </Dialog.Body>
        <Dialog.Footer>
          <Flex gap={2} width="100%">
            <Button fullWidth variant="tertiary" onClick={onClose}>
              {formatMessage(t('common.cancel'))}
            </Button>
            <Button
              fullWidth
              loading={busy}
              disabled={note.trim() === ''}
              onClick={() => onReturn(note.trim())}
            >
              {formatMessage(t('templates.action.return'))}
            </Button>
          </Flex>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};

const DeleteDraft = ({ busy, onDelete }: { busy: boolean; onDelete(): void }) => {
  const { formatMessage } = useIntl();
  const label = formatMessage(t('templates.deleteDraft'));
  return (
    <Dialog.Root>
      <Dialog.Trigger>
        <IconButton variant="tertiary" size="L" label={label}>
          <Trash />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{label}</Dialog.Header>
        <Dialog.Body icon={<WarningCircle fill="danger600" />}>
          <Typography textAlign="center">{formatMessage(t('templates.deleteDraft.text'))}</Typography>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary">
              {formatMessage(t('common.cancel'))}
            </Button>
          </Dialog.Cancel>
          <Button fullWidth variant="danger-light" startIcon={<Trash />} loading={busy} onClick={onDelete}>
            {label}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};

/** What can be done with the draft now. */
export const ActionBar = ({ actions, busy, canDelete, problems, onAct, onBlocked, onDelete }: Props) => {
  const { formatMessage } = useIntl();
  const [returning, setReturning] = useState(false);
  const go = (action: DraftAction) => (problems > 0 ? onBlocked() : onAct(action));
  return (
    <Flex gap={2} wrap="wrap">
      {canDelete && <DeleteDraft busy={busy === 'delete'} onDelete={onDelete} />}
      {actions.includes('return') && (
        <Button size="L" variant="tertiary" disabled={busy !== null} onClick={() => setReturning(true)}>
          {formatMessage(t('templates.action.return'))}
        </Button>
      )}
      {actions.includes('approve') && (
        <Button size="L" startIcon={<Check />} loading={busy === 'approve'} onClick={() => onAct('approve')}>
          {formatMessage(t('templates.action.approve'))}
        </Button>
      )}
      {actions.includes('request-review') && (
        <Button size="L" loading={busy === 'request-review'} onClick={() => go('request-review')}>
          {formatMessage(t('templates.action.request-review'))}
        </Button>
      )}
      {actions.includes('submit') && (
        <Button size="L" startIcon={<PaperPlane />} loading={busy === 'submit'} onClick={() => go('submit')}>
          {formatMessage(t('templates.action.submit'))}
        </Button>
      )}
      {returning && (
        <ReturnDialog
          busy={busy === 'return'}
          onClose={() => setReturning(false)}
          onReturn={(note) => {
            setReturning(false);
            onAct('return', { note });
          }}
        />
      )}
    </Flex>
  );
};
