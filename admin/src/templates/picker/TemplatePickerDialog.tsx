import { Flex, IconButton, Modal } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { api } from '../../api/client';
import { useResource } from '../../api/resource';
import { useTellFailure } from '../../design/use-tell-failure';
import type { TemplateJob } from '../../messages/job-content';
import type { Timing } from '../../messages/sending';
import { t } from '../../translate';
import type { Subject } from '../form/use-template-form';
import { onTemplateChange } from '../on-template-change';
import { FillStep } from './FillStep';
import { Sheet } from './layout';
import { chooseLanguage, groupNamed, type PickGroup } from './pick-list';
import { PickerList } from './PickerList';
import { markFavourite, pickerResource, templatesChanged, type PickTarget } from './picker-store';

interface Props {
  target: PickTarget;
  contactName: string;
  /** Name of the one that is to be filled in at once; needs a list that is loaded. */
  initial?: string | null;
  /** May save how values are found (manage-templates). */
  canManage: boolean;
  /** Called once; whoever sends closes the dialog. A promise that fails leaves it open as it was. */
  onSend(content: TemplateJob, timing: Timing | null): void | Promise<void>;
  onClose(): void;
  /** The step before the list, where there is one. */
  onBack?(): void;
  /** Takes the focus once the dialog is gone; false: it goes back to where it was. */
  focusAfter(): boolean;
}

const subjectOf = ({ conversationId, contactId }: PickTarget): Subject => {
  if (conversationId !== null) return { conversationId };
  return contactId ? { contactId } : null;
};

/** Picks a template and fills it in: two presses where all values are known. */
export const TemplatePickerDialog = (props: Props) => {
  const { target, contactName, initial = null, canManage, onSend, onClose, onBack, focusAfter } = props;
  const { formatMessage } = useIntl();
  const tell = useTellFailure();
  const { conversationId, integrationId, contactId = null } = target;
  const resource = useMemo(
    () => pickerResource({ conversationId, integrationId, contactId }),
    [conversationId, integrationId, contactId],
  );
  const state = useResource(resource);
  const [picked, setPicked] = useState<PickGroup | null>(() =>
    initial === null ? null : groupNamed(state.data, initial),
  );
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
          if (!picked && !onBack) return;
          // One step back first: what was filled in is not thrown away by a slip.
          event.preventDefault();
          if (picked) setPicked(null);
          else onBack?.();
        }}
      >
        <Modal.Header closeLabel={formatMessage(t('common.close'))}>
          <Flex gap={2} minWidth={0}>
            {!picked && onBack && (
              <IconButton variant="ghost" label={formatMessage(t('common.back'))} onClick={onBack}>
                <ArrowLeft />
              </IconButton>
            )}
            <Modal.Title>
              {picked ? picked.name : formatMessage(t('picker.title'), { name: contactName })}
            </Modal.Title>
          </Flex>
        </Modal.Header>
        {picked ? (
          <FillStep
            key={picked.template.id}
            group={picked}
            target={target}
            contactName={contactName}
            subject={subjectOf(target)}
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
