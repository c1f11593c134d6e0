import { IconButton, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useIntl } from 'react-intl';
import type { Message } from '../../../server/src/messages/contract';
import { t } from '../translate';
import { Box, Frame, Input, QuotedStrip } from './composer-parts';
import { useAutoGrow } from './use-auto-grow';

/** Meta's limit for the body of a text message (Cloud API, text messages). */
export const MAX_TEXT = 4096;
/** The counter shows for the last so many characters. */
const COUNT_LAST = 296;

export interface ComposerHandle {
  focus(): void;
  /** Puts text where the caret is, or over what is marked. */
  insert(text: string): void;
}

interface Props {
  value: string;
  onChange(text: string): void;
  onSend(text: string): void;
  replyTo: Pick<Message, 'text' | 'type' | 'direction'> | null;
  contactName: string;
  onCancelReply(): void;
  /** Stands above the field. */
  tools?: ReactNode;
  /** Stand in the field's box, before and behind the text. */
  start?: ReactNode;
  end?: ReactNode;
  /** There is something to send besides the text. */
  loaded?: boolean;
  /** Something stands in the way of sending; its reason is shown elsewhere. */
  blocked?: boolean;
  /** What is typed is somebody else's caption: another limit, another hint, or no words at all. */
  caption?: { of: string; max: number; allowed: boolean } | null;
  onFiles?(files: File[]): void;
  /** A list that the field walks through without giving its focus away. */
  menu?: ComposerMenu;
}

export interface ComposerMenu {
  /** True: the key was for the menu. */
  onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): boolean;
  onBlur(): void;
  /** Of the list and of its chosen row; null while it is not shown. */
  shown: { id: string; activeId: string } | null;
}

/** Where a reply is typed. Enter sends, Shift+Enter breaks the line; while an input method composes, Enter is its own. */
export const Composer = forwardRef<ComposerHandle, Props>((props, ref) => {
  const { value, onChange, onSend, replyTo, contactName, onCancelReply } = props;
  const { tools, start, end, loaded = false, blocked = false, caption = null, onFiles, menu } = props;
  const { formatMessage } = useIntl();
  const input = useAutoGrow(value);
  const [composing, setComposing] = useState(false);
  const max = caption?.max ?? MAX_TEXT;
  const tooLong = value.length > max;
  const sendable = (loaded || value.trim() !== '') && !tooLong && !blocked;
  const hint = caption
    ? formatMessage(t(caption.allowed ? 'tray.caption' : 'tray.noCaption'), { name: caption.of })
    : formatMessage(t('composer.placeholder'));

  useImperativeHandle(
    ref,
    () => ({
      focus: () => input.current?.focus(),
      insert(text) {
        const element = input.current;
        if (!element) return;
        const [from, to] = [element.selectionStart, element.selectionEnd];
        onChange(element.value.slice(0, from) + text + element.value.slice(to));
        requestAnimationFrame(() => {
          element.focus();
          element.setSelectionRange(from + text.length, from + text.length);
        });
      },
    }),
    [input, onChange],
  );
  useEffect(() => {
    if (replyTo) input.current?.focus();
  }, [replyTo, input]);

  const send = () => {
    if (!sendable) return;
    onSend(value.trim());
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // 229: Safari ends the composition before the Enter that chose the candidate reaches us.
    if (composing || event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (menu?.onKeyDown(event)) return event.preventDefault();
    if (event.key === 'Escape' && replyTo) onCancelReply();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };

  return (
    <Frame>
      {replyTo && <QuotedStrip message={replyTo} contactName={contactName} onCancel={onCancelReply} />}
      {tools}
      <Box>
        {start}
        <Input
          ref={input}
          rows={1}
          dir="auto"
          value={value}
          aria-label={caption ? hint : formatMessage(t('composer.label'), { name: contactName })}
          readOnly={caption !== null && !caption.allowed}
          aria-invalid={tooLong}
          aria-autocomplete={menu && 'list'}
          aria-controls={menu?.shown?.id}
          aria-activedescendant={menu?.shown?.activeId}
          onBlur={menu?.onBlur}
          placeholder={hint}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (!onFiles || files.length === 0) return;
            // A copied table comes as text and as its picture: then the text is meant.
            if (event.clipboardData.getData('text/plain') !== '') return;
            event.preventDefault();
            onFiles(files);
          }}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
        {value.length > max - COUNT_LAST && (
          <Typography
            variant="pi"
            textColor={tooLong ? 'danger600' : 'neutral600'}
            style={{ lineHeight: '3.2rem' }}
          >
            {formatMessage(t('composer.count'), { count: value.length, max })}
          </Typography>
        )}
        {end}
        <IconButton
          variant={sendable ? 'default' : 'tertiary'}
          disabled={!sendable}
          label={formatMessage(t('composer.send'))}
          // Pressing the button must not take the focus, and on phones the keyboard, from the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={send}
        >
          <PaperPlane />
        </IconButton>
      </Box>
    </Frame>
  );
});
Composer.displayName = 'Composer';
