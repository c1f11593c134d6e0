import { IconButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import { useIntl } from 'react-intl';
import type { Integration } from '../../../server/src/integrations/contract';
import { readJson, writeJson } from '../store/local';
import { t } from '../translate';
import { useSingleKey } from './use-single-key';

const KEY = 'n';

const StartDialog = lazy(() => import('./StartDialog').then(({ StartDialog: One }) => ({ default: One })));

const keyOf = (userId: string) => `whatsapp:keys:${userId}`;

interface Props {
  userId: string;
  numbers: Integration[];
  /** The number that is looked at; null: all of them. */
  integrationId: string | null;
  canManageTemplates: boolean;
  onOpen(conversationId: string): void;
}

/** The way to write to somebody first: a button above the list, and its key. */
export const StartConversation = ({ userId, numbers, integrationId, canManageTemplates, onOpen }: Props) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const [withKey, setWithKey] = useState(() => readJson<boolean>(keyOf(userId)) !== false);
  const able = numbers.filter(({ active }) => active);
  useSingleKey(KEY, withKey && able.length > 0 && !open, () => setOpen(true));
  if (able.length === 0) return null;
  const label = formatMessage(t('newConversation.title'));
  return (
    <>
      <IconButton
        label={
          withKey ? formatMessage(t('newConversation.withKey'), { label, key: KEY.toUpperCase() }) : label
        }
        aria-label={label}
        aria-keyshortcuts={withKey ? KEY : undefined}
        onClick={() => setOpen(true)}
      >
        <Plus />
      </IconButton>
      {open && (
        <Suspense fallback={null}>
          <StartDialog
            numbers={able}
            integrationId={integrationId}
            canManageTemplates={canManageTemplates}
            shortcut={{
              on: withKey,
              set(on) {
                setWithKey(on);
                writeJson(keyOf(userId), on ? null : false);
              },
            }}
            onOpen={(id) => {
              setOpen(false);
              onOpen(id);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
};
