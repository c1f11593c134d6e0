import { Popover } from '@strapi/design-system';
import { EmotionHappy } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../../translate';
import { ToolButton } from './tool-styles';

const EmojiPanel = lazy(() =>
  import('../emoji/EmojiPanel').then(({ EmojiPanel: Panel }) => ({ default: Panel })),
);

/** Opens the emoji; each press on one puts it where the caret is. */
export const EmojiButton = ({ onPick }: { onPick(emoji: string): void }) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const label = formatMessage(t('emoji.open'));
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger>
        <ToolButton type="button" aria-label={label} title={label}>
          <EmotionHappy aria-hidden />
        </ToolButton>
      </Popover.Trigger>
      <Popover.Content side="top" align="start" aria-label={label}>
        <Suspense fallback={<div style={{ width: 300, height: 280 }} />}>
          <EmojiPanel
            onPick={(emoji) => {
              setOpen(false);
              onPick(emoji);
            }}
          />
        </Suspense>
      </Popover.Content>
    </Popover.Root>
  );
};
