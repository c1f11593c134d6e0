import { Modal } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { TEXT_BODY_MAX } from '../../../../server/src/cloud-api/limits';
import { t } from '../../translate';
import type { EditScheduled, Message } from '../api-types';
import { LimitedField } from '../builder/LimitedField';
import { WhenForm } from './WhenForm';

interface Props {
  message: Message;
  contactName: string;
  windowEnds: number | null;
  onSave(body: EditScheduled.Body): void;
  onClose(): void;
}

/** Another time, or other words, for a message that is planned. */
export const RescheduleDialog = ({ message, contactName, windowEnds, onSave, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const [text, setText] = useState(message.text);
  const isText = message.type === 'text';
  const fine = !isText || (text.trim() !== '' && text.length <= TEXT_BODY_MAX);
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content style={{ maxWidth: 420 }}>
        <Modal.Header>
          <Modal.Title>{formatMessage(t('schedule.changeTitle'))}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <WhenForm
            contactName={contactName}
            windowEnds={windowEnds}
            initial={message.scheduledAt ? Date.parse(message.scheduledAt) : undefined}
            submitLabel={formatMessage(t('common.save'))}
            withCancelOnReply={false}
            onSubmit={({ scheduledAt }) => {
              if (fine) onSave({ scheduledAt, ...(isText ? { text: text.trim() } : {}) });
            }}
          >
            {isText && (
              <LimitedField
                name="text"
                label={formatMessage(t('schedule.text'))}
                required
                multiline
                value={text}
                max={TEXT_BODY_MAX}
                onChange={setText}
              />
            )}
          </WhenForm>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
