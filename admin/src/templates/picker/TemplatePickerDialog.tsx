import { Modal } from '@strapi/design-system';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { api } from '../../api/client';
import { useResource } from '../../api/resource';
import { useTellFailure } from '../../design/use-tell-failure';
import type { TemplateJob } from '../../messages/job-content';
import type { Timing } from '../../messages/sending';
import { t } from '../../translate';
import { onTemplateChange } from '../on-template-change';
import { FillStep } from './FillStep';
import { Sheet } from './layout';
import { chooseLanguage, type PickGroup } from './pick-list';
import { PickerList } from './PickerList';
import { markFavourite, pickerResource, templatesChanged, type PickTarget } from './picker-store';

interface Props {
  target: PickTarget;
  contactName: string;
  /** May save how values are found (manage-templates). */
  canManage: boolean;
  /** Called once; whoever sends closes the dialog. */
  onSend(content: TemplateJob, timing: Timing | null): void;
  onClose(): void;
  /** Takes the focus once the dialog is gone; false: it goes back to where it was. */
  focusAfter(): boolean;
}

/** Picks a template and fills it in: two presses where all values are known. */
export const TemplatePickerDialog = (props: Props) => {
  const { target, contactName, canManage, onSend, onClose, focusAfter } = props;
  const { formatMessage } = useIntl();
  const tell = useTellFailure();
  const { conversationId, integrationId } = target;
  const resource = useMemo(
    () => pickerResource({ conversationId, integrationId }),
    [conversationId, integrationId],
  );
  const state = useResource(resource);
  const [picked, setPicked] = useState<PickGroup | null>(null);
  useEffect(() => onTemplateChange(templatesChanged), []);

  const { refresh } = resource;
  const onFavourite = useCallback(
    ({ template, favourite }: PickGroup) => {
      markFavourite(template, !favourite);
      const path = `/templates/${encodeURIComponent(template.id)}/favourite`;
      (favourite ? api.del(path) : api.put(path)).catch((cause: unknown) => {
        markFavourite(template, favourite);
        tell(cause);
      });
    },
    [tell],
  );
  const onLanguage = (language: string) =>
    setPicked(
      (group) =>
        group && {
          ...group,
          ...chooseLanguage(group.languages, language, state.data?.meta.language ?? null),
        },
    );

  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Sheet
        aria-describedby={undefined}
        onCloseAutoFocus={(event: Event) => focusAfter() && event.preventDefault()}
        onEscapeKeyDown={(event: KeyboardEvent) => {
          if (!picked) return;
          // One step back first: what was filled in is not thrown away by a slip.
          event.preventDefault();
          setPicked(null);
        }}
      >
        <Modal.Header closeLabel={formatMessage(t('common.close'))}>
          <Modal.Title>
            {picked ? picked.name : formatMessage(t('picker.title'), { name: contactName })}
          </Modal.Title>
        </Modal.Header>
        {picked ? (
          <FillStep
            key={picked.template.id}
            group={picked}
            target={target}
            contactName={contactName}
            subject={conversationId === null ? null : { conversationId }}
            canManage={canManage}
            onBack={() => setPicked(null)}
            onLanguage={onLanguage}
            onSend={onSend}
            onFailure={tell}
          />
        ) : (
          <PickerList
            state={state}
            contactName={contactName}
            onRetry={() => void refresh()}
            onPick={setPicked}
            onFavourite={onFavourite}
          />
        )}
      </Sheet>
    </Modal.Root>
  );
};
